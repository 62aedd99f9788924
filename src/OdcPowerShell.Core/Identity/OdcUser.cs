namespace OdcPowerShell.Identity;

/// <summary>A user of the organization: an end user, a member, or both.</summary>
[Columns("Name 18", "Email 33", "LastLoginAt 17", "Status 19", "Access")]
public sealed class OdcUser : OdcUserSummary
{
    public bool? IsActive { get; set; }

    public OdcUserRoleKinds? Access { get; set; }

    public bool? IsEmailVerified { get; set; }

    public bool? IsTermsAndConditionsAccepted { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [Access, Embedded];
}

/// <summary>A user as lists by role, group or organization role show it.</summary>
public abstract class OdcUserSummary : OdcResource, INamed
{
    /// <summary>The user's key, a GUID.</summary>
    [JsonPropertyName("key")]
    public string? UserKey { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    /// <summary>Active, Invited, Inactive, PendingRegistration, or a value of a later version of the service.</summary>
    public string? Status { get; set; }

    /// <summary>The last sign-in or token refresh, in UTC.</summary>
    public DateTimeOffset? LastLoginAt { get; set; }

    public string? PhotoUrl { get; set; }

    /// <summary>The parts that <c>-Embed</c> asked for; otherwise null.</summary>
    [JsonPropertyName("_embedded")]
    public OdcUserEmbedded? Embedded { get; set; }

    /// <summary>The same as <see cref="UserKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => UserKey;

    internal override IEnumerable<OdcResource?> Parts => [Embedded];

    public override string ToString() => Name ?? Email ?? UserKey ?? "";
}

/// <summary>Which kinds of role a user has.</summary>
public sealed class OdcUserRoleKinds : OdcTextPart
{
    public bool? HasOrganizationRoles { get; set; }

    /// <summary>Whether the user has end-user roles, which the API calls application roles.</summary>
    [JsonPropertyName("hasApplicationRoles")]
    public bool? HasEndUserRoles { get; set; }

    public override string ToString() => (HasOrganizationRoles, HasEndUserRoles) switch
    {
        (true, true) => "Member, EndUser",
        (true, _) => "Member",
        (_, true) => "EndUser",
        _ => "",
    };
}

/// <summary>What <c>-Embed</c> adds to a user.</summary>
public sealed class OdcUserEmbedded : OdcResource
{
    [JsonPropertyName("applicationRoles")]
    public IReadOnlyList<OdcUserEndUserRole>? EndUserRoles { get; set => field = value.Present(); }

    [JsonPropertyName("userIdentityProviders")]
    public IReadOnlyList<OdcUserIdentityProvider>? IdentityProviders { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => [.. EndUserRoles ?? [], .. IdentityProviders ?? []];

    public override string ToString() => string.Join("; ", (EndUserRoles ?? []).Select(r => $"{r} ({r.AssetName ?? r.AssetKey}, {r.StageName ?? r.StageKey})")
        .Concat((IdentityProviders ?? []).Select(p => p.ToString())));
}

/// <summary>The number of users that match.</summary>
[Columns("UserCount 10")]
public sealed class OdcUserCount : OdcResource
{
    public int? UserCount { get; set; }

    public override string ToString() => UserCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}

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

/// <summary>A user who has an end-user role, as the role's list of users shows it.</summary>
[Columns("EndUserRoleName 23", "Name 21", "Email 33", "LastLoginAt 17", "Status")]
public sealed class OdcEndUserRoleUser : OdcUserSummary
{
    [JsonIgnore]
    public string? EndUserRoleKey { get; internal set; }

    [JsonIgnore]
    public string? EndUserRoleName { get; internal set; }
}

/// <summary>A user who has an organization role, as the role's list of users shows it.</summary>
[Columns("OrganizationRoleName 23", "Name 21", "Email 33", "LastLoginAt 17", "Status")]
public sealed class OdcOrganizationRoleUser : OdcUserSummary
{
    [JsonIgnore]
    public string? OrganizationRoleKey { get; internal set; }

    [JsonIgnore]
    public string? OrganizationRoleName { get; internal set; }
}
