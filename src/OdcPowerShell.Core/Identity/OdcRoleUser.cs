using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>A user who has an end-user role, as the role's list of users tells it.</summary>
[Columns("Role=EndUserRoleName|EndUserRoleKey 22", "Name 22", "Email 34", "Status 19", "LastLoginAt 17")]
public sealed class OdcEndUserRoleUser : OdcUserSummary
{
    [JsonIgnore]
    public string? EndUserRoleKey { get; internal set; }

    [JsonIgnore]
    public string? EndUserRoleName { get; internal set; }
}

/// <summary>A user who has an organization role, as the role's list of users tells it.</summary>
[Columns("Role=OrganizationRoleName|OrganizationRoleKey 22", "Name 22", "Email 34", "Status 19", "LastLoginAt 17")]
public sealed class OdcOrganizationRoleUser : OdcUserSummary
{
    [JsonIgnore]
    public string? OrganizationRoleKey { get; internal set; }

    [JsonIgnore]
    public string? OrganizationRoleName { get; internal set; }
}
