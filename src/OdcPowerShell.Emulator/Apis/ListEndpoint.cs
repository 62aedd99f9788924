using System.Collections;

namespace OdcPowerShell.Emulator;

/// <summary>
/// A list: the source of its items, its filters, its order, the family of its pages, and the body of an item. A wrong query is rejected before
/// the source is asked.
/// </summary>
internal sealed class ListEndpoint<T>(Paging paging, Func<ApiCall, IEnumerable<T>> source)
{
    private readonly List<Func<ApiCall, Predicate<T>?>> _filters = [];
    private Func<ApiCall, (Func<T, object?> Value, bool IsDescending)[]> _orders = _ => [];
    private Func<ApiCall, Func<IEnumerable<T>, object>> _write = call => paging.Read<T, T>(call.Query, item => item);

    public ListEndpoint<T> As<TBody>(Func<T, TBody> body) => AsFor(_ => body);

    /// <summary>The body of an item, when it depends on the query.</summary>
    public ListEndpoint<T> AsFor<TBody>(Func<ApiCall, Func<T, TBody>> body)
    {
        _write = call => paging.Read(call.Query, body(call));
        return this;
    }

    /// <summary>Any filter; null where the query has none.</summary>
    public ListEndpoint<T> Where(Func<ApiCall, Predicate<T>?> filter)
    {
        _filters.Add(filter);
        return this;
    }

    public ListEndpoint<T> Key(string name, Func<T, Guid?> value) =>
        Where(call => call.Query.Guid(name) is { } key ? item => value(item) == key : null);

    /// <summary>The name is repeated.</summary>
    public ListEndpoint<T> Keys(string name, Func<T, Guid?> value) => InAny(query => query.Guids(name), value);

    /// <summary>Keys in one text, between commas.</summary>
    public ListEndpoint<T> KeyList(string name, Func<T, Guid?> value, int maximum = int.MaxValue) =>
        InAny(query => query.GuidList(name, maximum), value);

    /// <summary>A pair of singular and plural of which a query can have one.</summary>
    public ListEndpoint<T> OneOrMany(string one, string many, Func<T, Guid?> value) => InAny(query => query.OneOrMany(one, many) ?? [], value);

    /// <summary>Keys that the query stands for; null where it has none.</summary>
    public ListEndpoint<T> In(Func<ApiCall, HashSet<Guid>?> keys, Func<T, Guid?> value) =>
        Where(call => keys(call) is { } known ? item => value(item) is { } key && known.Contains(key) : null);

    /// <summary>A part of one of the texts, in any case.</summary>
    public ListEndpoint<T> Contains(string name, params Func<T, string?>[] values) => Where(call => call.Query.Text(name) is { } part
        ? item => Array.Exists(values, value => value(item)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true)
        : null);

    public ListEndpoint<T> Text(string name, Func<T, string?> value, StringComparison comparison = StringComparison.Ordinal) =>
        Where(call => call.Query.Text(name) is { } text ? item => string.Equals(value(item), text, comparison) : null);

    public ListEndpoint<T> Choice(string name, Func<T, string?> value, params string[] words) =>
        Where(call => call.Query.Choice(name, words) is { } choice ? item => value(item) == choice : null);

    public ListEndpoint<T> Number(string name, Func<T, int> value) =>
        Where(call => call.Query.OptionalNumber(name) is { } number ? item => value(item) == number : null);

    public ListEndpoint<T> Flag(string name, Func<T, bool> value) =>
        Where(call => call.Query.OptionalFlag(name) is { } flag ? item => value(item) == flag : null);

    public ListEndpoint<T> Dates(string since, string to, Func<T, DateTimeOffset?> value) =>
        Where(call => call.Query.Range(since, to) is { } fits ? item => fits(value(item)) : null);

    /// <summary>One of the fields, "-" before it for descending; without any the first.</summary>
    public ListEndpoint<T> Sorted(params (string Name, Func<T, object?> Value)[] fields) => Sorted(fields, StringComparison.Ordinal);

    /// <summary>The same as the identity API has it, in any case.</summary>
    public ListEndpoint<T> SortedByChoice(params (string Name, Func<T, object?> Value)[] fields) =>
        Sorted(fields, StringComparison.OrdinalIgnoreCase);

    /// <summary>By several values, of which the first weighs most.</summary>
    public ListEndpoint<T> OrderedBy(Func<ApiCall, IEnumerable<(Func<T, object?> Value, bool IsDescending)>> orders)
    {
        _orders = call => [.. orders(call)];
        return this;
    }

    public object Answer(ApiCall call)
    {
        var write = _write(call);
        var filters = _filters.Select(filter => filter(call)).OfType<Predicate<T>>().ToArray();
        var orders = _orders(call);
        var items = source(call);
        if (filters.Length > 0)
            items = items.Where(item => Array.TrueForAll(filters, filter => filter(item)));
        return write(orders.Length == 0 ? items : Sort.By(items, orders));
    }

    private ListEndpoint<T> Sorted((string Name, Func<T, object?> Value)[] fields, StringComparison comparison) => OrderedBy(call =>
    {
        var (name, isDescending) = call.Query.Sort([.. fields.Select(field => field.Name)], comparison);
        return [(Array.Find(fields, field => field.Name == name).Value, isDescending)];
    });

    private ListEndpoint<T> InAny(Func<QueryReader, IReadOnlyList<Guid>> read, Func<T, Guid?> value) =>
        In(call => read(call.Query) is { Count: > 0 } keys ? keys.ToHashSet() : null, value);
}

/// <summary>Sorts as the service does: texts in any case, what has no value last, equal ones in the order of their creation.</summary>
internal static class Sort
{
    private static readonly IComparer<object?> s_values = Comparer<object?>.Create((x, y) =>
        x is null || y is null ? (x is null).CompareTo(y is null)
        : x is string text ? StringComparer.OrdinalIgnoreCase.Compare(text, y)
        : Comparer.DefaultInvariant.Compare(x, y));

    /// <summary>By several values, of which the first weighs most.</summary>
    public static IEnumerable<T> By<T>(IEnumerable<T> items, IEnumerable<(Func<T, object?> Value, bool IsDescending)> orders) => orders.Aggregate(
        items.OrderBy(_ => 0),
        (sorted, order) => order.IsDescending ? sorted.ThenByDescending(order.Value, s_values) : sorted.ThenBy(order.Value, s_values));
}
