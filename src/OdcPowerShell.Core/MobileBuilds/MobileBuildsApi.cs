using OdcPowerShell.Deployments;
using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.MobileBuilds;

/// <summary>The native mobile builds API: packages of mobile apps, and what they are made with.</summary>
internal static class MobileBuildsApi
{
    private const string Base = "/api/native-mobile-builds/v1";
    private const string Builds = Base + "/build-operations";
    private const string Configurations = Base + "/environments/{environmentKey}/applications/{applicationKey}/configurations";
    private static readonly Permission SeeStage = Permission.InStage("Stage > View stage");
    private static readonly Permission View = Permission.InStage("Configuration management > View configurations");
    private static readonly Permission Edit = Permission.InStage("Configuration management > Edit asset configurations");

    internal static readonly Operation<Page<OdcMobileBuild>> ListBuilds = new(Get, Builds, SeeStage);
    internal static readonly Operation<OdcMobileBuild> StartBuild = new(Post, Builds, Permission.InStage("Release management > Deploy assets"));
    internal static readonly Operation<OdcMobileBuild> GetBuild = new(Get, Builds + "/{operationKey}", SeeStage);
    internal static readonly Operation<Page<OdcOperationMessage>> GetBuildLog = new(Get, Builds + "/{operationKey}/log-messages", SeeStage);
    internal static readonly Operation<MobileVersionSuggestions> SuggestVersions = new(Post, Builds + "/version-suggestions", SeeStage) { Success = 200, IsSafe = true };
    internal static readonly Operation<MobileBuildValidations> ValidateBuild = new(Post, Builds + "/native-build-validation", SeeStage) { Success = 200, IsSafe = true };

    internal static readonly Operation<OdcAndroidConfiguration> GetAndroidConfiguration = new(Get, Configurations + "/android", View);
    internal static readonly Operation PatchAndroidConfiguration = new(Patch, Configurations + "/android", Edit);
    internal static readonly Operation<OdcIosConfiguration> GetIosConfiguration = new(Get, Configurations + "/ios", View);
    internal static readonly Operation PatchIosConfiguration = new(Patch, Configurations + "/ios", Edit);
    internal static readonly Operation<ExtensibilitySettings> GetExtensibilitySettings = new(Get, Configurations + "/extensibility-settings", View);
    internal static readonly Operation PatchExtensibilitySettings = new(Patch, Configurations + "/extensibility-settings", Edit);

    internal static readonly Operation<Page<OdcMobileBuilderVersion>> ListBuilderVersions = new(Get, Base + "/native-builder-versions", Permission.AnyAtAll) { IsWholeList = true };
}
