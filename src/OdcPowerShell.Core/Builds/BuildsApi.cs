using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.Builds;

/// <summary>The build operations API.</summary>
internal static class BuildsApi
{
    private const string Base = "/api/builds/v1";
    private const string OpenAssets = "Asset management > Open";

    internal static readonly Operation<BuildList> ListBuilds = new(Get, Base + "/build-operations", OpenAssets);
    internal static readonly Operation<StartedBuild> StartBuild = new(Post, Base + "/build-operations", OpenAssets);
    internal static readonly Operation<OdcBuild> GetBuild = new(Get, Base + "/build-operations/{operationKey}", OpenAssets);
    internal static readonly Operation<Json.Page<OdcBuildMessage>> GetBuildLog = new(Get, Base + "/build-operations/{operationKey}/log-messages", OpenAssets);
    internal static readonly Operation<OdcGeneratedCodePackage> GetGeneratedCode = new(Get, Base + "/build-operations/{operationKey}/generated-code", OpenAssets);
    internal static readonly Operation<StartedBuild> StartGeneratedCode = new(Post, Base + "/build-operations/{operationKey}/generated-code", OpenAssets);
}
