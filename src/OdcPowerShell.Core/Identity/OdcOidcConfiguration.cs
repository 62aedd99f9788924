using System.Security;

namespace OdcPowerShell.Identity;

/// <summary>How ODC talks to an OpenID Connect identity provider.</summary>
public sealed class OdcOidcConfiguration : OdcResource
{
    public string? DiscoveryUrl { get; init; }

    public string? AuthorizationUrl { get; init; }

    public string? TokenUrl { get; init; }

    public string? UserInfoUrl { get; init; }

    public string? LogoutUrl { get; init; }

    public string? JwksUrl { get; init; }

    public string? Issuer { get; init; }

    /// <summary>client_secret_post, client_secret_basic, client_secret_jwt or private_key_jwt.</summary>
    public string? ClientAuthenticationMethod { get; init; }

    public string? ClientAssertionSigningAlgorithm { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The secret of ODC's client at the identity provider, where the service tells it.</summary>
    public SecureString? ClientSecret { get; init; }

    public bool? UsePkce { get; init; }

    /// <summary>plain or S256.</summary>
    public string? PkceMethod { get; init; }

    public OdcProviderCustomConfig? ProviderCustomConfig { get; init; }

    public bool? SuppressNonceVerification { get; init; }

    internal override IEnumerable<OdcResource?> Parts => [ProviderCustomConfig];

    public override string ToString() => Issuer ?? DiscoveryUrl ?? "";
}

/// <summary>What Apple asks for besides.</summary>
public sealed class OdcProviderCustomConfig : OdcResource
{
    public string? KeyId { get; init; }

    public string? TeamId { get; init; }

    public override string ToString() => KeyId ?? "";
}
