namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Publishes revisions, as 1-Click Publish does: they are built and deployed to the development stage.</summary>
/// <remarks>
/// <para>Without -Stage, the service chooses the stage, so this command does not assume one. The service allows ten starts a minute.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcPublication -Stage Development -Wait</code>
/// <para>Publishes the latest revision of an asset and waits for it.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Order Desk' | Start-OdcPublication -WhatIf</code>
/// <para>Shows the request that would publish it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcPublication", SupportsShouldProcess = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.StartPublication))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublication), With = "Wait")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublicationMessages), When = "for a publication that failed")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetLatestRevision), Without = "Revision", Reads = "Asset")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcPublication))]
public sealed class StartOdcPublicationCommand : StartCmdlet
{
    /// <summary>The assets: objects from Get-OdcAsset or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision), typeof(OdcPublication)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The revision to publish: its number or its tag. Without it, the latest revision of an asset that is specified by name or key.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The stage to publish to, by name or key.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            if (KeyOf(asset) is not { } key || RevisionOf(asset, key, Revision) is not { } revision)
                continue;
            var body = new RequestBody().Add("operation", "Publish").Add("assetKey", key).Add("revision", revision);
            if (Stage is not null)
                body.Add("environmentKey", Stage);
            if (Send($"publication of {Label(asset)}, revision {revision}{(Stage is null ? "" : $", to {Stage}")}", asset.Target, DeploymentsApi.StartPublication, [], body) is not { } started)
                continue;
            (started.StageKey, started.StageName) = (Stage?.Key, Stage is null ? null : Client.Names.Stages.NameOf(Stage.Key) ?? Stage.Name);
            WriteOrWait(started);
        }
    }
}
