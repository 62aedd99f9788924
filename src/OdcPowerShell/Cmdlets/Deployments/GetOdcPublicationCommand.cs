namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets publications and their states.</summary>
/// <remarks>
/// <para>Newest first, unless you use -Sort. The service does not report the stage: without -Stage, one more list for each stage is read, to add the stages to the rows. A publication that is read by its key has no stage.</para>
/// <para>The property DeployedBy is the key of a user or an API client, and DeployedByName the user's name. It is empty for an API client, and when this API client may not see the user. Names are looked up 20 at a time, and kept for ten minutes.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPublication -Stage QA -First 10</code>
/// <para>Gets the last ten of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcPublication -Since (Get-Date).AddDays(-1) -Status FinishedWithError</code>
/// <para>Gets those of the last day that failed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPublication", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications), Without = "Publication")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublication), With = "Publication")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for the names of users", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcPublication))]
public sealed class GetOdcPublicationCommand : StageOperationCommand<OdcPublication>
{
    /// <summary>The publications to read again: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcPublication), Besides = [typeof(OdcStage)], Also = [typeof(OdcChange)])]
    public ObjectReference[] Publication { get; set; } = [];

    private protected override ObjectReference[] Specified => Publication;

    private protected override Operation<Page<OdcPublication>> ListOperation => DeploymentsApi.FilterPublications;

    private protected override Operation<OdcPublication> GetOperation => DeploymentsApi.GetPublication;
}
