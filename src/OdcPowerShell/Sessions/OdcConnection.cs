using OdcPowerShell.Authentication;

namespace OdcPowerShell;

/// <summary>A signed-in connection to one tenant. It never changes which tenant it is for, and it shows no secret.</summary>
[Columns("Name 18", "IsDefault 9", "Tenant 29", "TokenExpiresOn 20 second", "SecretExpiresOn 15 day", "Source")]
public sealed class OdcConnection
{
    private readonly OAuthClient? _issuer;

    /// <summary>A connection of an API client, or, without an issuer, one over a token from elsewhere.</summary>
    internal OdcConnection(string name, OdcClient client, OAuthClient? issuer = null)
    {
        Name = name;
        Client = client;
        _issuer = issuer;
    }

    /// <summary>What <c>-Connection</c> takes.</summary>
    public string Name { get; }

    /// <summary>Host name of the tenant.</summary>
    public string Tenant => Url.Authority;

    /// <summary>The API client that is signed in.</summary>
    public string ClientId => _issuer?.ApiClient.Credential.ClientId ?? Client.Tokens.Current?.ClientId ?? "(unknown)";

    /// <summary>Whether commands in this runspace use it when no other is named.</summary>
    public bool IsDefault => SessionTable.Shared.IsDefault(this);

    /// <summary>Runspace, or Process when it serves all runspaces.</summary>
    public string Scope => SessionTable.Shared.IsPublished(this) ? "Process" : "Runspace";

    /// <summary>Where the secret comes from.</summary>
    public string Source => _issuer?.ApiClient.Source ?? "access token";

    /// <summary>When the current access token expires, in UTC; it is renewed before. Null when a token from elsewhere does not say.</summary>
    public DateTimeOffset? TokenExpiresOn => Client.Tokens.Current?.ExpiresOn;

    /// <summary>When the client's secret expires, in UTC, where that is recorded with it.</summary>
    public DateTimeOffset? SecretExpiresOn => _issuer?.ApiClient.Credential.SecretExpiresOn;

    /// <summary>Address of the tenant.</summary>
    public Uri Url => Client.Origin;

    /// <summary>The identity server's token endpoint, once a token was asked for.</summary>
    public Uri? TokenEndpoint => _issuer?.TokenEndpoint is { } address ? new Uri(Redactor.Whole(address)) : null;

    internal OdcClient Client { get; }

    /// <summary>The checks of the connection after its sign-in.</summary>
    internal SessionCheck Check(ClientOptions options) => new(Client, _issuer, options);

    internal bool IsSignIn(Uri tenant, string clientId) => Url == tenant && string.Equals(ClientId, clientId, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;
}

/// <summary>Which runspaces may use a connection that was not passed to them.</summary>
public enum ConnectionScope
{
    /// <summary>Only the runspace that connected.</summary>
    Runspace,

    /// <summary>All runspaces of the process.</summary>
    Process,
}
