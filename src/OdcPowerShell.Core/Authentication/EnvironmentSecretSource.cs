using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>ODC_TENANT_URL (or ODC_PORTAL_DOMAIN), ODC_CLIENT_ID and ODC_CLIENT_SECRET.</summary>
internal sealed class EnvironmentSecretSource(Func<string, string?> read) : ISecretSource
{
    public string Description => "environment variables";

    public bool CanChange => true;

    internal static EnvironmentSecretSource OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult(
        new ClientCredential(Required("ODC_CLIENT_ID"), new Secret(Required("ODC_CLIENT_SECRET"))) { Tenant = Value("ODC_TENANT_URL") ?? Value("ODC_PORTAL_DOMAIN") });

    private string? Value(string name)
    {
        var value = read(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private string Required(string name) => Value(name) ?? throw new OdcException(
        OdcErrorCause.EnvironmentVariableMissing,
        $"The environment variable {name} is empty or not set.",
        "Set ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET for this process; in a CI job, check that the secret is passed to this step.");
}
