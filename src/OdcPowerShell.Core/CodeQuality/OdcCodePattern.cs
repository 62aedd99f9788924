namespace OdcPowerShell.CodeQuality;

/// <summary>A code pattern: what findings have in common, why it matters and how to solve it.</summary>
[Columns("PatternId 20", "Name 41", "Category 15", "Severity")]
public sealed class OdcCodePattern : OdcResource, INamed
{
    [JsonPropertyName("id")]
    public string? PatternId { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? Impact { get; set; }

    public string? HowToSolve { get; set; }

    /// <summary>Performance, security, architecture or maintainability.</summary>
    public string? Category { get; set; }

    /// <summary>Low, Medium, High or Critical.</summary>
    public string? Severity { get; set; }

    public string? DocumentationUrl { get; set; }

    public bool? ShowFlowViz { get; set; }

    [JsonPropertyName("showOpenInSS")]
    public bool? ShowOpenInStudio { get; set; }

    public bool? ShowHierarchyTree { get; set; }

    public bool? ShowConsumedElements { get; set; }

    public bool? ShowWhereObject { get; set; }

    public bool? ShowWhoObject { get; set; }

    public bool? ShowCreatedByUsername { get; set; }

    /// <summary>The same as <see cref="PatternId"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => PatternId;

    public override string ToString() => Name ?? PatternId ?? "";
}

/// <summary>The code patterns, read once and kept for ten minutes. Findings refer to them.</summary>
internal sealed class CodePatternList(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private volatile Snapshot? _last;

    /// <summary>The pattern of an id among those read last; null if it is not known.</summary>
    internal OdcCodePattern? Find(string? id) => id is not null && _last is { } last && last.ById.TryGetValue(id, out var pattern) ? pattern : null;

    /// <summary>Reads the patterns unless they were read lately. Without them findings have no name of their pattern, and those of a list no category.</summary>
    internal async Task LearnAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.ReadAt) < Life)
            return;
        var byId = new Dictionary<string, OdcCodePattern>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var list = new OffsetPages<OdcCodePattern>(client, CodeQualityApi.ListPatterns, new Query(), new ListWindow(PageSize: CodeQualityApi.LargestPage));
            foreach (var pattern in await list.ReadAllAsync(caller, cancellationToken).ConfigureAwait(false))
                byId[pattern.PatternId ?? ""] = pattern;
        }
        catch (OdcApiException e) when (!e.Cause.ConcernsSession())
        {
            caller.Warning($"The names and categories of code patterns are left out: {e.Message}");
        }

        _last = new Snapshot(byId, time.GetTimestamp());
    }

    /// <summary>Reads one pattern. The answer is a page with this one pattern.</summary>
    /// <exception cref="OdcException">There is no such pattern.</exception>
    internal static async Task<OdcCodePattern> ReadAsync(OdcClient client, string id, ICaller caller, CancellationToken cancellationToken)
    {
        var page = await client.GetAsync(CodeQualityApi.GetPattern, [id], query: null, caller, cancellationToken).ConfigureAwait(false);
        return page.Results is { Count: > 0 } found ? found[0] : throw new OdcException(
            OdcErrorCause.NotFound, $"There is no code pattern with the id {id}.", "Get-OdcCodePattern lists all patterns.");
    }

    private sealed record Snapshot(IReadOnlyDictionary<string, OdcCodePattern> ById, long ReadAt);
}
