using OdcPowerShell.Http;
using OdcPowerShell.Json;

namespace OdcPowerShell.Portfolios;

/// <summary>The portfolio API, version 2.</summary>
internal static class PortfoliosApi
{
    private const string Base = "/api/portfolios/v2";

    internal static readonly Operation<Page<OdcStage>> ListEnvironments =
        Operation.Get(Base + "/environments", OdcJson.Default.PageOdcStage, "Stage > View stage");
}
