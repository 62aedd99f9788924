namespace OdcPowerShell.Tests.Contract;

/// <summary>The analyses of the dependency management API.</summary>
internal static class AnalysisCalls
{
    private const string Base = "/api/dependency-management/v1";
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    internal static IEnumerable<Call> All { get; } =
    [
        new("GET " + Base + "/deployment-analyses/{analysisKey}", $"Get-OdcDeploymentAnalysis {A}"),
        new("GET " + Base + "/deletion-analyses/{analysisKey}", $"Get-OdcDeletionAnalysis {A}"),
        new("POST " + Base + "/deployment-analyses", $"Start-OdcDeploymentAnalysis {A} 3 {B}") { Body = $$"""{ "assetKey": "{{A}}", "revision": 3, "environmentKey": "{{B}}" }""" },
        new("POST " + Base + "/deletion-analyses", $"Start-OdcDeletionAnalysis {A}") { Body = $$"""{ "assetKey": "{{A}}" }""" },
    ];
}
