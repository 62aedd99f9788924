using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Parameters;

/// <summary>What is known of each kind of object: its name in messages, the property that holds its key, and how it is found by name.</summary>
internal static class Kinds
{
    internal static KindInfo Of(Kind kind) => kind switch
    {
        Kind.User => new("user", nameof(OdcUser.UserKey), "e-mail or name", async (client, text, _, caller, stopped) =>
            (await client.Names.Users.FindAsync(text, caller, stopped)).Select(u => new Candidate(u, $"{u.UserKey} ({u.Name}, {u.Email})"))),
        Kind.Group => new("end-user group", nameof(OdcGroup.GroupKey), "name", async (client, text, within, caller, stopped) =>
            (await client.Names.Groups.FindAsync(text, caller, stopped)).Where(g => within.Fits(g.StageKey, assetKey: null))
                .Select(g => new Candidate(g, $"{g.GroupKey} (stage {client.Names.Stages.NameOf(g.StageKey) ?? g.StageKey})"))),
        Kind.EndUserRole => new("end-user role", nameof(OdcEndUserRole.EndUserRoleKey), "name", async (client, text, within, caller, stopped) =>
            (await client.Names.EndUserRoles.FindAsync(text, caller, stopped)).Where(r => within.Fits(r.StageKey, r.AssetKey))
                .Select(r => new Candidate(r, $"{r.EndUserRoleKey} (stage {client.Names.Stages.NameOf(r.StageKey) ?? r.StageKey}, asset {client.Names.AssetNames.Of(r.AssetKey) ?? r.AssetKey})"))),
        Kind.OrganizationRole => new("organization role", nameof(OdcOrganizationRole.OrganizationRoleKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.OrganizationRoles.FindAsync(text, caller, stopped)).Select(r => new Candidate(r, r.OrganizationRoleKey!))),
        Kind.Permission => new("permission", nameof(OdcPermission.PermissionKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.Permissions.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, $"{p.PermissionKey} ({p.Category})"))),
        Kind.IdentityProvider => new("identity provider", nameof(OdcIdentityProvider.IdentityProviderKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.IdentityProviders.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, p.IdentityProviderKey!))),
        Kind.UserImport => new("user import", nameof(OdcUserImport.OperationKey)) { Only = typeof(OdcUserImport) },
        Kind.ClaimMapping => new("claim mapping", nameof(OdcGroupClaimMapping.MappingKey)),
        Kind.Stage => new("stage", nameof(OdcStage.StageKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.Stages.GetAsync(caller, stopped)).Where(s => string.Equals(s.Name, text, StringComparison.OrdinalIgnoreCase))
                .Select(s => new Candidate(s, $"{s.StageKey} (portfolio {s.PortfolioKey})")))
        {
            Columns = ["EnvironmentKey", "Environment", "Stage"],
            Known = client => client.Names.Stages.Loaded is { Count: > 0 } stages
                ? $"Stages: {string.Join(", ", stages.Select(s => s.Name))}."
                : "The API client sees no stage at all: grant it Stage > View stage in the ODC Portal.",
        },
        Kind.Asset => new("asset", nameof(OdcAsset.AssetKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.Assets.FindAsync(text, caller, stopped)).Select(a => new Candidate(a, $"{a.AssetKey} ({a.AssetType})")))
        {
            Columns = ["ApplicationKey", "AgentKey", "LibraryKey", "Asset"],
        },
        Kind.Portfolio => new("portfolio", nameof(OdcPortfolio.PortfolioKey), "name", async (client, text, _, caller, stopped) =>
            (await client.Names.Portfolios.FindAsync(text, caller, stopped)).Select(p => new Candidate(p, p.PortfolioKey!)))
        {
            Columns = ["Portfolio"],
        },
        Kind.Build => new("build", nameof(OdcBuild.BuildKey)),
        Kind.Deployment => new("deployment", nameof(OdcDeployment.OperationKey)) { Only = typeof(OdcDeployment) },
        Kind.Publication => new("publication", nameof(OdcPublication.OperationKey)) { Only = typeof(OdcPublication) },
        Kind.DeploymentAnalysis => new("deployment analysis", nameof(OdcDeploymentAnalysis.AnalysisKey)) { Only = typeof(OdcDeploymentAnalysis) },
        Kind.DeletionAnalysis => new("deletion analysis", nameof(OdcDeletionAnalysis.AnalysisKey)) { Only = typeof(OdcDeletionAnalysis) },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
