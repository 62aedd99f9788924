namespace OdcPowerShell.Authentication;

/// <summary>Where a client's secret is kept. The connection keeps this reference, so that a rotated secret is found again.</summary>
internal interface ISecretSource
{
    /// <summary>In plain words, without the secret: <c>vault 'prod', secret 'odc'</c>.</summary>
    string Description { get; }

    /// <summary>Whether reading again can return another secret.</summary>
    bool CanChange { get; }

    /// <exception cref="OdcException">The secret can't be read.</exception>
    Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken);
}

/// <summary>What was specified of an API client; it wins over what is stored with its secret.</summary>
internal sealed record SpecifiedClient(TenantAddress? Tenant = null, string? ClientId = null, DateTimeOffset? SecretExpiresOn = null);

/// <summary>An API client at its tenant. It alone reads the secret: for the sign-in, and again when the secret may have been rotated.</summary>
internal sealed class ApiClient(TenantAddress tenant, ISecretSource source, ClientCredential credential, string? specifiedId = null)
{
    private volatile ClientCredential _credential = credential;

    internal TenantAddress Tenant => tenant;

    /// <summary>Where the secret comes from, in plain words.</summary>
    internal string Source => source.Description;

    /// <summary>The client id with the secret that the identity server accepted last.</summary>
    internal ClientCredential Credential => _credential;

    /// <summary>Reads the secret, with what is stored with it. Nothing is sent.</summary>
    /// <exception cref="OdcException">The secret can't be read, or nothing names the tenant or the client id.</exception>
    internal static async Task<ApiClient> ReadAsync(ISecretSource source, SpecifiedClient specified, ICaller caller, CancellationToken cancellationToken)
    {
        var stored = await source.ReadAsync(caller, cancellationToken).ConfigureAwait(false);
        var tenant = specified.Tenant ?? TenantAddress.Parse(stored.Tenant);
        var specifiedId = Text(specified.ClientId);
        var clientId = specifiedId ?? Text(stored.ClientId) ?? throw WithoutId(source, "Specify -ClientId, or store it with the secret: Register-OdcCredential.");
        return new ApiClient(tenant, source, stored with { ClientId = clientId, SecretExpiresOn = specified.SecretExpiresOn ?? stored.SecretExpiresOn }, specifiedId);
    }

    /// <summary>The credential as its source has it now; null when the secret is the same.</summary>
    internal async Task<ClientCredential?> ReadAgainAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (!source.CanChange)
            return null;
        var stored = await source.ReadAsync(caller, cancellationToken).ConfigureAwait(false);
        return stored.Secret.Equals(_credential.Secret)
            ? null
            : _credential with { ClientId = specifiedId ?? Text(stored.ClientId) ?? _credential.ClientId, Secret = stored.Secret, SecretExpiresOn = stored.SecretExpiresOn };
    }

    internal static OdcException WithoutId(ISecretSource source, string action) =>
        new(OdcErrorCause.ClientIdMissing, $"{MessageText.Capital(source.Description)} names no client id.", action);

    internal void Keep(ClientCredential rotated) => _credential = rotated;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
}

/// <summary>What an API client signs in with, and what is known about it where it is kept.</summary>
internal sealed record ClientCredential(string? ClientId, Secret Secret)
{
    internal string? Tenant { get; init; }

    internal DateTimeOffset? SecretExpiresOn { get; init; }

    /// <summary>What the user should know of it, such as an expiry date that can't be read.</summary>
    internal string? Remark { get; init; }
}

/// <summary>A secret that was specified as a parameter: it can't change.</summary>
internal sealed class GivenSecretSource(string description, ClientCredential credential) : ISecretSource
{
    public string Description { get; } = description;

    public bool CanChange => false;

    public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult(credential);
}

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
