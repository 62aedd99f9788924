namespace OdcPowerShell.Emulator;

/// <summary>The filters and the order of the list of assets.</summary>
internal static class AssetFilter
{
    /// <summary>Reads the query, and then finds the assets.</summary>
    public static Func<DeliveryState, List<AssetRevision>> Read(ApiCall call)
    {
        var conditions = Conditions(call.Query);
        var isAllowed = PermissionFilter.Allows(call, isPerStage: false);
        var sort = call.Query.Text("sort") ?? "name";
        Func<IEnumerable<AssetRevision>, IEnumerable<AssetRevision>> order = sort.TrimStart('-') switch
        {
            "name" => items => items.OrderBy(item => item.Asset.Name, StringComparer.OrdinalIgnoreCase),
            "createdAt" => items => items.OrderBy(item => item.CreatedAt),
            _ => throw new ProblemException(Cause.BadParameter($"The list cannot be sorted by '{sort}'.")),
        };
        return state =>
        {
            var fitting = state.Assets.Values.Where(asset => isAllowed && conditions.TrueForAll(condition => condition(asset)));
            List<AssetRevision> found = [.. order(fitting.Select(asset => asset.Latest))];
            if (sort.StartsWith('-'))
                found.Reverse();
            return found;
        };
    }

    private static List<Predicate<Asset>> Conditions(QueryReader query)
    {
        var conditions = new List<Predicate<Asset>>();
        if (query.Text("nameContains") is { } name)
            conditions.Add(asset => Contains(asset.Name, name));
        if (query.Text("nameOrDescriptionContains") is { } text)
            conditions.Add(asset => Contains(asset.Name, text) || Contains(asset.Description, text));
        if (Types(query) is { Count: > 0 } types)
            conditions.Add(asset => types.Contains(asset.Type, StringComparer.OrdinalIgnoreCase));
        if (query.Guids("assetKeys") is { Count: > 0 } keys)
            conditions.Add(asset => keys.Contains(asset.Key));
        if (query.Guids("portfolioKeys") is { Count: > 0 } portfolios)
            conditions.Add(asset => portfolios.Contains(asset.PortfolioKey));
        if (query.OptionalFlag("isExternal") is { } isExternal)
            conditions.Add(asset => asset.IsExternal == isExternal);
        AddMetadata(query, conditions);
        return conditions;
    }

    private static void AddMetadata(QueryReader query, List<Predicate<Asset>> conditions)
    {
        if (query.Text("metadata.urlPathContains") is { } path)
            conditions.Add(asset => Contains(asset.UrlPath, path));
        if (query.Choice<TemplateType>("metadata.templateType") is { } template)
            conditions.Add(asset => asset.TemplateType == template.ToString());
        if (query.OptionalFlag("metadata.isDeployable") is { } isDeployable)
            conditions.Add(asset => asset.IsDeployable == isDeployable);
        if (query.OptionalFlag("metadata.isBuiltInAsset") is { } isBuiltIn)
            conditions.Add(asset => asset.IsBuiltIn == isBuiltIn);
    }

    private static IReadOnlyList<string> Types(QueryReader query)
    {
        var types = query.Texts("assetTypes");
        return types.FirstOrDefault(type => !AssetTypes.All.Contains(type, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? throw new ProblemException(Cause.BadParameter($"There is no asset type '{unknown}'."))
            : types;
    }

    private static bool Contains(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

internal enum TemplateType
{
    ApplicationTemplate,
    ScreenTemplateBundle,
}
