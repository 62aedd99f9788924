namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Starts the analysis of what the deletion of assets would break.</summary>
/// <remarks>
/// <para>With -Wait, ReportStatus shows the result: NoIssuesFound, WarningsFound or ErrorsFound.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcDeletionAnalysis 'Board Reports' -Wait</code>
/// <para>Analyses the deletion of an asset.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -BuiltIn:$false | Where-Object CreatedAt -lt (Get-Date).AddDays(-180) | Start-OdcDeletionAnalysis -Wait | Where-Object ReportStatus -eq NoIssuesFound | Get-OdcAsset | Remove-OdcAsset -WhatIf</code>
/// <para>Shows the requests that would analyse the deletion of assets without a change for 180 days.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcDeletionAnalysis", SupportsShouldProcess = true)]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.StartDeletionAnalysis))]
[ApiOperation(typeof(AnalysesApi), nameof(AnalysesApi.GetDeletionAnalysis), With = "Wait")]
[OutputType(typeof(OdcDeletionAnalysis))]
public sealed class StartOdcDeletionAnalysisCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcLibrary), typeof(OdcDeployedAsset), typeof(OdcDeployedRevision), typeof(OdcDeletionAnalysis)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || Send($"analysis of the deletion of {Label(asset)}", asset.Target, AnalysesApi.StartDeletionAnalysis, [], new RequestBody().Add("assetKey", key)) is not { } started
                || (Wait && RunFor(asset.Target, () => AnalysisOperations.RequiredKey(started, $"an analysis of {asset}")) is null))
                continue;
            var analysis = new OdcDeletionAnalysis { AnalysisKey = started.AnalysisKey, ProcessStatus = "InProgress", AssetKey = key, AssetName = asset.Name, Unknown = started.Unknown };
            WriteOrWait(analysis);
        }
    }
}
