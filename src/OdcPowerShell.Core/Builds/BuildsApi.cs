using OdcPowerShell.Http;

namespace OdcPowerShell.Builds;

/// <summary>The build operations API.</summary>
internal static class BuildsApi
{
    private const string Base = "/api/builds/v1";
    private const string OpenAssets = "Asset management > Open";

    internal static readonly Operation<BuildList> ListBuilds = Operation.Get(Base + "/build-operations", BuildsJson.Default.BuildList, OpenAssets);
    internal static readonly Operation<StartedBuild> StartBuild = Operation.Post(Base + "/build-operations", BuildsJson.Default.StartedBuild, OpenAssets);
    internal static readonly Operation<OdcBuild> GetBuild = Operation.Get(Base + "/build-operations/{operationKey}", BuildsJson.Default.OdcBuild, OpenAssets);
    internal static readonly Operation<Json.Page<OdcBuildMessage>> GetBuildLog =
        Operation.Get(Base + "/build-operations/{operationKey}/log-messages", BuildsJson.Default.PageOdcBuildMessage, OpenAssets);
    internal static readonly Operation<OdcGeneratedCodePackage> GetGeneratedCode =
        Operation.Get(Base + "/build-operations/{operationKey}/generated-code", BuildsJson.Default.OdcGeneratedCodePackage, OpenAssets);
    internal static readonly Operation<StartedBuild> StartGeneratedCode =
        Operation.Post(Base + "/build-operations/{operationKey}/generated-code", BuildsJson.Default.StartedBuild, OpenAssets);
}
