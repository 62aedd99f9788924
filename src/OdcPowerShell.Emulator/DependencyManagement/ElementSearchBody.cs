namespace OdcPowerShell.Emulator;

/// <summary>A search for public elements, with its paging in the body.</summary>
internal sealed record ElementSearchBody
{
    public string? ElementNameContains { get; init; }

    public string? ElementNameOrDescriptionContains { get; init; }

    public string? ElementType { get; init; }

    public bool? IncludeHidden { get; init; }

    /// <summary>Only elements that consumers in these portfolios can reference.</summary>
    public IReadOnlyList<Guid>? ConsumerPortfolioKeys { get; init; }

    public int? Limit { get; init; }

    public int? Offset { get; init; }

    public string? Sort { get; init; }

    public bool? SortAscending { get; init; }

    public IReadOnlyList<ElementAssetFilterBody>? AssetFilters { get; init; }

    public PagedBody<PublicElementBody> Find(DeliveryState state)
    {
        if (Limit < 1 || Offset < 0)
            throw new ProblemException(Cause.BadParameter("The 'limit' begins at 1, the 'offset' at 0."));
        Func<PublicElementBody, string> order = (Sort ?? "name").ToUpperInvariant() switch
        {
            "NAME" => element => element.Name,
            "TYPE" => element => element.Type,
            "ASSETNAME" => element => element.AssetName,
            _ => throw new ProblemException(Cause.BadParameter($"The list cannot be sorted by '{Sort}'.")),
        };
        var filters = AssetFilters?.Select(filter => filter.Read()).ToList();
        return state.Use(() =>
        {
            var owners = filters is { Count: > 0 }
                ? filters.Select(filter => filter(state)).OfType<AssetRevision>().Distinct()
                : state.Assets.Values.Select(asset => asset.Latest);
            var found = owners.Where(CanBeReferenced)
                .SelectMany(owner => owner.Asset.Elements, PublicElementBody.Of)
                .Where(Fits)
                .OrderBy(order, StringComparer.OrdinalIgnoreCase)
                .ThenBy(element => element.Key);
            List<PublicElementBody> sorted = [.. SortAscending == false ? found.Reverse() : found];
            return DeliveryCalls.Page(sorted, Math.Min(Limit ?? 100, 100), Offset ?? 0, element => element);
        });
    }

    private bool CanBeReferenced(AssetRevision owner) =>
        ConsumerPortfolioKeys is not { Count: > 0 } portfolios || portfolios.Contains(owner.Asset.PortfolioKey);

    private bool Fits(PublicElementBody element) =>
        Contains(element.Name, ElementNameContains)
        && (Contains(element.Name, ElementNameOrDescriptionContains) || Contains(element.Description, ElementNameOrDescriptionContains))
        && (ElementType is null || string.Equals(element.Type, ElementType, StringComparison.OrdinalIgnoreCase))
        && (IncludeHidden == true || !element.IsHidden);

    private static bool Contains(string? value, string? text) =>
        string.IsNullOrEmpty(text) || value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>An asset, in its latest revision or in the one of a digest.</summary>
internal sealed record ElementAssetFilterBody(string? Key, string? Digest)
{
    public Func<DeliveryState, AssetRevision?> Read()
    {
        var key = DeliveryCalls.ParseKey("key", Key);
        var digest = string.IsNullOrEmpty(Digest) ? (Guid?)null : QueryReader.ParseGuid("digest", Digest);
        return state => state.Assets.GetValueOrDefault(key) is not { } asset ? null
            : digest is { } model ? asset.Revisions.Find(revision => revision.ModelDigest == model)
            : asset.Latest;
    }
}
