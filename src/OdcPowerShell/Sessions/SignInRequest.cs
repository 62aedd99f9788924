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
                "Give -ClientId, or store it with the secret: Register-OdcCredential.");
        }

        var cache = TokenCache is null ? null : new VaultTokenCache(TokenCache, tenant, credential.ClientId, Options.Time);
        return await new SessionFactory(Options).SignInAsync(tenant, Source, credential, cache, caller, cancellationToken);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}
