namespace OdcPowerShell.Identity;

/// <summary>How ODC talks to an OpenID Connect identity provider.</summary>
public sealed class OdcOidcConfiguration : OdcResource
{
    public string? DiscoveryUrl { get; set; }

    public string? AuthorizationUrl { get; set; }

    public string? TokenUrl { get; set; }

    public string? UserInfoUrl { get; set; }

    public string? LogoutUrl { get; set; }

    public string? JwksUrl { get; set; }

    public string? Issuer { get; set; }

    /// <summary>client_secret_post, client_secret_basic, client_secret_jwt or private_key_jwt.</summary>
    public string? ClientAuthenticationMethod { get; set; }

    public string? ClientAssertionSigningAlgorithm { get; set; }

    public IReadOnlyList<string>? Scopes { get; set => field = value.Present(); }

    public string? ClientId { get; set; }

    /// <summary>The secret of ODC's client at the identity provider, where the answer contains it.</summary>
    public OdcSecretText? ClientSecret { get; set; }

    public bool? UsePkce { get; set; }

    /// <summary>plain or S256.</summary>
    public string? PkceMethod { get; set; }

    public OdcProviderCustomConfig? ProviderCustomConfig { get; set; }

    public bool? SuppressNonceVerification { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [ProviderCustomConfig];

    public override string ToString() => Issuer ?? DiscoveryUrl ?? "";
}

/// <summary>What Apple asks for besides.</summary>
public sealed class OdcProviderCustomConfig : OdcResource
{
    public string? KeyId { get; set; }

    public string? TeamId { get; set; }

    public override string ToString() => KeyId ?? "";
}
