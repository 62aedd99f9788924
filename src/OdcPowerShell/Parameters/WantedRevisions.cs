namespace OdcPowerShell.Parameters;

/// <summary>Revisions that are searched for together.</summary>
internal sealed class WantedRevisions
{
    private readonly List<WantedRevision> _rows = [];

    internal int Count => _rows.Count;

    internal IReadOnlyList<string> AssetKeys => [.. _rows.Select(r => r.AssetKey)];

    /// <summary>Adds a row; how many there are now.</summary>
    internal int Add(WantedRevision row)
    {
        _rows.Add(row);
        return _rows.Count;
    }

    internal RequestBody Body(string[]? embed)
    {
        var body = new RequestBody().Add("assetVersionFilters", _rows.Select(r => r.ToFilter()).ToArray());
        return embed is null ? body : body.Add("embeds", embed);
    }

    /// <summary>What was found, in the order of the rows.</summary>
    internal IEnumerable<OdcAssetRevision> InOrder(IEnumerable<OdcAssetRevision> found) =>
        found.OrderBy(revision => _rows.FindIndex(row => row.Fits(revision)) is >= 0 and var at ? at : int.MaxValue);

    /// <summary>The rows that name a revision which was not found; an asset without tags has no highest one, which is no fault.</summary>
    internal IEnumerable<WantedRevision> Missing(IReadOnlyList<OdcAssetRevision> found) => _rows.Where(row => !row.HighestTag && !found.Any(row.Fits));
}
