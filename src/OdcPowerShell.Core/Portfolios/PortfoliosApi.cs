using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Portfolios;

/// <summary>The portfolio API, version 2.</summary>
internal static class PortfoliosApi
{
    private const string Base = "/api/portfolios/v2";
    private static readonly Permission ChangeStages = Permission.ByCase(("name", "Portfolio management > Manage stages"), ("order", "Portfolio management > Manage portfolio"));

    internal static readonly Operation<Page<OdcStage>> ListEnvironments = new(Get, Base + "/environments", "Stage > View stage") { NeededForRows = "Stage > View stage", IsWholeList = true };
    internal static readonly Operation PatchEnvironments = new(Patch, Base + "/environments", ChangeStages) { Success = 200 };
    internal static readonly Operation PatchEnvironment = new(Patch, Base + "/environments/{environmentKey}", ChangeStages) { Success = 200 };
    internal static readonly Operation<Page<OdcDeployedAsset>> ListDeployedAssets = new(Get, Base + "/deployed-assets", Permission.AnyAtAll.WithRows("Stage > View stage"));
    internal static readonly Operation<Page<OdcLibrary>> ListLibraries = new(Get, Base + "/libraries", Permission.AnyAtAll);
    internal static readonly Operation<Page<OdcPortfolio>> ListPortfolios = new(Get, Base + "/portfolios", Permission.AnyAtAll);
    internal static readonly Operation PatchPortfolio = new(Patch, Base + "/portfolios/{portfolioKey}", "Portfolio management > Manage portfolio") { Success = 200 };
}

/// <summary>Version 1 of the portfolio API, which will be removed on 2027-01-08.</summary>
internal static class PortfoliosV1Api
{
    private const string Base = "/api/portfolios/v1";
    private const string SeeStages = "Stage > View stage";

    internal static readonly Operation<Page<OdcStageV1>> ListEnvironments = new(Get, Base + "/environments", SeeStages) { NeededForRows = SeeStages, IsWholeList = true };
    internal static readonly Operation<Page<OdcDeployedAsset>> ListDeployedAssets = new(Get, Base + "/deployed-assets", SeeStages);

    internal const string EndsSoon = "Version 1 of the portfolio API is deprecated and will be removed on 2027-01-08: leave -ApiVersion out.";

    internal static OdcException NoPortfolio => new(
        OdcErrorCause.InvalidRequest, "Version 1 of the portfolio API has no filter by portfolio.", "Leave -ApiVersion or -Portfolio out.");
}
