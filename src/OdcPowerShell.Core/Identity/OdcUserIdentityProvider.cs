namespace OdcPowerShell.Identity;

/// <summary>A user's profile at one identity provider.</summary>
public sealed class OdcUserIdentityProvider : OdcResource
{
    public string? UserKey { get; init; }

    public string? IdentityProviderKey { get; init; }

    /// <summary>The subject claim in the tokens of the identity provider.</summary>
    public string? Subject { get; init; }

    public string? Username { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? PhotoUrl { get; init; }

    public DateTimeOffset? FirstLoginAt { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }

    public bool? IsEmailVerified { get; init; }

    public override string ToString() => Username ?? Subject ?? "";
}
