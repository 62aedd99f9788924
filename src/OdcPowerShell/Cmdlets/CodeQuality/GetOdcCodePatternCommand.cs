namespace OdcPowerShell.Cmdlets.CodeQuality;

/// <summary>Gets the code patterns that analyses look for, with their impact and how to solve them.</summary>
/// <remarks>
/// <para>Pipe findings to it for the patterns that they have; each pattern is written once.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcCodePattern *query* | Format-Table PatternId, Name, Category, Severity</code>
/// <para>Lists the patterns with query in their name.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodePattern | Where-Object Severity -eq Critical | Format-List Name, Impact, HowToSolve</code>
/// <para>Shows why the critical patterns matter, and how to solve them.</para>
/// </example>
/// <example>
/// <code>Get-OdcCodePattern -PatternId SEC-001</code>
/// <para>Gets a pattern by its id.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcCodePattern", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.ListPatterns), Without = "Pattern")]
[ApiOperation(typeof(CodeQualityApi), nameof(CodeQualityApi.GetPattern), With = "Pattern")]
[OutputType(typeof(OdcCodePattern))]
public sealed class GetOdcCodePatternCommand : GetCommand<OdcCodePattern>
{
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The patterns to read: ids, or objects with a property PatternId such as findings.</summary>
    [Parameter(ParameterSetName = KeySet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PatternId")]
    [References(typeof(OdcCodePattern), Follows = true, Also = [typeof(OdcCodeFinding)])]
    [ArgumentCompleter(typeof(NoCompleter))]
    public ObjectReference[] Pattern { get; set; } = [];

    /// <summary>How many patterns to ask for in one request. The default needs the fewest requests.</summary>
    [Parameter]
    [ValidateRange(1, CodeQualityApi.LargestPage)]
    public override int PageSize { get; set; } = CodeQualityApi.LargestPage;

    private protected override ObjectReference[] Specified => Pattern;

    private protected override IPagedList<OdcCodePattern> List(Query query, ListWindow window) => new OffsetPages<OdcCodePattern>(Client, CodeQualityApi.ListPatterns, query, window);

    private protected override Task<OdcCodePattern> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) => CodePatternList.ReadAsync(Client, key, caller, cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Many findings have the same pattern.
        Pattern = [.. Pattern.Where(p => p.Key is null || _seen.Add(p.Key))];
        if (ParameterSetName == ListSet || Pattern.Length > 0)
            base.ProcessRecord();
    }
}
