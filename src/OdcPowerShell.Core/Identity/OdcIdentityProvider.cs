using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>An identity provider by which users sign in.</summary>
public sealed class OdcIdentityProvider : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? IdentityProviderKey { get; init; }

    public string? Name { get; init; }

    /// <summary>OIDC, SAML or Cognito.</summary>
    public string? Type { get; init; }

    /// <summary>Custom, AppleId, Google, Facebook, LinkedIn or OutSystems11.</summary>
    public string? Subtype { get; init; }

    /// <summary>None, EmailVerifiedClaim or All.</summary>
    public string? EmailTrustType { get; init; }

    /// <summary>oscloud or selfhosted.</summary>
    public string? Hosting { get; init; }

    public bool? AutoCreateProfiles { get; init; }

    /// <summary>Email, Username or None.</summary>
    public string? ProfileLinkingField { get; init; }

    public OdcOidcConfiguration? OidcConfiguration { get; init; }

    public IReadOnlyList<OdcSamlConfigurationItem>? SamlConfiguration { get; init; }

    public IReadOnlyList<OdcTokenNormalization>? TokenNormalizations { get; init; }

    public DateTimeOffset? LastUpdatedDate { get; init; }

    /// <summary>The same as <see cref="IdentityProviderKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => IdentityProviderKey;

    internal override IEnumerable<OdcResource?> Parts => [OidcConfiguration, .. SamlConfiguration ?? [], .. TokenNormalizations ?? []];

    public override string ToString() => Name ?? IdentityProviderKey ?? "";
}

/// <summary>A setting of a SAML identity provider.</summary>
public sealed class OdcSamlConfigurationItem : OdcResource
{
    public string? ConfigName { get; init; }

    public string? ConfigValue { get; init; }

    public override string ToString() => ConfigName ?? "";
}

/// <summary>Which claim of the identity provider stands for a claim of ODC.</summary>
public sealed class OdcTokenNormalization : OdcResource
{
    public string? NormalClaim { get; init; }

    public string? ForeignClaim { get; init; }

    public override string ToString() => $"{NormalClaim} = {ForeignClaim}";
}
