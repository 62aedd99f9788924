using OdcPowerShell.EnvironmentConfigurations;
using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Organization;

/// <summary>The organization API.</summary>
internal static class OrganizationApi
{
    private const string Base = "/api/organization/v1";

    private const string Domains = Base + "/builtin-domains";
    private const string Manage = "Organization management > Manage Organization";

    internal static readonly Operation<OdcOrganization> GetOrganization = new(Get, Base + "/organization", Permission.AnyAtAll);
    internal static readonly Operation PatchOrganization = new(Patch, Base + "/organization", Manage) { Success = 200 };
    internal static readonly Operation<Page<OdcBuiltInDomain>> ListBuiltInDomains = new(Get, Domains, Permission.AnyAtAll) { IsWholeList = true, CanKeep = _ => true };
    internal static readonly Operation<OdcBuiltInDomainAvailability> CheckBuiltInDomain = new(Post, Domains + "/availability", Permission.AnyAtAll) { Success = 200, IsSafe = true };
    internal static readonly Operation PostBuiltInDomain = new(Post, Domains, Manage);
    internal static readonly Operation PatchBuiltInDomain = new(Patch, Domains + "/{builtinDomainPrefix}", Manage) { Success = 200 };
    internal static readonly Operation DeleteBuiltInDomain = new(Delete, Domains + "/{builtinDomainPrefix}", Manage);
    internal static readonly Operation<OdcPlatformIpFilterGroup> GetPlatformIpFilterGroup = new(Get, Base + "/ip-filter-group", Manage) { CanKeep = _ => true };
}

/// <summary>The organization that a tenant belongs to.</summary>
[Columns("Name 35", "Ring 8", "PlatformRegion 15", "DataPlatformRegion 18", "OrganizationKey")]
public sealed class OdcOrganization : OdcResource
{
    [JsonPropertyName("id")]
    public string? OrganizationKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The release ring, for example GA.</summary>
    public string? Ring { get; set; }

    public int? AssetPortfolioCount { get; set; }

    /// <summary>Region of the platform services, for example us-east-1.</summary>
    public string? PlatformRegion { get; set; }

    /// <summary>Region of the organization's data, for example eu-central-1.</summary>
    public string? DataPlatformRegion { get; set; }

    public override string ToString() => Name ?? OrganizationKey ?? "";
}
