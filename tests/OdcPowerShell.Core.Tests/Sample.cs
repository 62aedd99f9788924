namespace OdcPowerShell.Core.Tests;

/// <summary>Clients over a fake server.</summary>
internal static class Sample
{
    internal static TenantAddress Tenant { get; } = TenantAddress.Parse("acme.example");

    internal static ClientCredential Credential { get; } = new("me", new Secret("s3cret"));

    internal static OdcClient Client(HttpMessageInvoker http, TokenKeeper? tokens = null) => new(
        Tenant.Origin, http, tokens ?? new TokenKeeper(issue: null, TimeProvider.System), new Retry(0, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);

    /// <summary>The checks of a client that is signed in; without an issuer, of one over a token from elsewhere.</summary>
    internal static SessionCheck Check(HttpMessageInvoker http, OAuthClient? issuer, ClientOptions options, AccessToken? token = null) =>
        new(Client(http, new TokenKeeper(issuer is null ? null : issuer.IssueAsync, TimeProvider.System, token)), issuer, options);

    internal static AccessToken Token(TimeSpan? life) => new(new Secret("abc"), life, TimeProvider.System, TimeProvider.System.GetTimestamp());
}
