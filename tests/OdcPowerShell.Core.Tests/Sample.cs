namespace OdcPowerShell.Core.Tests;

/// <summary>Sessions and clients over a fake server.</summary>
internal static class Sample
{
    internal static TenantAddress Tenant { get; } = TenantAddress.Parse("acme.example");

    internal static ClientCredential Credential { get; } = new("me", new Secret("s3cret"));

    internal static OdcClient Client(HttpMessageInvoker http, TokenKeeper? tokens = null) => new(
        Tenant.Origin, http, tokens ?? new TokenKeeper(new ForeignTokenIssuer(), TimeProvider.System), new Retry(0, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);

    /// <summary>A signed-in session; without an issuer, one over a token from elsewhere.</summary>
    internal static TenantSession Session(HttpMessageInvoker http, TokenIssuer? issuer, AccessToken? token = null)
    {
        var tokens = new TokenKeeper(issuer is null ? new ForeignTokenIssuer() : issuer, TimeProvider.System, token);
        return new TenantSession(Tenant, "me", "vault 'v'", Client(http, tokens), issuer);
    }

    internal static AccessToken Token(TimeSpan? life) => new(new Secret("abc"), life, TimeProvider.System, TimeProvider.System.GetTimestamp());
}
