using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>The one table of what parameters take: what each kind of object is called, which types and columns stand for it, and how it is found and described.</summary>
internal static class Kinds
{
    private static readonly KindInfo User = new("user", nameof(OdcUser.UserKey), "OdcUser")
    {
        FoundBy = "e-mail or name",
        Types = [typeof(OdcUser), typeof(OdcGroupUser), typeof(OdcGroupUserProfile), typeof(OdcEndUserRoleUser), typeof(OdcOrganizationRoleUser)],
        Rows = [typeof(OdcUserImportResult)],
        Columns = ["User", "UserEmail", "Email", "Mail", "EmailAddress"],
        Pointers = [nameof(StageOperation.DeployedBy), nameof(OdcBuild.BuiltBy), nameof(OdcAsset.CreatedBy), nameof(OdcChange.ChangedBy)],
        Prefix = "User",
        Find = async (client, text, _, caller, stopped) => (await client.Names.Users.FindAsync(text, caller, stopped)).Select(u => new Candidate(u, $"{u.UserKey} ({u.Name}, {u.Email})")),
        Read = async (client, key, caller, stopped) => await client.GetAsync(IdentityApi.GetUser, [key], query: null, caller, stopped),
    };

    private static readonly KindInfo Group = new("end-user group", nameof(OdcGroup.GroupKey), "OdcGroup")
    {
        FoundBy = "name",
        Types = [typeof(OdcGroup)],
        Rows = [typeof(OdcUserGroup)],
        Columns = ["Group", "GroupName"],
        Outranking = [nameof(OdcUser.UserKey), nameof(OdcGroupClaimMapping.MappingKey), nameof(OdcEndUserRole.EndUserRoleKey)],
        Prefix = "Group",
        Segments = ["groups", "end-user-groups"],
        Find = async (client, text, within, caller, stopped) =>
        {
            await client.Names.Stages.LearnAsync(caller, stopped);
            return (await client.Names.Groups.FindAsync(text, caller, stopped)).Where(g => within.Fits(g.StageKey, assetKey: null))
                .Select(g => new Candidate(g, $"{g.GroupKey} (stage {client.Names.Stages.NameOf(g.StageKey) ?? g.StageKey})"));
        },
        Read = async (client, key, caller, stopped) => await IdentityReaders.GroupAsync(client, key, caller, stopped),
        Narrowed = "-Stage",
    };

    private static readonly KindInfo EndUserRole = new("end-user role", nameof(OdcEndUserRole.EndUserRoleKey), "OdcEndUserRole")
    {
        FoundBy = "name",
        Types = [typeof(OdcEndUserRole)],
        Rows = [typeof(OdcUserEndUserRole)],
        Columns = ["ApplicationRoleKey", "EndUserRole", "EndUserRoleName", "Role"],
        Prefix = "EndUserRole",
        Find = async (client, text, within, caller, stopped) =>
        {
            var found = (await client.Names.EndUserRoles.FindAsync(text, caller, stopped)).Where(r => within.Fits(r.StageKey, r.AssetKey)).ToList();
            if (found.Count > 1)
                await IdentityReaders.NameAsync(client, found, caller, stopped);
            return found.Select(r => new Candidate(r, $"{r.EndUserRoleKey} (stage {r.StageName ?? r.StageKey}, asset {r.AssetName ?? r.AssetKey})"));
        },
        Read = async (client, key, caller, stopped) =>
            await IdentityReaders.EndUserRoles(client, new Query().Add("key", key), new ListWindow()).ReadAllAsync(caller, stopped) is { Count: > 0 } roles ? roles[0] : null,
        Narrowed = "-Stage and -Asset",
    };

    private static readonly KindInfo OrganizationRole = new("organization role", nameof(OdcOrganizationRole.OrganizationRoleKey), "OdcOrganizationRole")
    {
        FoundBy = "name",
        Types = [typeof(OdcOrganizationRole)],
        Rows = [typeof(OdcUserOrganizationRole)],
        Columns = ["OrganizationRole", "OrganizationRoleName"],
        Outranking = [nameof(OdcUser.UserKey)],
        Prefix = "OrganizationRole",
        Find = async (client, text, _, caller, stopped) => (await client.Names.OrganizationRoles.FindAsync(text, caller, stopped)).Select(r => new Candidate(r, r.OrganizationRoleKey!)),
        Read = async (client, key, caller, stopped) => await client.GetAsync(IdentityApi.GetOrganizationRole, [key], query: null, caller, stopped),
    };

    private static readonly KindInfo Permission = new("permission", nameof(OdcPermission.PermissionKey), "OdcPermission")
    {
        FoundBy = "name",
        Types = [typeof(OdcPermission), typeof(OdcOrganizationRolePermission)],
        Find = async (client, text, _, caller, stopped) => (await client.Names.Permissions.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, $"{p.PermissionKey} ({p.Category})")),
    };

    private static readonly KindInfo IdentityProvider = new("identity provider", nameof(OdcIdentityProvider.IdentityProviderKey), "OdcIdentityProvider")
    {
        FoundBy = "name",
        Types = [typeof(OdcIdentityProvider)],
        Find = async (client, text, _, caller, stopped) => (await client.Names.IdentityProviders.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, p.IdentityProviderKey!)),
    };

    private static readonly KindInfo Stage = new("stage", nameof(OdcStage.StageKey), "OdcStage")
    {
        FoundBy = "name",
        Types = [typeof(OdcStage), typeof(OdcStageV1)],
        Columns = ["EnvironmentKey", "Environment", "Stage"],
        Outranking =
        [
            nameof(OdcGroup.GroupKey), nameof(OdcEndUserRole.EndUserRoleKey), nameof(StageOperation.OperationKey), nameof(OdcAnalysis.AnalysisKey), nameof(OdcBuild.BuildKey), nameof(OdcUser.UserKey),
        ],
        Prefix = "Stage",
        Segments = ["stages", "environments"],
        Find = async (client, text, _, caller, stopped) => (await client.Names.Stages.GetAsync(caller, stopped)).Where(s => Names.NameText.IsSame(s.Name, text))
            .Select(s => new Candidate(s, $"{s.StageKey} (portfolio {s.PortfolioKey})")),
        Read = async (client, key, caller, stopped) => (await client.Names.Stages.GetAsync(caller, stopped)).FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)),
        Known = client => $"Stages: {string.Join(", ", (client.Names.Stages.Loaded ?? []).Select(s => s.Name))}.",
        Lacks = client => client.Names.Stages.Loaded is { Count: 0 } ? "Stage > View stage" : null,
    };

    private static readonly KindInfo Asset = new("asset", nameof(OdcAsset.AssetKey), "OdcAsset")
    {
        FoundBy = "name",
        Types = [typeof(OdcAsset)],
        Columns = ["ApplicationKey", "AgentKey", "LibraryKey", "Asset"],
        Outranking =
        [
            nameof(OdcEndUserRole.EndUserRoleKey), nameof(OdcOrganizationRole.OrganizationRoleKey), nameof(StageOperation.OperationKey), nameof(OdcAnalysis.AnalysisKey), nameof(OdcBuild.BuildKey),
            "ElementKey", "DeploymentKey", nameof(OdcAssetDependency.ProducerAssetKey), "ConsumerAssetKey",
        ],
        Prefix = "Asset",
        Segments = ["assets", "apps", "applications", "libraries", "agents"],
        Find = async (client, text, _, caller, stopped) => (await client.Names.Assets.FindAsync(text, caller, stopped)).Select(a => new Candidate(a, $"{a.AssetKey} ({a.AssetType})")),
        Read = async (client, key, caller, stopped) =>
        {
            await client.Names.AssetNames.LearnAsync([key], caller, stopped);
            return client.Names.AssetNames.Of(key) is { } name ? new OdcAsset { AssetKey = key, Name = name, AssetType = client.Names.AssetNames.TypeOf(key) } : null;
        },
    };

    private static readonly KindInfo Portfolio = new("portfolio", nameof(OdcPortfolio.PortfolioKey), "OdcPortfolio")
    {
        FoundBy = "name",
        Types = [typeof(OdcPortfolio)],
        Columns = ["Portfolio"],
        Outranking = [nameof(OdcStage.StageKey), nameof(OdcAsset.AssetKey), nameof(OdcGroup.GroupKey), nameof(OdcEndUserRole.EndUserRoleKey), nameof(StageOperation.OperationKey), nameof(OdcUser.UserKey)],
        Prefix = "Portfolio",
        Segments = ["portfolios"],
        Find = async (client, text, _, caller, stopped) => (await client.Names.Portfolios.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, p.PortfolioKey!)),
        Read = async (client, key, caller, stopped) =>
            (await client.GetAsync(PortfoliosApi.ListPortfolios, [], new Query().Add("portfolioKey", key), caller, stopped)).Results is { Count: > 0 } portfolios ? portfolios[0] : null,
    };

    private static readonly KindInfo Build = new("build", nameof(OdcBuild.BuildKey), "OdcBuild")
    {
        Types = [typeof(OdcBuild)],
        Outranking = [nameof(StageOperation.OperationKey), "DeploymentKey"],
    };

    private static readonly KindInfo ClaimMapping = new("claim mapping", nameof(OdcGroupClaimMapping.MappingKey), "OdcGroup") { Types = [typeof(OdcGroupClaimMapping)] };
    private static readonly KindInfo UserImport = new("user import", nameof(OdcUserImport.OperationKey), "OdcUserImport") { Types = [typeof(OdcUserImport)], SharesKeyName = true };
    private static readonly KindInfo Deployment = new("deployment", nameof(OdcDeployment.OperationKey), "OdcDeployment") { Types = [typeof(OdcDeployment)], SharesKeyName = true };
    private static readonly KindInfo Publication = new("publication", nameof(OdcPublication.OperationKey), "OdcPublication") { Types = [typeof(OdcPublication)], SharesKeyName = true };

    private static readonly KindInfo DeploymentAnalysis = new("deployment analysis", nameof(OdcDeploymentAnalysis.AnalysisKey), "OdcDeploymentAnalysis")
    {
        Types = [typeof(OdcDeploymentAnalysis)],
        SharesKeyName = true,
    };

    private static readonly KindInfo DeletionAnalysis = new("deletion analysis", nameof(OdcDeletionAnalysis.AnalysisKey), "OdcDeletionAnalysis")
    {
        Types = [typeof(OdcDeletionAnalysis)],
        SharesKeyName = true,
    };

    internal static KindInfo Of(Kind kind) => kind switch
    {
        Kind.User => User,
        Kind.Group => Group,
        Kind.EndUserRole => EndUserRole,
        Kind.OrganizationRole => OrganizationRole,
        Kind.Permission => Permission,
        Kind.IdentityProvider => IdentityProvider,
        Kind.UserImport => UserImport,
        Kind.ClaimMapping => ClaimMapping,
        Kind.Stage => Stage,
        Kind.Asset => Asset,
        Kind.Portfolio => Portfolio,
        Kind.Build => Build,
        Kind.Deployment => Deployment,
        Kind.Publication => Publication,
        Kind.DeploymentAnalysis => DeploymentAnalysis,
        Kind.DeletionAnalysis => DeletionAnalysis,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
