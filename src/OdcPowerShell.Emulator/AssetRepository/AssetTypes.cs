namespace OdcPowerShell.Emulator;

/// <summary>
/// A type of assets: deployable ones run in stages, libraries are part of their consumers, external ones come from no IDE, creatable ones can be
/// made empty or from a template, and the answer to a creation can name some.
/// </summary>
internal sealed record AssetType(
    string Name, bool IsDeployable, bool IsLibrary, bool IsExternal, bool IsCreatable, bool IsInCreationAnswer, string Elements = "other");

internal static class AssetTypes
{
    public const string WebApplication = "WebApplication";
    public const string ExternalLibrary = "ExternalLibrary";
    private static readonly SeededTypes s_seed = Json.Seed<SeededTypes>("asset-types");

    public static ImmutableArray<AssetType> All => s_seed.Types;
    public static AssetType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>What an asset of the type shares.</summary>
    public static IEnumerable<PublicElement> ElementsOf(string type, string asset, Derivation derive)
    {
        var word = asset.Replace(" ", "", StringComparison.Ordinal);
        return from element in s_seed.Elements[Find(type)!.Elements]
               let name = element.Name.Replace("*", word, StringComparison.Ordinal)
               select new PublicElement(derive.Guid($"element/{asset}/{name}"), name, element.Type, $"{element.Type} of {asset}.", element.IsHidden);
    }

    /// <summary>The types in the query, among those that a list of the portfolios API has; null when there are none.</summary>
    public static Predicate<Asset>? Filter(QueryReader query, Func<AssetType, bool> known)
    {
        List<string> types = [.. query.Texts("type").Select(name =>
            All.Where(known).FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw ProblemException.Unprocessable($"There is no asset type '{name}' in this list."))];
        return types.Count == 0 ? null : asset => types.Contains(asset.Type);
    }
}

/// <summary>The types, and what assets share by the "elements" of their type; * is the asset's name.</summary>
internal sealed record SeededTypes(ImmutableArray<AssetType> Types, Dictionary<string, ImmutableArray<SeededElement>> Elements);

internal sealed record SeededElement(string Name, string Type, bool IsHidden);
