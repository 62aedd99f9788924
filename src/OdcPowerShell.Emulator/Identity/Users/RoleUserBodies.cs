using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>A user in the list of a role's users.</summary>
internal sealed record RoleUserBody(Guid Key, string? Name, string Email, string Status, string? PhotoUrl, DateTime? LastLoginAt)
{
    [JsonPropertyName("_embedded")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoleUserEmbeddedBody? Embedded { get; init; }

    public static RoleUserBody Of(EmulatedUser user, EmulatedTenant tenant, IReadOnlyList<UserEmbed> embed) =>
        new(user.Key, user.Name, user.Email, user.Status, user.PhotoUrl, user.LastLoginAt?.UtcDateTime)
        {
            Embedded = RoleUserEmbeddedBody.Of(user, tenant, embed),
        };
}

/// <summary>A user in the list of a group's users.</summary>
internal sealed record GroupUserBody(IReadOnlyList<string> MembershipTypes, GroupUserProfileBody User);

/// <summary>The last sign-in can't be null here: one that never was is the first day of all.</summary>
internal sealed record GroupUserProfileBody(Guid Key, string? Name, string Email, string Status, string? PhotoUrl, DateTime LastLoginAt)
{
    [JsonPropertyName("_embedded")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RoleUserEmbeddedBody? Embedded { get; init; }

    public static GroupUserProfileBody Of(EmulatedUser user, EmulatedTenant tenant, IReadOnlyList<UserEmbed> embed) =>
        new(user.Key, user.Name, user.Email, user.Status, user.PhotoUrl, (user.LastLoginAt ?? DateTimeOffset.MinValue).UtcDateTime)
        {
            Embedded = RoleUserEmbeddedBody.Of(user, tenant, embed),
        };
}

/// <summary>What comes with the users of roles and groups: here the roles don't say where they are from.</summary>
internal sealed record RoleUserEmbeddedBody
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoleBody>? ApplicationRoles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UserProviderBody>? UserIdentityProviders { get; init; }

    public static RoleUserEmbeddedBody? Of(EmulatedUser user, EmulatedTenant tenant, IReadOnlyList<UserEmbed> embed) =>
        embed.Count == 0 ? null : new()
        {
            ApplicationRoles = embed.Contains(UserEmbed.ApplicationRoles)
                ? [.. tenant.Roles.Of(user.Roles).Select(role => RoleBody.Of(role, tenant))]
                : null,
            UserIdentityProviders = embed.Contains(UserEmbed.UserIdentityProviders) ? UserProviderBody.Of(user) : null,
        };
}
