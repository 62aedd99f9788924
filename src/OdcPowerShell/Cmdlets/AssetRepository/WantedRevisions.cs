namespace OdcPowerShell.Cmdlets.AssetRepository;

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

/// <summary>A revision that is searched for: by number, by digest, or as the one with the highest tag.</summary>
internal sealed record WantedRevision(string AssetKey, int? Revision, string? Digest, bool HighestTag)
{
    /// <summary>Whether it says in exactly one way which revision is meant.</summary>
    internal bool IsOne => (Revision is null ? 0 : 1) + (string.IsNullOrWhiteSpace(Digest) ? 0 : 1) + (HighestTag ? 1 : 0) == 1;

    internal static OdcException NotOne(string asset) => new(
        OdcErrorCause.InvalidRequest, $"{asset}: exactly one of Revision, Digest and HighestTag says which revision is meant.",
        "Give one of these parameters, or rows in which one of these columns has a value.");

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
