namespace OdcPowerShell.Tests.Contract;

/// <summary>The deployments API.</summary>
internal static class DeploymentCalls
{
    private const string Deployments = "/api/deployments/v1/deployment-operations";
    private const string Publications = "/api/deployments/v1/publish-operations";
    private const string Stages = "GET /api/portfolios/v2/environments";
    private const string Assets = "GET /api/asset-repository/v1/assets";
    private const string Revisions = "GET /api/asset-repository/v1/assets/{assetKey}/revisions";
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    internal static IEnumerable<Call> All { get; } =
    [
        .. Lists("Get-OdcDeployment", "GET " + Deployments),
        // Without a stage, each stage is asked for too, to name the stages of the rows.
        new("GET " + Deployments, "Get-OdcDeployment -Operation Deploy, ApplyConfigs", Requests: 2) { Further = [Stages] },
        new("GET " + Deployments, "Get-OdcDeployment -Permission AppDeploy", Requests: 2) { Further = [Stages] },
        new("GET " + Deployments + "/{operationKey}", $"Get-OdcDeployment {A}"),
        new("GET " + Deployments + "/{operationKey}", $"'{A}', '{B}' | Get-OdcDeployment", Requests: 2),
        new("GET " + Deployments + "/{operationKey}/messages", $"Get-OdcDeploymentMessage {A}"),
        new("POST " + Deployments, $"Start-OdcUndeployment {A} {B} -Confirm:$false")
        {
            Further = [Stages], Body = $$"""{ "operation": "Undeploy", "assetKey": "{{A}}", "environmentKey": "{{B}}" }""",
        },
        .. Lists("Get-OdcPublication", "GET " + Publications, Assets),
        .. Changes,
        new("GET " + Publications + "/{operationKey}", $"Get-OdcPublication {A}") { Further = [Assets] },
        new("GET " + Publications + "/{operationKey}/messages", $"Get-OdcPublicationMessage {A}"),
        new("POST " + Publications, $"Start-OdcPublication {A} 3") { Body = $$"""{ "operation": "Publish", "assetKey": "{{A}}", "revision": 3 }""" },
        new("POST " + Publications, $"Start-OdcPublication {A} 3 -Stage {B}")
        {
            Body = $$"""{ "operation": "Publish", "assetKey": "{{A}}", "revision": 3, "environmentKey": "{{B}}" }""",
        },
    ];

    private static IEnumerable<Call> Changes =>
    [
        new("GET " + Deployments, "Get-OdcChange '2026-01-02T03:04:05' -Before 2026-03-29 -Kind Deployment, Configuration", PicksFromAnswer: true) { Further = [Assets, Stages] },
        new("GET " + Deployments, $"Get-OdcChange -Since 2026-01-02 -Asset {A} -Kind Undeployment -First 5", PicksFromAnswer: true) { Further = [Stages] },
        new("GET " + Publications, "Get-OdcChange 2026-01-02 -Kind Publication", Requests: 2, PicksFromAnswer: true) { Further = [Assets, Stages] },
        new(Assets, "Get-OdcChange 2026-01-02 -Kind Revision", PicksFromAnswer: true) { Further = [Revisions] },
        new(Revisions, $"Get-OdcChange 2026-01-02 -Before 2026-03-29 -Asset {A} -Kind Revision", PicksFromAnswer: true),
        new("GET /api/builds/v1/build-operations", $"Get-OdcChange 2026-01-02 -Asset {A}, {B} -Kind Build", Requests: 2, PicksFromAnswer: true) { Further = [Assets] },
    ];

    private static IEnumerable<Call> Lists(string cmdlet, string operation, params string[] names) => new[]
    {
        "", $"-Stage {B}", "-Status FinishedWithError", $"-Asset {A}", $"-Asset {A} -Revision 3", $"-Portfolio {A}", "-Since '2026-01-02T03:04:05'", "-Before 2026-03-29",
        "-Sort FinishedAt", "-Sort CreatedAt -Descending", "-First 5", "-Skip 10 -PageSize 20",
    }.Select(parameters => parameters.Contains("-Stage", StringComparison.Ordinal)
        ? new Call(operation, $"{cmdlet} {parameters}") { Further = names }
        : new Call(operation, $"{cmdlet} {parameters}".Trim(), Requests: 2) { Further = [Stages, .. names] });
}
