using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Portfolios;

/// <summary>Version 1 of the portfolio API, which ends on 2027-01-08.</summary>
internal static class PortfoliosV1Api
{
    private const string Base = "/api/portfolios/v1";
    private const string SeeStages = "Stage > View stage";

    internal static readonly Operation<Page<OdcStageV1>> ListEnvironments = new(Get, Base + "/environments", SeeStages) { NeededForRows = SeeStages };
    internal static readonly Operation<Page<OdcDeployedAsset>> ListDeployedAssets = new(Get, Base + "/deployed-assets", SeeStages);

    internal const string EndsSoon = "Version 1 of the portfolio API is deprecated and ends on 2027-01-08: leave -ApiVersion out.";

    internal static OdcException NoPortfolio => new(
        OdcErrorCause.InvalidRequest, "Version 1 of the portfolio API has no filter by portfolio.", "Leave -ApiVersion or -Portfolio out.");
}
