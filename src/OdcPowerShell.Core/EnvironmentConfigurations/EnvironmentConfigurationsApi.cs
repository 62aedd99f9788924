using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>The environment configurations API: the domains, IP filters and private gateway of each stage. It allows 10 requests a minute, so its lists are kept.</summary>
internal static class EnvironmentConfigurationsApi
{
    private const string Base = "/api/environment-configurations/v1/environments/{environmentKey}";
    private const string Domains = Base + "/domains";
    private const string BuiltInDomains = Base + "/builtin-domains";
    private const string IpFilterGroups = Base + "/ip-filter-groups";
    private const string Gateway = Base + "/private-gateway";
    private static readonly Permission View = Permission.InStage("Configuration management > View configurations");
    private static readonly Permission ManageDomains = Permission.InStage("Configuration management > Manage domains");
    private static readonly Permission ManageFilters = Permission.InStage("Configuration management > Manage IP filters");
    private static readonly Permission ManageGateways = Permission.InStage("Configuration management > Manage private gateways");

    internal static readonly Operation<Page<OdcDomain>> ListDomains = new(Get, Domains, View) { CanKeep = page => (page.Results ?? []).All(domain => !domain.IsChanging) };
    internal static readonly Operation<OdcDomain> GetDomain = new(Get, Domains + "/{domainKey}", View);
    internal static readonly Operation<OdcDomain> PostDomain = new(Post, Domains, ManageDomains);
    internal static readonly Operation<PatchedDomain> PatchDomain = new(Patch, Domains + "/{domainKey}", ManageDomains);
    internal static readonly Operation DeleteDomain = new(Delete, Domains + "/{domainKey}", ManageDomains);

    internal static readonly Operation<OdcDefaultDomain> GetDefaultDomain = new(Get, Base + "/default-domain", View) { CanKeep = _ => true };
    internal static readonly Operation PatchDefaultDomain = new(Patch, Base + "/default-domain", ManageDomains);

    internal static readonly Operation<Page<OdcBuiltInDomain>> ListBuiltInDomains = new(Get, BuiltInDomains, View) { IsWholeList = true, CanKeep = _ => true };
    internal static readonly Operation<OdcBuiltInDomainAvailability> CheckBuiltInDomain = new(Post, BuiltInDomains + "/availability", View) { Success = 200, IsSafe = true };
    internal static readonly Operation PostBuiltInDomain = new(Post, BuiltInDomains, ManageDomains);
    internal static readonly Operation PatchBuiltInDomain = new(Patch, BuiltInDomains + "/{builtinDomainPrefix}", ManageDomains) { Success = 200 };
    internal static readonly Operation DeleteBuiltInDomain = new(Delete, BuiltInDomains + "/{builtinDomainPrefix}", ManageDomains);

    internal static readonly Operation<Page<OdcIpFilterGroup>> ListIpFilterGroups = new(Get, IpFilterGroups, View) { IsWholeList = true, CanKeep = _ => true };
    internal static readonly Operation<OdcIpFilterGroup> GetIpFilterGroup = new(Get, IpFilterGroups + "/{ipFilterGroupKey}", View);
    internal static readonly Operation<CreatedObject> PostIpFilterGroup = new(Post, IpFilterGroups, ManageFilters);
    internal static readonly Operation PatchIpFilterGroup = new(Patch, IpFilterGroups + "/{ipFilterGroupKey}", ManageFilters);
    internal static readonly Operation DeleteIpFilterGroup = new(Delete, IpFilterGroups + "/{ipFilterGroupKey}", ManageFilters);

    // Whether a gateway is healthy changes at any moment, so it is always read.
    internal static readonly Operation<OdcPrivateGateway> GetPrivateGateway = new(Get, Gateway, View);
    internal static readonly Operation<OdcPrivateGatewayToken> ActivatePrivateGateway = new(Post, Gateway + "/activation", ManageGateways);
    // The specification says that it answers with a token, which would be of no use.
    internal static readonly Operation DeactivatePrivateGateway = new(Post, Gateway + "/deactivation", ManageGateways) { Success = 202 };
    internal static readonly Operation<OdcPrivateGatewayToken> RotatePrivateGatewayKey = new(Post, Gateway + "/key-rotation", ManageGateways);
}
