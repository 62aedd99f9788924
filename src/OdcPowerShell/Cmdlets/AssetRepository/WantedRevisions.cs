namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Revisions for one search request.</summary>
internal sealed class WantedRevisions
{
    private readonly List<WantedRevision> _rows = [];

    internal int Count => _rows.Count;

    internal IReadOnlyList<string> AssetKeys => [.. _rows.Select(r => r.AssetKey)];

    /// <summary>Adds a row, and returns the number of rows.</summary>
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

    /// <summary>The revisions that were found, in the order of the rows.</summary>
    internal IEnumerable<OdcAssetRevision> InOrder(IEnumerable<OdcAssetRevision> found) =>
        found.OrderBy(revision => _rows.FindIndex(row => row.Fits(revision)) is >= 0 and var at ? at : int.MaxValue);

    /// <summary>The rows whose revision was not found. A missing highest tag is not an error: the asset has no tags.</summary>
    internal IEnumerable<WantedRevision> Missing(IReadOnlyList<OdcAssetRevision> found) => _rows.Where(row => !row.HighestTag && !found.Any(row.Fits));
}

/// <summary>A revision to search for: by number, by digest, or the one with the highest tag.</summary>
internal sealed record WantedRevision(string AssetKey, int? Revision, string? Digest, bool HighestTag)
{
    /// <summary>Whether it specifies the revision in exactly one way.</summary>
    internal bool IsOne => (Revision is null ? 0 : 1) + (string.IsNullOrWhiteSpace(Digest) ? 0 : 1) + (HighestTag ? 1 : 0) == 1;

    internal static OdcException NotOne(string asset) => new(
        OdcErrorCause.InvalidRequest, $"{asset}: specify exactly one of Revision, Digest and HighestTag.",
        "Use one of these parameters, or rows in which one of these columns has a value.");

    internal OdcException NotFound() => new(
        OdcErrorCause.NotFound, $"There is no asset with the key {AssetKey} that has {(Revision is null ? $"the model digest {Digest}" : $"the revision {Revision}")} and that this API client can see.",
        "Check the key and the revision: Get-OdcAssetRevision lists the revisions of an asset.");

    internal RequestBody ToFilter()
    {
        var filter = new RequestBody().Add("key", AssetKey);
        if (HighestTag)
            return filter.Add("isHighestTag", value: true);
        return Revision is null ? filter.Add("digest", Digest) : filter.Add("revision", Revision);
    }

    internal bool Fits(OdcAssetRevision revision) =>
        string.Equals(revision.AssetKey, AssetKey, StringComparison.OrdinalIgnoreCase)
        && (HighestTag ? revision.Tag is not null
            : Revision is null ? string.Equals(revision.ModelDigest, Digest, StringComparison.OrdinalIgnoreCase)
            : revision.Revision == Revision);
}
