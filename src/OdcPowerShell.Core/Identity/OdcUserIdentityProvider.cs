namespace OdcPowerShell.Identity;

/// <summary>A user's profile at one identity provider.</summary>
[Columns("Username 27", "Email 33", "LastLoginAt 17", "IdentityProviderKey")]
public sealed class OdcUserIdentityProvider : OdcResource
{
    public string? UserKey { get; set; }

    public string? IdentityProviderKey { get; set; }

    /// <summary>The subject claim in the tokens of the identity provider.</summary>
    public string? Subject { get; set; }

    public string? Username { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? PhotoUrl { get; set; }

    public DateTimeOffset? FirstLoginAt { get; set; }

    public DateTimeOffset? LastLoginAt { get; set; }

    public bool? IsEmailVerified { get; set; }

    public override string ToString() => Username ?? Subject ?? "";
}
