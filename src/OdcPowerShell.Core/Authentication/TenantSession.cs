using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>A signed-in session with one tenant: whose it is, and the client that sends its requests.</summary>
internal sealed record TenantSession(TenantAddress Tenant, string ClientId, string Source, OdcClient Client, TokenIssuer? Issuer, ClientOptions? Options = null);
