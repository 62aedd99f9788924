namespace OdcPowerShell.Identity;

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
