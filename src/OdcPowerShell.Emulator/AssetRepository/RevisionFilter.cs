namespace OdcPowerShell.Emulator;

/// <summary>The filters and the order of the list of an asset's revisions.</summary>
internal static class RevisionFilter
{
    /// <summary>Reads the query, and then finds the revisions.</summary>
    public static Func<Asset, List<AssetRevision>> Read(QueryReader query)
    {
        var conditions = Conditions(query);
        var sort = query.Text("sort") ?? "revision";
        Func<AssetRevision, ((int, int, int)?, int)> order = sort.TrimStart('-') switch
        {
            "revision" => revision => (null, revision.Number),
            "tag" => revision => (revision.Tag?.Order, revision.Number),
            _ => throw new ProblemException(Cause.BadParameter($"The list cannot be sorted by '{sort}'.")),
        };
        return asset =>
        {
            List<AssetRevision> found = [.. asset.Revisions.Where(revision => conditions.TrueForAll(c => c(revision))).OrderBy(order)];
            if (sort.StartsWith('-'))
                found.Reverse();
            return found;
        };
    }

    private static List<Predicate<AssetRevision>> Conditions(QueryReader query)
    {
        var conditions = new List<Predicate<AssetRevision>>();
        if (query.Guid("modelDigest") is { } digest)
            conditions.Add(revision => revision.ModelDigest == digest);
        if (query.Date("revisionDateTimeSince") is { } since)
            conditions.Add(revision => revision.CreatedAt >= since);
        if (query.Date("revisionDateTimeTo") is { } to)
            conditions.Add(revision => revision.CreatedAt <= to);
        if (query.OptionalFlag("isTagged") is { } isTagged)
            conditions.Add(revision => revision.Tag is not null == isTagged);
        if (query.Text("tag") is { } tag)
            conditions.Add(revision => revision.Tag?.ToString() == tag);
        if (query.Text("commitMessage") is { } text)
            conditions.Add(revision => revision.CommitMessage?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
        return conditions;
    }
}
