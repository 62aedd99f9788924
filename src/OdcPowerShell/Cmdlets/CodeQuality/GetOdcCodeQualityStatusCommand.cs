namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets when all assets were analysed last, what that found, and when they will be analysed next.</summary>
/// <remarks>
/// <para>There is no output for a tenant or a portfolio that was never analysed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodeQualityStatus</code>
/// <para>Gets the status of the tenant.</para>
/// </example>
/// <example>
/// <code>Get-OdcPortfolio | Get-OdcCodeQualityStatus | Select-Object PortfolioKey, Status, CompletedOn, NewFindingsCount</code>
/// <para>Gets the status of each portfolio.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodeQualityStatus")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetAnalysisStatus))]
[OutputType(typeof(OdcCodeQualityStatus))]
public sealed class GetOdcCodeQualityStatusCommand : ConnectedCmdlet
{
    /// <summary>The portfolios: names, keys, or objects from Get-OdcPortfolio. Without it, the tenant as a whole.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio), Follows = true)]
    [Names]
    public ObjectReference[] Portfolio { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Portfolio.Length == 0)
            WriteOf(key: null, Client.Origin.Host);
        foreach (var portfolio in Portfolio)
        {
            if (KeyOf(portfolio) is { } key)
                WriteOf(key, portfolio.Target);
        }
    }

    private void WriteOf(string? key, object target) =>
        ReadFor(target, (caller, stopped) => Client.GetAsync(CodeQualityApi.GetAnalysisStatus, [], new Query().Add("portfolioKey", key), caller, stopped), answer =>
        {
            if (answer.Result is not { } status)
            {
                WriteVerbose("Nothing has been analysed yet.");
                return;
            }

            status.PortfolioKey = key;
            Write(status);
        });
}
