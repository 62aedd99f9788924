namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Starts code analyses of revisions.</summary>
/// <remarks>
/// <para>With -Wait, the analysis has its quality score and its findings. Test-OdcCodeQuality analyses a revision only if it was not analysed yet, and compares the result with limits. The service allows ten starts a minute.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcCodeAnalysis -Wait</code>
/// <para>Analyses the latest revision of an app and waits for the result.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodeQualityMetric -Since 2026-01-01 -ScoreRange 0-49 | Start-OdcCodeAnalysis -WhatIf</code>
/// <para>Shows the requests that would analyse the assets with low scores again.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcCodeAnalysis", SupportsShouldProcess = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.StartCodeAnalysis))]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetCodeAnalysis), With = "Wait")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListPatterns), With = "Wait", When = "for the names of patterns", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcCodeAnalysis))]
public sealed class StartOdcCodeAnalysisCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcBuild), typeof(OdcCodeAnalysis), typeof(OdcCodeQualityMetric)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to analyse: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            var body = new RequestBody().Add("assetKey", key).Add("assetRevision", revision);
            if (Send($"code analysis of {Label(asset)}, revision {revision}", asset.Target, CodeQualityApi.StartCodeAnalysis, [], body) is not { } started)
                continue;
            (started.AssetKey, started.AssetName, started.Revision) = (key, asset.Name, revision);
            WriteOrWait(started);
        }
    }
}
