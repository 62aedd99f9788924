using OdcPowerShell.Authentication;
using OdcPowerShell.Http;
using OdcPowerShell.Secrets;

namespace OdcPowerShell.Sessions;

/// <summary>What Connect-Odc was asked for, whichever the source of the secret.</summary>
internal sealed record SignInRequest(ISecretSource Source, ClientOptions Options)
{
    internal string? Tenant { get; init; }

    internal string? ClientId { get; init; }

    internal DateTimeOffset? SecretExpiresOn { get; init; }

    internal Vault? TokenCache { get; init; }

    /// <summary>Looks at tenant and client id before the sign-in, and may refuse them.</summary>
    internal Func<TenantAddress, string, bool>? Approve { get; init; }

    /// <summary>Reads the secret and signs in; what was given as a parameter wins over what is stored with the secret.</summary>
    internal async Task<TenantSession> RunAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var stored = await Source.ReadAsync(caller, cancellationToken);
        var credential = stored with { ClientId = Text(ClientId) ?? Text(stored.ClientId), SecretExpiresOn = SecretExpiresOn ?? stored.SecretExpiresOn };
        var tenant = TenantAddress.Parse(Tenant ?? stored.Tenant);
        if (credential.ClientId is null)
        {
            throw new OdcException(
                OdcErrorCause.ClientIdMissing, $"{Vault.Capital(Source.Description)} names no client id.",
                WhereToNameIt);
        }

        // The table of connections is the runspace's, whose thread this is no longer.
        if (Approve is { } approve)
            await caller.RunOnCallerThreadAsync(_ => approve(tenant, credential.ClientId), cancellationToken);
        var source = Text(ClientId) is { } specified ? new FixedClientSource(Source, specified) : Source;
        var cache = TokenCache is null ? null : new VaultTokenCache(TokenCache, tenant, credential.ClientId, Options.Time);
        return await new SessionFactory(Options).SignInAsync(tenant, source, credential, cache, caller, cancellationToken);
    }

    // Only with a vault is there a parameter for it.
    private string WhereToNameIt => Source is VaultSecretSource
        ? "Specify -ClientId, or store it with the secret: Register-OdcCredential."
        : "Return a PSCredential whose user name is the client id, or a hashtable with ClientId and ClientSecret.";

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
