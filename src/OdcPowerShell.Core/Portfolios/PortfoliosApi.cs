using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Portfolios;

/// <summary>The portfolio API, version 2.</summary>
internal static class PortfoliosApi
{
    private const string Base = "/api/portfolios/v2";
    private const string Any = "any one permission";
    private const string ChangeStages = "name: Portfolio management > Manage stages; order: Portfolio management > Manage portfolio";

    internal static readonly Operation<Page<OdcStage>> ListEnvironments = Operation.Get(Base + "/environments", PortfoliosJson.Default.PageOdcStage, "Stage > View stage", neededForRows: "Stage > View stage");
    internal static readonly Operation PatchEnvironments = Operation.Patch(Base + "/environments", ChangeStages, success: 200);
    internal static readonly Operation PatchEnvironment = Operation.Patch(Base + "/environments/{environmentKey}", ChangeStages, success: 200);
    internal static readonly Operation<Page<OdcDeployedAsset>> ListDeployedAssets =
        Operation.Get(Base + "/deployed-assets", PortfoliosJson.Default.PageOdcDeployedAsset, Any + "; Stage > View stage");
    internal static readonly Operation<Page<OdcLibrary>> ListLibraries = Operation.Get(Base + "/libraries", PortfoliosJson.Default.PageOdcLibrary, Any);
    internal static readonly Operation<Page<OdcPortfolio>> ListPortfolios = Operation.Get(Base + "/portfolios", PortfoliosJson.Default.PageOdcPortfolio, Any);
    internal static readonly Operation PatchPortfolio = Operation.Patch(Base + "/portfolios/{portfolioKey}", "Portfolio management > Manage portfolio", success: 200);
}
