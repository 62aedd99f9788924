using System.Management.Automation;
using OdcPowerShell.Deployments;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>Gets deployments and their states.</summary>
/// <remarks>
/// <para>Newest first, unless -Sort says otherwise. The service does not report the stage: rows have it where -Stage was specified or the object came through the pipeline.</para>
/// <para type="operation">GET /api/deployments/v1/deployment-operations</para>
/// <para type="operation" when="for operations given by key">GET /api/deployments/v1/deployment-operations/{operationKey}</para>
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
[Cmdlet(VerbsCommon.Get, "OdcDeployment", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.FilterDeployments))]
[ApiOperation(typeof(DeploymentsApi), nameof(DeploymentsApi.GetDeployment))]
[OutputType(typeof(OdcDeployment))]
public sealed class GetOdcDeploymentCommand : ListCmdlet
{
    // The default, so that what is piped is never taken for a filter.
    private const string KeySet = "ByKey";
    private const string ListSet = "List";

    /// <summary>The deployments to read again: objects, or keys.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OperationKey")]
    [References(Kind.Deployment)]
    public ObjectReference[] Deployment { get; set; } = [];

    /// <summary>Only those in this stage, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(Kind.Stage)]
    [ArgumentCompleter(typeof(StageCompleter))]
    [QueryParameter("environmentKey")]
    public ObjectReference? Stage { get; set; }

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
    public int Revision { get; set; }

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
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    /// <summary>Only those that were started then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("createdDateSince")]
    public DateTime? Since { get; set; }

    /// <summary>Only those that were started before then. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("createdDateTo")]
    public DateTime? Before { get; set; }

    /// <summary>The field to sort by: CreatedAt, UpdatedAt, FinishedAt, AssetName or AssetKey, smallest first unless -Descending is specified.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(StageOperationSortCompleter))]
    public string? Sort { get; set; }

    /// <summary>With -Sort, from the last to the first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Deployment.Length > 0)
            Array.ForEach(Deployment, WriteOne);
        else
            WriteAll(new OffsetPageReader<OdcDeployment>(Client, DeploymentsApi.FilterDeployments, QueryBinder.Bind(this).Add("sort", Sort is null ? null : (Descending ? "-" : "") + Sort), Window).Each(Stamp));
    }

    private void Stamp(OdcDeployment row)
    {
        if (Stage is not null)
            (row.StageKey, row.StageName) = (Stage.Key, (Stage.Given as OdcStage)?.Name);
    }

    private void WriteOne(ObjectReference reference)
    {
        if (RunFor(reference.Given ?? reference.Text, stopped => Client.GetAsync(DeploymentsApi.GetDeployment, [reference.Key!], query: null, Caller, stopped)) is not { } found)
            return;
        if (reference.Given is OdcDeployment given)
            (found.StageKey, found.StageName) = (given.StageKey, given.StageName);
        Write(found);
    }
}
