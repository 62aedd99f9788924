using System.Management.Automation;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets deployments and their states.</summary>
/// <remarks>
/// <para>Newest first, unless -Sort says otherwise. The service does not report the stage: without -Stage, one more list for each stage is read, to name the stages of the rows. What is read by a key has no stage, unless it is an object that has one.</para>
/// <para>The property DeployedBy is a key, and DeployedByName the name of the user whose key it is. It is empty where an API client did it, and where this API client may not see the user. Names are looked up 20 at a time, and kept for ten minutes.</para>
/// <para type="operation">GET /api/deployments/v1/deployment-operations</para>
/// <para type="operation" when="for operations given by key">GET /api/deployments/v1/deployment-operations/{operationKey}</para>
/// <para type="operation" when="for the names of users">GET /api/identity/v1/users</para>
/// <para type="operation" when="to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
/// <para type="operation" when="to look up a portfolio given by name">GET /api/portfolios/v2/portfolios</para>
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
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment))]
[OutputType(typeof(OdcDeployment))]
public sealed class GetOdcDeploymentCommand : ListCmdlet
{
    // The default, so that what is piped is never taken for a filter.
    private const string KeySet = "ByKey";
    private const string ListSet = "List";

    /// <summary>The deployments to read again: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(Kind.Deployment, Besides = [Kind.Stage], Also = [typeof(OdcChange)])]
    public ObjectReference[] Deployment { get; set; } = [];

    /// <summary>Only those in these stages: objects from Get-OdcStage, names or keys. Of several stages, one is listed after the other.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(Kind.Stage, IsChoice = true)]
    [ArgumentCompleter(typeof(StageCompleter))]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only those in this state: Running, Finished, FinishedWithError.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(StageOperationStatusCompleter))]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only those of this asset, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(Kind.Asset)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    [QueryParameter("assetKey")]
    public ObjectReference? Asset { get; set; }

    /// <summary>Only those of this revision.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("revision")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <summary>Only those in this portfolio, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("PortfolioKey")]
    [Reference(Kind.Portfolio)]
    [ArgumentCompleter(typeof(PortfolioCompleter))]
    [QueryParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>Only operations of these kinds: Deploy, Undeploy, ApplyConfigs.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(DeploymentOperationCompleter))]
    [QueryParameter("operations")]
    public string[]? Operation { get; set; }

    /// <summary>Only operations in stages where the API client has this permission, such as AppDeploy.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(PermissionTypeCompleter))]
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    /// <summary>Only those that were started then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("createdDateSince")]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only those that were started before then. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("createdDateTo")]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The fields to sort by: CreatedAt, UpdatedAt, FinishedAt, AssetName or AssetKey, smallest first unless -Descending is specified. A minus before one, as in '-CreatedAt', sorts by it from the last to the first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(StageOperationSortCompleter))]
    public string[]? Sort { get; set; }

    /// <summary>With -Sort, from the last to the first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Deployment.Length > 0)
            Array.ForEach(Deployment, WriteOne);
        else if (Stage.Length > 0)
            Array.ForEach(Stage, WriteOfStage);
        else
            WriteAll(new StageFinder<OdcDeployment>(Client, DeploymentsApi.FilterDeployments, QueryBinder.Bind(this, nameof(Since), nameof(Before))).Name(List(Filter, Window)).Named(Client));
    }

    private Query Filter => QueryBinder.Bind(this);

    private OffsetPages<OdcDeployment> List(Query query, ListWindow window) => new(
        Client, DeploymentsApi.FilterDeployments, Sort is null ? query : query.AddJoined("sort", Sort.Select(field => Descending && !field.StartsWith("-", StringComparison.Ordinal) ? "-" + field : field)), window);

    private void WriteOfStage(ObjectReference stage)
    {
        if (HasEnough || KeyOf(stage) is not { } key)
            return;
        var name = stage.Name ?? Client.Names.Stages.NameOf(key);
        WriteAll(List(Filter.Add("environmentKey", key), WindowOfInput).Do(row => (row.StageKey, row.StageName) = (key, name)).Named(Client), stage.Target);
    }

    private void WriteOne(ObjectReference reference)
    {
        if (HasEnough || KeyOf(reference) is not { } key || RunFor(reference.Target, stopped => StageOperations.ReadAsync(Client, DeploymentsApi.GetDeployment, key, Caller, stopped)) is not { } found)
            return;
        if (reference.Given is OdcDeployment given)
            (found.StageKey, found.StageName) = (given.StageKey, given.StageName);
        else if (reference.Given is OdcChange change)
            (found.StageKey, found.StageName) = (change.StageKey, change.StageName);
        Write(found);
    }
}
