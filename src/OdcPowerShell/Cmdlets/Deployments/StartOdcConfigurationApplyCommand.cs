using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Applies the changed configurations of assets in a stage without a new deployment.</summary>
/// <remarks>
/// <para>Changes of settings stay pending until they are applied or the asset is deployed again. They are applied to the revision that runs in the stage, even if a piped row has another revision.</para>
/// <para>The command asks before it changes a production stage, or a stage whose purpose is not known, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcConfigurationApply 'Order Desk' -Stage QA -Wait</code>
/// <para>Applies the changed settings of an asset in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcAssetSetting 'Order Desk' -Stage QA | Where-Object IsPending | Start-OdcConfigurationApply</code>
/// <para>Applies the settings of an asset if one of them is pending.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat | Start-OdcConfigurationApply -Stage Production -WhatIf</code>
/// <para>Shows the requests that would apply the configurations of all assets of a stage.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcConfigurationApply", SupportsShouldProcess = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartDeployment))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeploymentMessages), When = "for an operation that failed", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcDeployment))]
public sealed class StartOdcConfigurationApplyCommand : DeploymentCmdlet
{
    private readonly Dictionary<string, (string StageKey, List<ObjectReference> Assets)> _stages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The assets: objects from Get-OdcAsset or Get-OdcAssetSetting, names, keys, or rows with a column AssetKey. An asset is applied once for each stage, however many of its settings are piped.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcDeployedAsset), typeof(OdcDeployedRevision), typeof(OdcAssetSetting), typeof(OdcAssetConfiguration)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages, by name or key. Piped settings have it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Also = [typeof(OdcAssetSetting), typeof(OdcAssetConfiguration)], Besides = [typeof(OdcAsset)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var stage in Stage)
        {
            if (KeyOf(stage) is not { } key)
                continue;
            if (!_stages.TryGetValue(key, out var group))
                _stages[key] = group = (key, []);
            group.Assets.AddRange(Asset.Where(a => KeyOf(a) is not null && !group.Assets.Exists(other => string.Equals(other.Key, a.Key, StringComparison.OrdinalIgnoreCase))));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var (stageKey, assets) in _stages.Values.Where(g => g.Assets.Count > 0))
        {
            var stage = StageOf(stageKey);
            var running = Run(stopped => DeploymentPlanner.RunningAsync(Client, stage.StageKey!, [.. assets.Select(a => a.Key!)], Caller, stopped));
            foreach (var asset in assets)
            {
                if (Apply(stage, asset, running) is { } started)
                    WriteOrWait(started);
            }
        }

        base.EndProcessing();
    }

    // An error shows the names of asset and stage, even if only their keys were specified.
    private string Known(ObjectReference asset)
    {
        Try(async stopped =>
        {
            await Client.Names.AssetNames.LearnAsync([asset.Key], Caller, stopped);
            return asset;
        });
        return asset.Name ?? Client.Names.AssetNames.Of(asset.Key) ?? asset.Text;
    }

    private OdcDeployment? Apply(OdcStage stage, ObjectReference asset, RunningRevisions running)
    {
        if (running.RevisionOf(asset.Key!) is { } revision)
            return StartIn(stage, $"The configurations of {Label(asset)}, revision {revision}, in {stage}", asset.Target, new RequestBody().Add("operation", "ApplyConfigs").Add("assetKey", asset.Key).Add("revision", revision));
        WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.NotFound, $"{Known(asset)} does not run in {stage}.", "Deploy it there first."), asset.Target));
        return null;
    }
}
