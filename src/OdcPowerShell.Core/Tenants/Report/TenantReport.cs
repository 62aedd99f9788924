using OdcPowerShell.AssetRepository;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tenants;

/// <summary>What a report shows: the lists of a tenant at one time. A part that was not asked for is null.</summary>
internal sealed record TenantReport
{
    internal string Tenant { get; init; } = "";

    internal string ClientId { get; init; } = "";

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many days the time line covers.</summary>
    internal int Days { get; init; }

    internal TenantPart<OdcOrganization>? Organization { get; init; }

    /// <summary>The stages of the report in their order.</summary>
    internal TenantPart<OdcStage>? Stages { get; init; }

    internal TenantPart<OdcAsset>? Assets { get; init; }

    internal TenantPart<OdcDeployedAsset>? Deployed { get; init; }

    internal TenantPart<OdcChange>? Changes { get; init; }

    internal TenantAccess? Access { get; init; }

    /// <summary>The entitlements of the organization and of each stage, with their usage.</summary>
    internal IReadOnlyList<TenantPart<OdcEntitlement>>? Usage { get; init; }

    internal TenantPart<DependencyNode>? Dependencies { get; init; }

    /// <summary>What is missing in parts that were read, in the words of the warnings.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Who may do what: users, organization roles and end-user roles.</summary>
internal sealed record TenantAccess
{
    internal TenantPart<OdcUser> Users { get; init; } = new("The users", []);

    /// <summary>The organization roles, each with its members.</summary>
    internal TenantPart<RoleMembers> OrganizationRoles { get; init; } = new("The organization roles", []);

    internal TenantPart<RoleUse> EndUserRoles { get; init; } = new("The end-user roles", []);
}

/// <summary>An organization role and the keys of its members; null if they can't be read.</summary>
internal sealed record RoleMembers(OdcOrganizationRole Role, IReadOnlyList<string>? UserKeys);

/// <summary>An end-user role, the users who have it directly or through groups, and its groups. What can't be read is null.</summary>
internal sealed record RoleUse(OdcEndUserRole Role, int? Direct, int? Groups, int? Users);

/// <summary>The parts of a report that can be chosen.</summary>
internal static class ReportSections
{
    internal const string Stages = "Stages";
    internal const string Changes = "Changes";
    internal const string Access = "Access";
    internal const string Findings = "Findings";
    internal const string Usage = "Usage";
}
