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

/// <summary>Which claim of the identity provider stands for a claim of ODC.</summary>
[Columns("NormalClaim 36", "ForeignClaim")]
public sealed class OdcTokenNormalization : OdcResource
{
    public string? NormalClaim { get; set; }

    public string? ForeignClaim { get; set; }

    public override string ToString() => $"{NormalClaim} = {ForeignClaim}";
}
