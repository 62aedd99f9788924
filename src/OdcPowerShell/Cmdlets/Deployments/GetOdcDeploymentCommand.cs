namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets deployments and their states.</summary>
/// <remarks>
/// <para>Newest first, unless you use -Sort. The service does not report the stage: without -Stage, one more list for each stage is read, to add the stages to the rows. A deployment that is read by its key has no stage.</para>
/// <para>The property DeployedBy is the key of a user or an API client, and DeployedByName the user's name. It is empty for an API client, and when this API client may not see the user. Names are looked up 20 at a time, and kept for ten minutes.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDeployment -Stage QA -First 10</code>
/// <para>Gets the last ten of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Since (Get-Date).AddDays(-1) -Status FinishedWithError</code>
/// <para>Gets those of the last day that failed.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployment -Stage Production -First 20 | Select-Object AssetName, Revision, StartedDateTime, DeployedByName, DeployedBy</code>
/// <para>Lists who deployed what to production; API clients have only a key.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeployment", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments), Without = "Deployment")]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment), With = "Deployment")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "for the names of users", IsOptional = true)]
[OutputType(typeof(OdcDeployment))]
public sealed class GetOdcDeploymentCommand : StageOperationCommand<OdcDeployment>
{
    /// <summary>The deployments to read again: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(typeof(OdcDeployment), Besides = [typeof(OdcStage)], Also = [typeof(OdcChange)])]
    public ObjectReference[] Deployment { get; set; } = [];

    /// <summary>Only operations of these kinds: Deploy, Undeploy, ApplyConfigs.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values("Deploy", "Undeploy", "ApplyConfigs")]
    [QueryParameter("operations")]
    public string[]? Operation { get; set; }

    /// <summary>Only operations in stages where the API client has this permission, such as AppDeploy.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values(KnownLists.Permissions)]
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    private protected override ObjectReference[] Specified => Deployment;

    private protected override Operation<Page<OdcDeployment>> ListOperation => DeploymentsApi.FilterDeployments;

    private protected override Operation<OdcDeployment> GetOperation => DeploymentsApi.GetDeployment;
}
