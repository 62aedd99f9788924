namespace OdcPowerShell.CodeQuality;

/// <summary>A finding of a code analysis: an element of an asset that has a code pattern.</summary>
[Columns("Severity 8", "AssetName 18", "PatternName 28", "ElementName 22", "Category 15", "Status")]
public sealed class OdcCodeFinding : OdcResource
{
    [JsonPropertyName("id")]
    public string? FindingKey { get; set; }

    public string? PatternId { get; set; }

    /// <summary>The name of the pattern, from the list of patterns.</summary>
    [JsonIgnore]
    public string? PatternName { get; internal set; }

    /// <summary>Performance, security, architecture or maintainability. Lists of findings lack it; there it is that of the pattern.</summary>
    public string? Category { get; set; }

    /// <summary>Low, Medium, High or Critical.</summary>
    public string? Severity { get; set; }

    /// <summary>Open, Resolved, Dismissed, Snoozed or Closed.</summary>
    public string? Status { get; set; }

    public string? AssetKey { get; set; }

    [JsonIgnore]
    public string? AssetName { get; internal set; }

    [JsonPropertyName("assetRevision")]
    public int? Revision { get; set; }

    /// <summary>When it was found first.</summary>
    [JsonIgnore]
    public DateTimeOffset? DiscoveredOn => DateText.Read(DiscoveredOnText);

    /// <summary>When it was found again after it had been solved.</summary>
    [JsonIgnore]
    public DateTimeOffset? RediscoveredOn => DateText.Read(RediscoveredOnText);

    /// <summary>The element that has the pattern.</summary>
    public string? ElementName { get; set; }

    public string? ElementType { get; set; }

    public string? ElementKey { get; set; }

    /// <summary>The elements that contain it, the outermost first.</summary>
    public IReadOnlyList<OdcCodeElement>? ElementPath { get; set => field = value.Present(); }

    public string? ElementLastModifiedBy { get; set; }

    [JsonIgnore]
    public DateTimeOffset? ElementLastModifiedOn => DateText.Read(ElementLastModifiedOnText);

    /// <summary>The element in which the pattern was found, where that is another one.</summary>
    public string? WhereElementName { get; set; }

    public string? WhereElementType { get; set; }

    public string? WhereElementKey { get; set; }

    public IReadOnlyList<OdcCodeElement>? WhereElementPath { get; set => field = value.Present(); }

    public string? WhereElementLastModifiedBy { get; set; }

    [JsonIgnore]
    public DateTimeOffset? WhereElementLastModifiedOn => DateText.Read(WhereElementLastModifiedOnText);

    /// <summary>Why a person dismissed it.</summary>
    public string? DismissReason { get; set; }

    [JsonIgnore]
    public DateTimeOffset? SnoozedUntil => DateText.Read(SnoozedUntilText);

    /// <summary>The date as the service writes it, as in the other properties with Text.</summary>
    [JsonPropertyName("discoveredOn")]
    public string? DiscoveredOnText { get; set; }

    [JsonPropertyName("rediscoveredOn")]
    public string? RediscoveredOnText { get; set; }

    [JsonPropertyName("elementLastModifiedOn")]
    public string? ElementLastModifiedOnText { get; set; }

    [JsonPropertyName("whereElementLastModifiedOn")]
    public string? WhereElementLastModifiedOnText { get; set; }

    [JsonPropertyName("snoozedUntil")]
    public string? SnoozedUntilText { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [.. ElementPath ?? [], .. WhereElementPath ?? []];

    public override string ToString() => $"{Severity}: {PatternName ?? PatternId} in {ElementName}";
}

/// <summary>An element of an asset that contains another one.</summary>
[Columns("ElementName 40", "ElementType 38", "ElementKey")]
public sealed class OdcCodeElement : OdcResource
{
    public string? ElementName { get; set; }

    public string? ElementType { get; set; }

    public string? ElementKey { get; set; }

    public override string ToString() => ElementName ?? ElementKey ?? "";
}

/// <summary>Reads findings, with the names and categories of their patterns and the names of their assets.</summary>
internal static class FindingReader
{
    /// <summary>The findings of one or several queries, one list after the other.</summary>
    internal static IPagedList<OdcCodeFinding> Of(OdcClient client, IReadOnlyList<Query> queries, ListWindow window)
    {
        var list = queries.Count == 1
            ? new OffsetPages<OdcCodeFinding>(client, CodeQualityApi.ListFindings, queries[0], window)
            : queries.Select(query => new OffsetPages<OdcCodeFinding>(client, CodeQualityApi.ListFindings, query, new ListWindow(PageSize: window.PageSize))).Concat().Window(window);
        return list.Do((page, caller, cancellationToken) => NameAsync(client, page, caller, cancellationToken));
    }

    /// <summary>The findings of a revision that are not solved, whenever they were found. The service lists those of an asset.</summary>
    internal static async Task<IReadOnlyList<OdcCodeFinding>> OfRevisionAsync(
        OdcClient client, string assetKey, int revision, IEnumerable<string> categories, ICaller caller, CancellationToken cancellationToken)
    {
        // Without a date, the service leaves out what was found more than 14 days ago.
        var query = new Query().Add("AssetKeys", assetKey).AddEach("Categories", categories).AddEach("Status", ["Open", "Snoozed", "Dismissed"]).Add("Since", "2000-01-01T00:00:00Z");
        var all = await Of(client, [query], new ListWindow(PageSize: CodeQualityApi.LargestPage)).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(finding => finding.Revision is null || finding.Revision == revision)];
    }

    internal static async Task NameAsync(OdcClient client, IReadOnlyList<OdcCodeFinding> findings, ICaller caller, CancellationToken cancellationToken)
    {
        if (findings.Any(finding => finding.PatternId is not null))
            await client.Names.CodePatterns.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
        await client.Names.AssetNames.LearnAsync(findings.Select(finding => finding.AssetKey), caller, cancellationToken).ConfigureAwait(false);
        foreach (var finding in findings)
        {
            var pattern = client.Names.CodePatterns.Find(finding.PatternId);
            finding.PatternName = pattern?.Name;
            finding.Category ??= pattern?.Category;
            finding.AssetName = client.Names.AssetNames.Of(finding.AssetKey);
        }
    }
}
