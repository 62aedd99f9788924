using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Identity;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Resources;

/// <summary>The table of all resource types: their nouns, types and columns, and how they are found and described.</summary>
internal static class ResourceTypes
{
    internal static readonly ResourceType User = new(typeof(OdcUser), "user", nameof(OdcUser.UserKey))
    {
        FoundBy = "e-mail or name",
        List = ResourceList.Of(IdentityApi.QueryUsers, "nameOrEmailContains"),
        NamesOf = user => [((OdcUser)user).Email, ((OdcUser)user).Name],
        Distinction = user => $"{((OdcUser)user).Name}, {((OdcUser)user).Email}",
        Read = async (client, key, caller, stopped) => await client.GetAsync(IdentityApi.GetUser, [key], query: null, caller, stopped).ConfigureAwait(false),
        Twins = [typeof(OdcGroupUser), typeof(OdcGroupUserProfile), typeof(OdcEndUserRoleUser), typeof(OdcOrganizationRoleUser)],
        Rows = [typeof(OdcUserImportResult)],
        NamedBy = [typeof(OdcUserImportResult)],
        Columns = ["User", "UserEmail", "Email", "Mail", "EmailAddress"],
        Pointers = [nameof(StageOperation.DeployedBy), nameof(OdcBuild.BuiltBy), nameof(OdcAsset.CreatedBy), nameof(OdcChange.ChangedBy)],
        Prefix = "User",
    };

    internal static readonly ResourceType Group = new(typeof(OdcGroup), "end-user group", nameof(OdcGroup.GroupKey))
    {
        List = ResourceList.Of(IdentityApi.QueryGroups),
        Complete = (client, groups, caller, stopped) => IdentityReaders.NameAsync(client, [.. groups.Cast<OdcGroup>()], caller, stopped),
        Distinction = group => $"stage {((OdcGroup)group).StageName ?? ((OdcGroup)group).StageKey}",
        Place = group => (((OdcGroup)group).StageKey, null),
        Narrowed = "-Stage",
        Read = async (client, key, caller, stopped) => await IdentityReaders.GroupAsync(client, key, caller, stopped).ConfigureAwait(false),
        Rows = [typeof(OdcUserGroup)],
        NamedBy = [typeof(OdcUserGroup)],
        Columns = ["Group", "GroupName"],
        Outranking = [nameof(OdcUser.UserKey), nameof(OdcGroupClaimMapping.MappingKey), nameof(OdcEndUserRole.EndUserRoleKey)],
        Prefix = "Group",
        Segments = ["groups", "end-user-groups"],
    };

    internal static readonly ResourceType EndUserRole = new(typeof(OdcEndUserRole), "end-user role", nameof(OdcEndUserRole.EndUserRoleKey))
    {
        List = ResourceList.Of(IdentityApi.QueryEndUserRoles),
        // The names of stage and asset would take further requests, too many for one role.
        Complete = (client, roles, caller, stopped) => roles.Count > 1 ? IdentityReaders.NameAsync(client, [.. roles.Cast<OdcEndUserRole>()], caller, stopped) : Task.CompletedTask,
        Distinction = role => $"stage {((OdcEndUserRole)role).StageName ?? ((OdcEndUserRole)role).StageKey}, asset {((OdcEndUserRole)role).AssetName ?? ((OdcEndUserRole)role).AssetKey}",
        Place = role => (((OdcEndUserRole)role).StageKey, ((OdcEndUserRole)role).AssetKey),
        Narrowed = "-Stage and -Asset",
        Read = async (client, key, caller, stopped) =>
            await IdentityReaders.EndUserRoles(client, new Query().Add("key", key), new ListWindow()).ReadAllAsync(caller, stopped).ConfigureAwait(false) is { Count: > 0 } roles ? roles[0] : null,
        Rows = [typeof(OdcUserEndUserRole)],
        NamedBy = [typeof(OdcUserEndUserRole)],
        Columns = ["ApplicationRoleKey", "EndUserRole", "EndUserRoleName", "Role"],
        Prefix = "EndUserRole",
    };

    internal static readonly ResourceType OrganizationRole = new(typeof(OdcOrganizationRole), "organization role", nameof(OdcOrganizationRole.OrganizationRoleKey))
    {
        List = ResourceList.Of(IdentityApi.QueryOrganizationRoles),
        Read = async (client, key, caller, stopped) => await client.GetAsync(IdentityApi.GetOrganizationRole, [key], query: null, caller, stopped).ConfigureAwait(false),
        Rows = [typeof(OdcUserOrganizationRole)],
        NamedBy = [typeof(OdcUserOrganizationRole)],
        Columns = ["OrganizationRole", "OrganizationRoleName"],
        Outranking = [nameof(OdcUser.UserKey)],
        Prefix = "OrganizationRole",
    };

    internal static readonly ResourceType Permission = new(typeof(OdcPermission), "permission", nameof(OdcPermission.PermissionKey))
    {
        List = ResourceList.Of(IdentityApi.QueryPermissions),
        // As the portal shows it, and files and messages of this module: category > name.
        NamesOf = permission => [((OdcPermission)permission).Name, ((OdcPermission)permission).FullName],
        Searched = name => name.Substring(name.IndexOf(OdcPermission.Separator, StringComparison.Ordinal) is >= 0 and var at ? at + OdcPermission.Separator.Length : 0),
        Distinction = permission => ((OdcPermission)permission).Category,
        Twins = [typeof(OdcOrganizationRolePermission)],
    };

    internal static readonly ResourceType IdentityProvider = new(typeof(OdcIdentityProvider), "identity provider", nameof(OdcIdentityProvider.IdentityProviderKey))
    {
        List = ResourceList.Of(IdentityApi.QueryIdentityProviders),
    };

    internal static readonly ResourceType Stage = new(typeof(OdcStage), "stage", nameof(OdcStage.StageKey))
    {
        List = ResourceList.Stages,
        Distinction = stage => $"portfolio {((OdcStage)stage).PortfolioKey}",
        Read = async (client, key, caller, stopped) =>
            (await client.Names.Stages.GetAsync(caller, stopped).ConfigureAwait(false)).FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)),
        Twins = [typeof(OdcStageV1)],
        Pointers = [nameof(OdcDeployedRevision.DeployedStageKey)],
        Columns = ["EnvironmentKey", "Environment", "Stage"],
        Outranking =
        [
            nameof(OdcGroup.GroupKey), nameof(OdcEndUserRole.EndUserRoleKey), nameof(StageOperation.OperationKey), nameof(OdcAnalysis.AnalysisKey), nameof(OdcBuild.BuildKey), nameof(OdcUser.UserKey),
            nameof(OdcConfigurationValue.SettingKey), nameof(OdcEntitlement.EntitlementId), nameof(OdcAddOn.AddOnId), nameof(OdcDomain.DomainKey),
            nameof(OdcIpFilterGroup.IpFilterGroupKey), nameof(OdcMobileBuild.MobileBuildKey),
        ],
        Prefix = "Stage",
        Segments = ["stages", "environments"],
        Known = client => $"Stages: {string.Join(", ", (client.Names.Stages.Loaded ?? []).Select(s => s.Name))}.",
        Lacks = client => client.Names.Stages.Loaded is { Count: 0 } ? "Stage > View stage" : null,
    };

    internal static readonly ResourceType Asset = new(typeof(OdcAsset), "asset", nameof(OdcAsset.AssetKey))
    {
        List = ResourceList.Of(AssetRepositoryApi.ListAssets),
        Distinction = asset => ((OdcAsset)asset).AssetType,
        Read = async (client, key, caller, stopped) =>
        {
            await client.Names.AssetNames.LearnAsync([key], caller, stopped).ConfigureAwait(false);
            return client.Names.AssetNames.Find(key) is { Name: not null } asset ? new OdcAsset { AssetKey = key, Name = asset.Name, AssetType = asset.AssetType } : null;
        },
        NamedBy = [typeof(OdcAsset), typeof(OdcDependentAsset), typeof(OdcDeployedAsset), typeof(OdcLibrary)],
        Columns = ["ApplicationKey", "AgentKey", "LibraryKey", "Asset"],
        Outranking =
        [
            nameof(OdcEndUserRole.EndUserRoleKey), nameof(OdcOrganizationRole.OrganizationRoleKey), nameof(StageOperation.OperationKey), nameof(OdcAnalysis.AnalysisKey), nameof(OdcBuild.BuildKey),
            "ElementKey", "DeploymentKey", nameof(OdcAssetDependency.ProducerAssetKey), "ConsumerAssetKey", nameof(OdcConfigurationValue.SettingKey), nameof(OdcEntitlement.EntitlementId),
            nameof(OdcMobileBuild.MobileBuildKey),
        ],
        Prefix = "Asset",
        Segments = ["assets", "apps", "applications", "libraries", "agents"],
    };

    internal static readonly ResourceType Library = new(typeof(OdcLibrary), "library", nameof(OdcLibrary.AssetKey)) { List = ResourceList.Of(PortfoliosApi.ListLibraries), SharesKeyName = true };

    internal static readonly ResourceType Portfolio = new(typeof(OdcPortfolio), "portfolio", nameof(OdcPortfolio.PortfolioKey))
    {
        List = ResourceList.Of(PortfoliosApi.ListPortfolios, filter: null),
        Read = async (client, key, caller, stopped) =>
            (await client.GetAsync(PortfoliosApi.ListPortfolios, [], new Query().Add("portfolioKey", key), caller, stopped).ConfigureAwait(false)).Results is { Count: > 0 } portfolios ? portfolios[0] : null,
        Columns = ["Portfolio"],
        Outranking = [nameof(OdcStage.StageKey), nameof(OdcAsset.AssetKey), nameof(OdcGroup.GroupKey), nameof(OdcEndUserRole.EndUserRoleKey), nameof(StageOperation.OperationKey), nameof(OdcUser.UserKey)],
        Prefix = "Portfolio",
        Segments = ["portfolios"],
    };

    internal static readonly ResourceType Domain = new(typeof(OdcDomain), "domain", nameof(OdcDomain.DomainKey))
    {
        ListInStage = StageParts.Domains,
        NamesOf = domain => DomainReader.NamesOf((OdcDomain)domain),
        NameProperty = nameof(OdcDomain.Hostname),
        FoundBy = "hostname or name",
        Distinction = domain => ((OdcDomain)domain).Hostname,
        Columns = ["Domain", "Hostname"],
    };

    internal static readonly ResourceType IpFilterGroup = new(typeof(OdcIpFilterGroup), "IP filter group", nameof(OdcIpFilterGroup.IpFilterGroupKey))
    {
        ListInStage = StageParts.IpFilterGroups,
        Columns = ["IpFilterGroup", "IpFilterGroupName"],
        Prefix = "IpFilterGroup",
    };

    internal static readonly ResourceType BuiltInDomain = new(typeof(OdcBuiltInDomain), "built-in domain", nameof(OdcBuiltInDomain.Prefix))
    {
        HasTextKey = true,
        ListInStage = (client, stageKey) => new BuiltInDomainScope(stageKey, client.Names.Stages.NameOf(stageKey)).List(client),
        ListInOrganization = client => new BuiltInDomainScope().List(client),
        NamesOf = domain => [((OdcBuiltInDomain)domain).Prefix],
        FoundBy = "prefix",
        // Columns of a row that only says whether a prefix is available.
        Outranking = [nameof(OdcBuiltInDomainAvailability.IsAvailable)],
    };

    internal static readonly ResourceType Build = new(typeof(OdcBuild), "build", nameof(OdcBuild.BuildKey)) { Outranking = [nameof(StageOperation.OperationKey), "DeploymentKey", nameof(OdcMobileBuild.MobileBuildKey)] };
    internal static readonly ResourceType MobileBuild = new(typeof(OdcMobileBuild), "mobile build", nameof(OdcMobileBuild.MobileBuildKey));
    internal static readonly ResourceType ClaimMapping = new(typeof(OdcGroupClaimMapping), "claim mapping", nameof(OdcGroupClaimMapping.MappingKey)) { CommandNoun = nameof(OdcGroup) };
    internal static readonly ResourceType UserImport = new(typeof(OdcUserImport), "user import", nameof(OdcUserImport.OperationKey)) { SharesKeyName = true };
    internal static readonly ResourceType Deployment = new(typeof(OdcDeployment), "deployment", nameof(OdcDeployment.OperationKey)) { SharesKeyName = true };
    internal static readonly ResourceType Publication = new(typeof(OdcPublication), "publication", nameof(OdcPublication.OperationKey)) { SharesKeyName = true };
    internal static readonly ResourceType DeploymentAnalysis = new(typeof(OdcDeploymentAnalysis), "deployment analysis", nameof(OdcDeploymentAnalysis.AnalysisKey)) { SharesKeyName = true };
    internal static readonly ResourceType DeletionAnalysis = new(typeof(OdcDeletionAnalysis), "deletion analysis", nameof(OdcDeletionAnalysis.AnalysisKey)) { SharesKeyName = true };
    internal static readonly ResourceType CodeAnalysis = new(typeof(OdcCodeAnalysis), "code analysis", nameof(OdcCodeAnalysis.AnalysisKey)) { SharesKeyName = true };

    internal static readonly ResourceType CodePattern = new(typeof(OdcCodePattern), "code pattern", nameof(OdcCodePattern.PatternId))
    {
        List = ResourceList.Of(CodeQualityApi.ListPatterns, filter: null),
        HasTextKey = true,
        SharesKeyName = true,
    };

    internal static readonly ResourceType LibraryGeneration = new(typeof(OdcExternalLibraryGeneration), "external library generation", nameof(OdcExternalLibraryGeneration.OperationKey))
    {
        SharesKeyName = true,
        Twins = [typeof(OdcExternalLibraryImport)],
    };

    internal static readonly ResourceType LibrarySourceDownload = new(typeof(OdcExternalLibrarySourceDownload), "source code download", nameof(OdcExternalLibrarySourceDownload.OperationKey))
    {
        SharesKeyName = true,
    };

    internal static IReadOnlyList<ResourceType> All { get; } =
    [
        User, Group, EndUserRole, OrganizationRole, Permission, IdentityProvider, Stage, Asset, Library, Portfolio, Domain, BuiltInDomain, IpFilterGroup, Build, MobileBuild, ClaimMapping, UserImport, Deployment, Publication,
        DeploymentAnalysis, DeletionAnalysis, CodeAnalysis, CodePattern, LibraryGeneration, LibrarySourceDownload,
    ];

    /// <summary>The type of resource whose objects have a type.</summary>
    internal static ResourceType Of(Type type) => All.First(t => t.Type == type);
}
