using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Sessions;

namespace OdcPowerShell;

/// <summary>A signed-in connection to one tenant. It never changes which tenant it is for, and it shows no secret.</summary>
[Columns("Name 18", "IsDefault 9", "Tenant 29", "TokenExpiresOn 20 second", "SecretExpiresOn 15 day", "Source")]
public sealed class OdcConnection
{
    internal OdcConnection(string name, TenantSession session)
    {
        Name = name;
        Session = session;
    }

    /// <summary>What <c>-Connection</c> takes.</summary>
    public string Name { get; }

    /// <summary>Host name of the tenant.</summary>
    public string Tenant => Session.Tenant.Host;

    /// <summary>The API client that is signed in.</summary>
    public string ClientId => Session.Issuer?.Credential.ClientId ?? Session.ClientId;

    /// <summary>Whether commands in this runspace use it when no other is named.</summary>
    public bool IsDefault => SessionTable.Shared.IsDefault(this);

    /// <summary>Runspace, or Process when it serves all runspaces.</summary>
    public string Scope => SessionTable.Shared.IsPublished(this) ? "Process" : "Runspace";

    /// <summary>Where the secret comes from.</summary>
    public string Source => Session.Source;

    /// <summary>When the current access token expires, in UTC; it is renewed before. Null when a token from elsewhere does not say.</summary>
    public DateTimeOffset? TokenExpiresOn => Client.Tokens.Current?.ExpiresOn;

    /// <summary>When the client's secret expires, in UTC, where that is recorded with it.</summary>
    public DateTimeOffset? SecretExpiresOn => Session.Issuer?.Credential.SecretExpiresOn;

    /// <summary>Address of the tenant.</summary>
    public Uri Url => Session.Tenant.Origin;

    /// <summary>The identity server's token endpoint, once a token was asked for.</summary>
    public Uri? TokenEndpoint => Session.Issuer?.TokenEndpoint is { } address ? new Uri(Redactor.Whole(address)) : null;

    internal TenantSession Session { get; }

    internal OdcClient Client => Session.Client;

    /// <summary>Whether both are the same API client at the same tenant.</summary>
    internal bool IsSameSignIn(OdcConnection other) => IsSignIn(other.Url, other.ClientId);

    internal bool IsSignIn(Uri tenant, string clientId) => Url == tenant && string.Equals(ClientId, clientId, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name;
}
