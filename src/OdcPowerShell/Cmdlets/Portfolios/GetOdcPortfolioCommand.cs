namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Gets the portfolios of the tenant.</summary>
/// <remarks>
/// <para>A portfolio contains assets and the stages that they run in.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPortfolio</code>
/// <para>Gets all portfolios.</para>
/// </example>
/// <example>
/// <code>Get-OdcPortfolio Main* | Get-OdcStage</code>
/// <para>Gets the stages of the portfolios whose name starts with Main.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPortfolio", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios))]
[OutputType(typeof(OdcPortfolio))]
public sealed class GetOdcPortfolioCommand : GetCommand<OdcPortfolio>
{
    /// <summary>The portfolios to read: keys, names, objects with a property PortfolioKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = KeySet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio), Follows = true)]
    [Names]
    public ObjectReference[] Portfolio { get; set; } = [];

    private protected override ObjectReference[] Specified => Portfolio;

    private protected override IPagedList<OdcPortfolio> List(Query query, ListWindow window) => new OffsetPages<OdcPortfolio>(Client, PortfoliosApi.ListPortfolios, query, window);

    // The API has no operation for one portfolio.
    private protected override async Task<OdcPortfolio> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) =>
        await List(new Query().Add("portfolioKey", key), new ListWindow()).ReadAllAsync(caller, cancellationToken) is { Count: > 0 } found ? found[0] : throw ResourceTypes.Portfolio.NotFoundKey(key);
}
