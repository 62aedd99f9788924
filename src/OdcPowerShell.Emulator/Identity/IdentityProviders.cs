namespace OdcPowerShell.Emulator;

/// <summary>An identity provider.</summary>
internal sealed record IdentityProvider(Guid Key, string Name, bool IsBuiltIn);

/// <summary>The providers of a tenant: the built-in one, and one of the organization's own.</summary>
internal sealed class IdentityProviders(Derivation derive, Guid builtIn)
{
    public IdentityProvider BuiltIn { get; } = new(builtIn, "OutSystems", true);

    public IdentityProvider OpenIdConnect { get; } = new(derive.Guid("identity-provider/oidc"), "Entra ID", false);

    /// <summary>Easy to find wherever it should not be.</summary>
    public string Secret { get; } = $"idp-client-secret-{derive.Text("identity-provider/secret")}";

    public string ClientId { get; } = derive.Guid("identity-provider/client").ToString();

    /// <summary>By name.</summary>
    public IReadOnlyList<IdentityProvider> All => [OpenIdConnect, BuiltIn];

    public IdentityProvider? Find(Guid key) => All.FirstOrDefault(provider => provider.Key == key);
}
