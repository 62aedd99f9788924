namespace OdcPowerShell.Emulator;

/// <summary>The identity providers users sign in at.</summary>
internal sealed class IdentityProvidersApi(EmulatedTenant tenant)
{
    private const string Providers = IdentityApi.Base + "/identity-providers";

    private readonly IdentityProviders _providers = tenant.Identity.Providers;

    public void Map(ApiMap map)
    {
        map.Get(Providers, Access.AnyPermission, Query);
        map.Get($"{Providers}/{{key}}", Access.AnyPermission, Get);
    }

    private Task Query(ApiCall call)
    {
        var key = call.Query.Guid("key");
        var name = call.Query.Text("nameContains");
        return call.PageAsync(
            _providers.All.Where(provider => (key is null || provider.Key == key) && provider.Name.Matches(name)),
            provider => ProviderBody.Of(provider, _providers),
            IdentityWireJson.Default.PagedBodyProviderBody);
    }

    private Task Get(ApiCall call)
    {
        var key = call.Key("key");
        return _providers.Find(key) is { } provider
            ? call.JsonAsync(ProviderBody.Of(provider, _providers), IdentityWireJson.Default.ProviderBody)
            : throw new ProblemException(Cause.NotFound("identity provider", key));
    }
}

internal sealed record ProviderBody(
    Guid Key, string Name, OidcBody? OidcConfiguration, IReadOnlyList<string>? SamlConfiguration,
    IReadOnlyList<TokenNormalizationBody> TokenNormalizations, DateTime? LastUpdatedDate, string Type, string Subtype,
    string EmailTrustType, string Hosting, bool AutoCreateProfiles, string ProfileLinkingField)
{
    private static readonly DateTime s_updated = new(2025, 9, 15, 8, 0, 0, DateTimeKind.Utc);

    public static ProviderBody Of(IdentityProvider provider, IdentityProviders providers) => provider.IsBuiltIn
        ? new(provider.Key, provider.Name, null, null, [], null, "Cognito", "Custom", "EmailVerifiedClaim", "oscloud", false, "Email")
        : new(
            provider.Key, provider.Name, OidcBody.Of(providers), null, [new("email", "preferred_username"), new("name", "name")], s_updated,
            "OIDC", "Custom", "All", "selfhosted", true, "Email");
}

internal sealed record TokenNormalizationBody(string NormalClaim, string ForeignClaim);

internal sealed record OidcBody(
    string DiscoveryUrl, string AuthorizationUrl, string TokenUrl, string UserInfoUrl, string LogoutUrl, string JwksUrl, string Issuer,
    string ClientAuthenticationMethod, string? ClientAssertionSigningAlgorithm, IReadOnlyList<string> Scopes, string ClientId,
    string ClientSecret, bool UsePkce, string PkceMethod, string? ProviderCustomConfig, bool SuppressNonceVerification)
{
    private const string Issuing = "https://login.entra.example/tenant/v2.0";

    public static OidcBody Of(IdentityProviders providers) => new(
        $"{Issuing}/.well-known/openid-configuration",
        $"{Issuing}/authorize",
        $"{Issuing}/token",
        $"{Issuing}/userinfo",
        $"{Issuing}/logout",
        $"{Issuing}/keys",
        Issuing,
        "client_secret_post",
        null,
        ["openid", "profile", "email"],
        providers.ClientId,
        providers.Secret,
        true,
        "S256",
        null,
        false);
}
