using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

internal enum UserEmbed
{
    ApplicationRoles,
    UserIdentityProviders,
}

/// <summary>A user as the identity API writes it.</summary>
internal sealed record UserBody(
    Guid Key, string? Name, string Email, string Status, UserAccessBody Access, DateTime? LastLoginAt, bool IsActive, string? PhotoUrl,
    bool? IsEmailVerified, bool IsTermsAndConditionsAccepted)
{
    [JsonPropertyName("_embedded")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserEmbeddedBody? Embedded { get; init; }

    public static UserBody Of(EmulatedUser user, EmulatedTenant tenant, IdentityState state, IReadOnlyList<UserEmbed> embed) => new(
        user.Key,
        user.Name,
        user.Email,
        user.Status,
        new UserAccessBody(user.HasOrganizationRoles, user.HasApplicationRoles),
        user.LastLoginAt?.UtcDateTime,
        user.IsActive,
        user.PhotoUrl,
        user.StatusCode == UserStatus.PendingRegistration ? null : user.StatusCode != UserStatus.Invited,
        user.LastLoginAt is not null)
    {
        Embedded = embed.Count == 0 ? null : UserEmbeddedBody.Of(user, tenant, state, embed),
    };
}

internal sealed record UserAccessBody(bool HasOrganizationRoles, bool HasApplicationRoles);

internal sealed record UserCountBody(int UserCount);

/// <summary>A user to create; what is not given is absent, and null for a flag is wrong.</summary>
internal sealed record CreateUserBody(
    string? Name = null, string? Email = null, bool IsActive = true, string? PhotoUrl = null, bool AddToBuiltInIdentityProvider = false,
    Guid? IdentityProviderKey = null, string? Subject = null, string? Username = null);

/// <summary>What of a user to change; the service can't tell null from absent, and keeps both.</summary>
internal sealed record PatchUserBody(string? Name = null, bool? IsActive = null, string? PhotoUrl = null);

internal sealed record UserEmbeddedBody
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserRoleBody>? ApplicationRoles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserProviderBody>? UserIdentityProviders { get; init; }

    public static UserEmbeddedBody Of(
        EmulatedUser user, EmulatedTenant tenant, IdentityState state, IReadOnlyList<UserEmbed> embed) => new()
        {
            ApplicationRoles = embed.Contains(UserEmbed.ApplicationRoles)
                ? [.. tenant.Roles.Of(user.Roles)
                    .Select(role => UserRoleBody.Of(role, RoleAssignment.Of(user, role, tenant, state), tenant))]
                : null,
            UserIdentityProviders = embed.Contains(UserEmbed.UserIdentityProviders) ? UserProviderBody.Of(user) : null,
        };
}

internal sealed record UserProviderBody(
    Guid UserKey, Guid IdentityProviderKey, string? Subject, string? Username, string? Name, string Email, string? PhotoUrl,
    DateTime? FirstLoginAt, DateTime? LastLoginAt, bool? IsEmailVerified)
{
    public static IReadOnlyList<UserProviderBody> Of(EmulatedUser user) => [.. user.Providers.Select(profile => new UserProviderBody(
        user.Key,
        profile.ProviderKey,
        profile.Subject,
        profile.Username,
        user.Name,
        user.Email,
        null,
        user.LastLoginAt?.UtcDateTime.AddDays(-30),
        user.LastLoginAt?.UtcDateTime,
        user.LastLoginAt is not null))];
}
