namespace OdcPowerShell.Identity;

/// <summary>An identity provider by which users sign in.</summary>
[Columns("Name 43", "Type 8", "Subtype 14", "Hosting 11", "IdentityProviderKey")]
public sealed class OdcIdentityProvider : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? IdentityProviderKey { get; set; }

    public string? Name { get; set; }

    /// <summary>OIDC, SAML or Cognito.</summary>
    public string? Type { get; set; }

    /// <summary>Custom, AppleId, Google, Facebook, LinkedIn or OutSystems11.</summary>
    public string? Subtype { get; set; }

    /// <summary>None, EmailVerifiedClaim or All.</summary>
    public string? EmailTrustType { get; set; }

    /// <summary>oscloud or selfhosted.</summary>
    public string? Hosting { get; set; }

    public bool? AutoCreateProfiles { get; set; }

    /// <summary>Email, Username or None.</summary>
    public string? ProfileLinkingField { get; set; }

    public OdcOidcConfiguration? OidcConfiguration { get; set; }

    public IReadOnlyList<OdcSamlConfigurationItem>? SamlConfiguration { get; set => field = value.Present(); }

    public IReadOnlyList<OdcTokenNormalization>? TokenNormalizations { get; set => field = value.Present(); }

    public DateTimeOffset? LastUpdatedDate { get; set; }

    /// <summary>The same as <see cref="IdentityProviderKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => IdentityProviderKey;

    internal override IEnumerable<OdcResource?> Parts => [OidcConfiguration, .. SamlConfiguration ?? [], .. TokenNormalizations ?? []];

    public override string ToString() => Name ?? IdentityProviderKey ?? "";
}

/// <summary>A setting of a SAML identity provider.</summary>
[Columns("ConfigName 36", "ConfigValue")]
public sealed class OdcSamlConfigurationItem : OdcResource
{
    public string? ConfigName { get; set; }

    public string? ConfigValue { get; set; }

    public override string ToString() => ConfigName ?? "";
}

/// <summary>Maps a claim of the identity provider to a claim of ODC.</summary>
[Columns("NormalClaim 36", "ForeignClaim")]
public sealed class OdcTokenNormalization : OdcResource
{
    public string? NormalClaim { get; set; }

    public string? ForeignClaim { get; set; }

    public override string ToString() => $"{NormalClaim} = {ForeignClaim}";
}

/// <summary>The settings of an OpenID Connect identity provider.</summary>
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

/// <summary>Further settings for Sign in with Apple.</summary>
public sealed class OdcProviderCustomConfig : OdcResource
{
    public string? KeyId { get; set; }

    public string? TeamId { get; set; }

    public override string ToString() => KeyId ?? "";
}
