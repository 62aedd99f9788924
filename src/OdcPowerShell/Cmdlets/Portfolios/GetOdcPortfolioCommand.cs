using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Gets the portfolios of the tenant.</summary>
/// <remarks>
/// <para>A portfolio contains assets and the stages that they run in.</para>
/// <para type="operation">GET /api/portfolios/v2/portfolios</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPortfolio</code>
/// <para>Gets all portfolios.</para>
/// </example>
/// <example>
/// <code>Get-OdcPortfolio Main* | Get-OdcStage</code>
/// <para>Gets the stages of the portfolios whose name starts with Main.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPortfolio", DefaultParameterSetName = PortfolioSet, SupportsPaging = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios))]
[OutputType(typeof(OdcPortfolio))]
public sealed class GetOdcPortfolioCommand : ListCmdlet
{
    private const string PortfolioSet = "ByPortfolio";
    private const string ListSet = "List";

    /// <summary>The portfolios to read: keys, names, objects with a property PortfolioKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = PortfolioSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PortfolioKey")]
    [References(Kind.Portfolio, Follows = true)]
    [ArgumentCompleter(typeof(PortfolioCompleter))]
    public ObjectReference[] Portfolio { get; set; } = [];

    /// <summary>Name of the portfolios; wildcards are allowed. A name without wildcards that no portfolio has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PortfolioCompleter))]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Portfolio.Length > 0)
            Array.ForEach(Portfolio, WriteOne);
        else
            WriteNamed(Name, "portfolio", (_, window) => List(new Query(), window));
    }

    private void WriteOne(ObjectReference portfolio)
    {
        if (HasEnough || KeyOf(portfolio) is not { } key)
            return;
        var found = RunFor(portfolio.Target, stopped => List(new Query().Add("portfolioKey", key), new ListWindow()).ReadAllAsync(Caller, stopped));
        if (found is { Count: 0 })
            WriteError(ErrorRecords.From(Kinds.Of(Kind.Portfolio).NotFoundKey(key), portfolio.Target));
        foreach (var one in found ?? [])
            Write(one);
    }

    private OffsetPages<OdcPortfolio> List(Query query, ListWindow window) => new(Client, PortfoliosApi.ListPortfolios, query, window);
}
