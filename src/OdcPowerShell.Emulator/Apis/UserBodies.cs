using System.Globalization;
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

    public static UserBody Of(EmulatedUser user, EmulatedTenant tenant, IReadOnlyList<UserEmbed> embed) => new(
        user.Key,
        user.Name,
        user.Email,
        user.Status,
        new UserAccessBody(user.HasOrganizationRoles, user.HasApplicationRoles),
        user.LastLoginAt?.UtcDateTime,
        user.IsActive,
        user.Index % 4 == 0 ? $"https://photos.{tenant.Name}.example/{user.Index.ToString(CultureInfo.InvariantCulture)}.png" : null,
        user.StatusCode == UserStatus.PendingRegistration ? null : user.StatusCode != UserStatus.Invited,
        user.LastLoginAt is not null)
    {
        Embedded = embed.Count == 0 ? null : UserEmbeddedBody.Of(user, tenant, embed),
    };
}

/// <summary>What is read of a user to create.</summary>
internal sealed record CreateUserBody(string? Email);

internal sealed record UserAccessBody(bool HasOrganizationRoles, bool HasApplicationRoles);

internal sealed record UserEmbeddedBody
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserRoleBody>? ApplicationRoles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserProviderBody>? UserIdentityProviders { get; init; }

    public static UserEmbeddedBody Of(EmulatedUser user, EmulatedTenant tenant, IReadOnlyList<UserEmbed> embed) => new()
    {
        ApplicationRoles = embed.Contains(UserEmbed.ApplicationRoles)
            ? [.. tenant.Roles.Of(user).Select(entry => UserRoleBody.Of(entry.Role, entry.Inherited, tenant.PortfolioKey))]
            : null,
        UserIdentityProviders = embed.Contains(UserEmbed.UserIdentityProviders) ? [UserProviderBody.Of(user, tenant)] : null,
    };
}

internal sealed record UserRoleBody(
    Guid Key, string Name, Guid EnvironmentKey, Guid AssetKey, Guid ExternalKey, string Claim, Guid PortfolioKey,
    bool IsDirectlyAssigned, IReadOnlyList<UserGroupBody> AssignedGroups)
{
    public static UserRoleBody Of(EmulatedRole role, bool inherited, Guid portfolio) => new(
        role.Key,
        role.Name,
        role.StageKey,
        role.AssetKey,
        role.ExternalKey,
        role.Name.Replace(" ", "", StringComparison.Ordinal),
        portfolio,
        !inherited,
        inherited ? [new UserGroupBody(role.GroupKey, role.GroupName, "Assigned")] : []);
}

internal sealed record UserGroupBody(Guid Key, string Name, string MembershipType);

internal sealed record UserProviderBody(
    Guid UserKey, Guid IdentityProviderKey, string Subject, string Username, string? Name, string Email, string? PhotoUrl,
    DateTime? FirstLoginAt, DateTime? LastLoginAt, bool? IsEmailVerified)
{
    public static UserProviderBody Of(EmulatedUser user, EmulatedTenant tenant) => new(
        user.Key,
        tenant.IdentityProviderKey,
        user.Key.ToString("N"),
        user.Username,
        user.Name,
        user.Email,
        null,
        user.LastLoginAt?.UtcDateTime.AddDays(-30),
        user.LastLoginAt?.UtcDateTime,
        user.LastLoginAt is not null);
}
