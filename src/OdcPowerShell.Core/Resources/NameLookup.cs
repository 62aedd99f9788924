using System.Collections.Concurrent;
using System.Text;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Resources;

/// <summary>Looks up objects by name, and names by key. Results are kept for a minute, so that a pipeline, or Tab, sends one request.</summary>
internal sealed class NameLookup
{
    /// <summary>The most names that Tab offers.</summary>
    internal const int MostOffered = 50;

    private const int MostKept = 1000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly OdcClient _client;
    private readonly TimeProvider _time;
    private volatile Store _store = new();

    internal NameLookup(OdcClient client, TimeProvider time)
    {
        (_client, _time) = (client, time);
        Stages = new StageList(client, time);
        AssetNames = NamesByKey<OdcAsset>.OfAssets(client, time);
        UserNames = NamesByKey<OdcUser>.OfUsers(client, time);
        CodePatterns = new CodePatternList(client, time);
    }

    internal StageList Stages { get; }

    /// <summary>The names of assets by their keys, which many answers lack.</summary>
    internal NamesByKey<OdcAsset> AssetNames { get; }

    /// <summary>The names of users by their keys, to show who did something.</summary>
    internal NamesByKey<OdcUser> UserNames { get; }

    /// <summary>The code patterns, which findings refer to.</summary>
    internal CodePatternList CodePatterns { get; }

    /// <summary>The entitlements that answers have named.</summary>
    internal EntitlementIds EntitlementIds { get; } = new();

    /// <summary>The objects of a type with a name. A name that is not found is not kept, because it may be created at any moment.</summary>
    internal async Task<IReadOnlyList<OdcResource>> FindAsync(ResourceType type, string name, ICaller caller, CancellationToken cancellationToken)
    {
        // A search that still runs while the store is replaced writes to the old store.
        var found = _store.Found;
        var list = type.List!;
        if (!list.IsKept && found.TryGetValue(new NameKey(type.Type, name), out var kept) && IsFresh(kept.ReadAt))
            return kept.Found;
        IReadOnlyList<OdcResource> named = [];
        foreach (var form in NameText.Forms(name))
        {
            var listed = await list.ReadAsync(_client, type.Searched(form), new ListWindow(), caller, cancellationToken).ConfigureAwait(false);
            named = [.. listed.Where(item => type.NamesOf(item).Any(n => NameText.IsSame(n, form)))];
            if (named.Count > 0)
                break;
        }

        if (found.Count >= MostKept)
            found.Clear();
        if (named.Count > 0)
            found[new NameKey(type.Type, name)] = new FoundObjects(named, _time.GetTimestamp());
        return named;
    }

    /// <summary>The first names of a type that contain a text, for Tab. They are kept, because each request takes a part of the rate limit.</summary>
    internal async Task<IEnumerable<string>> FirstAsync(ResourceType type, string typed, ICaller caller, CancellationToken cancellationToken)
    {
        var first = _store.First;
        var list = type.List!;
        var contained = list.Filter is null ? "" : typed;
        if (!list.IsKept && Known(first, type, contained) is { } known)
            return known;
        var window = new ListWindow(First: MostOffered, PageSize: MostOffered);
        var page = await list.ReadAsync(_client, contained.Length == 0 ? null : contained, window, caller, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> names = [.. page.Select(item => type.NamesOf(item).FirstOrDefault()).OfType<string>()];
        if (first.Count >= MostKept)
            first.Clear();
        first[new NameKey(type.Type, contained)] = new FirstNames(names, page.Count < MostOffered, _time.GetTimestamp());
        return names;
    }

    /// <summary>Clears the look-ups after an object was created, renamed or removed.</summary>
    internal void Forget()
    {
        _store = new Store();
        AssetNames.Forget();
        UserNames.Forget();
    }

    private bool IsFresh(long readAt) => _time.GetElapsedTime(readAt) < Life;

    // A complete list for a shorter text also contains the matches for a longer one.
    private IReadOnlyList<string>? Known(ConcurrentDictionary<NameKey, FirstNames> first, ResourceType type, string typed)
    {
        for (var length = typed.Length; length >= 0; length--)
        {
            if (first.TryGetValue(new NameKey(type.Type, typed.Substring(0, length)), out var kept) && IsFresh(kept.ReadAt) && (length == typed.Length || kept.IsAll))
                return kept.Names;
        }

        return null;
    }

    private sealed class Store
    {
        internal ConcurrentDictionary<NameKey, FoundObjects> Found { get; } = new(ByName.Instance);

        internal ConcurrentDictionary<NameKey, FirstNames> First { get; } = new(ByName.Instance);
    }

    private sealed record NameKey(Type Type, string Name);

    private sealed record FoundObjects(IReadOnlyList<OdcResource> Found, long ReadAt);

    private sealed record FirstNames(IReadOnlyList<string> Names, bool IsAll, long ReadAt);

    private sealed class ByName : IEqualityComparer<NameKey>
    {
        internal static ByName Instance { get; } = new();

        public bool Equals(NameKey? x, NameKey? y) => x?.Type == y?.Type && string.Equals(x?.Name, y?.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode(NameKey obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Name);
    }
}

/// <summary>The list for looking up resources of a type by name.</summary>
internal sealed class ResourceList
{
    private readonly Func<OdcClient, Query, ListWindow, ICaller, CancellationToken, Task<IReadOnlyList<OdcResource>>> _read;

    private ResourceList(Operation operation, string? filter, Func<OdcClient, Query, ListWindow, ICaller, CancellationToken, Task<IReadOnlyList<OdcResource>>> read) => (Operation, Filter, _read) = (operation, filter, read);

    /// <summary>The stages, whose whole list is kept.</summary>
    internal static ResourceList Stages { get; } = new(
        PortfoliosApi.ListEnvironments, filter: null, async (client, _, _, caller, stopped) => [.. await client.Names.Stages.GetAsync(caller, stopped).ConfigureAwait(false)]) { IsKept = true };

    /// <summary>The operation that lists them.</summary>
    internal Operation Operation { get; }

    /// <summary>The query parameter for a part of the name; null if the list has none.</summary>
    internal string? Filter { get; }

    /// <summary>Whether the list is kept elsewhere.</summary>
    internal bool IsKept { get; private init; }

    internal static ResourceList Of<T>(Operation<Page<T>> list, string? filter = "nameContains")
        where T : OdcResource, INamed => new(
            list, filter, async (client, query, window, caller, stopped) => [.. await new OffsetPages<T>(client, list, query, window).ReadAllAsync(caller, stopped).ConfigureAwait(false)]);

    internal Task<IReadOnlyList<OdcResource>> ReadAsync(OdcClient client, string? contained, ListWindow window, ICaller caller, CancellationToken cancellationToken) =>
        _read(client, Filter is null ? new Query() : new Query().Add(Filter, contained), window, caller, cancellationToken);
}

/// <summary>Compares names. Unicode can write the same name in two ways, with accents as separate characters or not: both are one name.</summary>
internal static class NameText
{
    internal static bool IsSame(string? name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase)
        || (name is not null && other is not null && string.Equals(Composed(name), Composed(other), StringComparison.OrdinalIgnoreCase));

    /// <summary>The usual form, with composed accents. Invalid Unicode stays as it is.</summary>
    internal static string Composed(string text) => In(text, NormalizationForm.FormC);

    /// <summary>The forms in which the service may have a name: as typed, and the other form if it differs.</summary>
    internal static IEnumerable<string> Forms(string text) => new[] { text, Composed(text), In(text, NormalizationForm.FormD) }.Distinct(StringComparer.Ordinal);

    private static string In(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
