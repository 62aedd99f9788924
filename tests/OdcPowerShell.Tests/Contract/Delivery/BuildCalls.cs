namespace OdcPowerShell.Tests.Contract;

/// <summary>The build operations API.</summary>
internal static class BuildCalls
{
    private const string List = "GET /api/builds/v1/build-operations";
    private const string Start = "POST /api/builds/v1/build-operations";
    private const string One = List + "/{operationKey}";
    private const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    internal static IEnumerable<Call> All { get; } =
    [
        new(List, $"Get-OdcBuild -Asset {A} -Revision 3"),
        new(List, $"Get-OdcBuild -Asset {A} -Revision 3 -BuildType Release"),
        new(List, $"[pscustomobject]@{{ AssetKey = '{A}'; Revision = '3' }} | Get-OdcBuild"),
        new(One, $"Get-OdcBuild {A}"),
        new(One, $"'{A}', '{B}' | Get-OdcBuild", Requests: 2),
        new(One + "/log-messages", $"Get-OdcBuildLog {A}"),
        new(One + "/generated-code", $"Get-OdcGeneratedCodePackage {A}"),
        new(Start, $"Start-OdcBuild {A} 3") { Further = [One], Writes = One, Body = $$"""{ "assetKey": "{{A}}", "assetRevision": 3, "buildType": "Release" }""" },
        new(Start, $"Start-OdcBuild {A} 3 -BuildType Debug") { Further = [One], Writes = One, Body = $$"""{ "assetKey": "{{A}}", "assetRevision": 3, "buildType": "Debug" }""" },
        new("POST /api/builds/v1/build-operations/{operationKey}/generated-code", $"Start-OdcGeneratedCodePackage {A}", PicksFromAnswer: true) { Refusal = "OdcOperationFailed" },
    ];
}
