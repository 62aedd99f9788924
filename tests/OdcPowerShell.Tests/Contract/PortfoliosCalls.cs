namespace OdcPowerShell.Tests.Contract;

/// <summary>The portfolio API, version 2.</summary>
internal static class PortfoliosCalls
{
    private const string List = "GET /api/portfolios/v2/environments";

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, "Get-OdcStage"),
        new(List, "Get-OdcStage -Name *"),
        new(List, "Get-OdcStage -PortfolioKey 0f8fad5b-d9cb-469f-a165-70867728950e"),
        new(List, "[pscustomobject]@{ PortfolioKey = [guid]'0f8fad5b-d9cb-469f-a165-70867728950e' } | Get-OdcStage"),
    ];
}
