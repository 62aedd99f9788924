namespace OdcPowerShell.Json;

/// <summary>Lists of answers.</summary>
internal static class Lists
{
    /// <summary>The list without items that are null, which stand for nothing.</summary>
    internal static IReadOnlyList<T>? Present<T>(this IReadOnlyList<T>? items)
    {
        foreach (var item in items ?? [])
        {
            if (item is null)
                return [.. items!.Where(i => i is not null)];
        }

        return items;
    }
}
