using System.Management.Automation;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets publications and their states.</summary>
/// <remarks>
/// <para>Newest first, unless -Sort says otherwise. The service does not report the stage: without -Stage, one more list for each stage is read, to name the stages of the rows. What is read by a key has no stage, unless it is an object that has one.</para>
/// <para>The property DeployedBy is a key, and DeployedByName the name of the user whose key it is. It is empty where an API client did it, and where this API client may not see the user. Names are looked up 20 at a time, and kept for ten minutes.</para>
/// <para type="operation">GET /api/deployments/v1/publish-operations</para>
/// <para type="operation" when="for operations given by key">GET /api/deployments/v1/publish-operations/{operationKey}</para>
/// <para type="operation" when="for the names of users">GET /api/identity/v1/users</para>
/// <para type="operation" when="for the names of assets, and to look up assets given by name">GET /api/asset-repository/v1/assets</para>
/// <para type="operation" when="to look up stages given by name">GET /api/portfolios/v2/environments</para>
/// <para type="operation" when="to look up a portfolio given by name">GET /api/portfolios/v2/portfolios</para>
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
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterPublications))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetPublication))]
[OutputType(typeof(OdcPublication))]
public sealed class GetOdcPublicationCommand : ListCmdlet
{
    // The default, so that what is piped is never taken for a filter.
    private const string KeySet = "ByKey";
    private const string ListSet = "List";

    /// <summary>The publications to read again: objects, keys, or changes of this kind from Get-OdcChange.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(Kind.Publication, Besides = [Kind.Stage], Also = [typeof(OdcChange)])]
    public ObjectReference[] Publication { get; set; } = [];

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
        if (Publication.Length > 0)
            Array.ForEach(Publication, WriteOne);
        else if (Stage.Length > 0)
            Array.ForEach(Stage, WriteOfStage);
        else
            WriteAll(new StageFinder<OdcPublication>(Client, DeploymentsApi.FilterPublications, QueryBinder.Bind(this, nameof(Since), nameof(Before))).Name(List(Filter, Window)).Named(Client));
    }

    private Query Filter => QueryBinder.Bind(this);

    private OffsetPages<OdcPublication> List(Query query, ListWindow window) => new(
        Client, DeploymentsApi.FilterPublications, Sort is null ? query : query.AddJoined("sort", Sort.Select(field => Descending && !field.StartsWith("-", StringComparison.Ordinal) ? "-" + field : field)), window);

    private void WriteOfStage(ObjectReference stage)
    {
        if (HasEnough || KeyOf(stage) is not { } key)
            return;
        var name = stage.Name ?? Client.Names.Stages.NameOf(key);
        WriteAll(List(Filter.Add("environmentKey", key), WindowOfInput).Do(row => (row.StageKey, row.StageName) = (key, name)).Named(Client), stage.Target);
    }

    private void WriteOne(ObjectReference reference)
    {
        if (HasEnough || KeyOf(reference) is not { } key || RunFor(reference.Target, stopped => StageOperations.ReadAsync(Client, DeploymentsApi.GetPublication, key, Caller, stopped)) is not { } found)
            return;
        if (reference.Given is OdcPublication given)
            (found.StageKey, found.StageName) = (given.StageKey, given.StageName);
        else if (reference.Given is OdcChange change)
            (found.StageKey, found.StageName) = (change.StageKey, change.StageName);
        Write(found);
    }
}
