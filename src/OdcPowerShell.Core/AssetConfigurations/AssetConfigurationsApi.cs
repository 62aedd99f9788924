using static OdcPowerShell.Http.Verbs;

namespace OdcPowerShell.AssetConfigurations;

/// <summary>The asset configurations API: the settings of assets in each stage.</summary>
internal static class AssetConfigurationsApi
{
    private const string Base = "/api/asset-configurations/v1/environments/{environmentKey}";
    private const string EditName = "Configuration management > Edit configurations";
    private const string EmailName = "Configuration management > Manage Email SMTP configuration";
    private static readonly Permission View = Permission.InStage("Configuration management > View configurations");
    private static readonly Permission Edit = Permission.InStage(EditName);

    internal static readonly Operation<OdcAssetConfiguration> GetAgentConfiguration = new(Get, Base + "/agents/{agentKey}/revisions/deployed/configurations", View);
    internal static readonly Operation<OdcAssetConfiguration> GetAgentRevisionConfiguration = new(Get, Base + "/agents/{agentKey}/revisions/{baselineRevision}/configurations", View);
    internal static readonly Operation<OdcAssetConfiguration> GetApplicationConfiguration = new(Get, Base + "/applications/{applicationKey}/revisions/deployed/configurations", View);
    internal static readonly Operation<OdcAssetConfiguration> GetApplicationRevisionConfiguration = new(Get, Base + "/applications/{applicationKey}/revisions/{baselineRevision}/configurations", View);
    internal static readonly Operation PatchAgentConfiguration = new(Patch, Base + "/agents/{agentKey}/configurations", Edit);
    internal static readonly Operation PatchApplicationConfiguration = new(Patch, Base + "/applications/{applicationKey}/configurations", Edit);
    internal static readonly Operation<StageSystemConfiguration> GetStageSystemConfiguration = new(Get, Base + "/default-system-configurations", View);
    internal static readonly Operation PatchStageSystemConfiguration = new(
        Patch, Base + "/default-system-configurations", Permission.ByCase(("", EditName), ("e-mail keys", EmailName)).PerStage());
}
