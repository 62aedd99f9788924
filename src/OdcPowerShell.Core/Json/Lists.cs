using System.Collections;
using System.Collections.ObjectModel;

namespace OdcPowerShell.Json;

/// <summary>Lists of answers.</summary>
internal static class Lists
{
    /// <summary>The list without null items, and with a readable text.</summary>
    internal static IReadOnlyList<T>? Present<T>(this IReadOnlyList<T>? items) =>
        items is null or OdcList<T> ? items : new OdcList<T>(items.Any(i => i is null) ? [.. items.Where(i => i is not null)] : items as IList<T> ?? [.. items]);

    /// <summary>The table with a readable text.</summary>
    internal static IReadOnlyDictionary<string, string?>? Present(this IReadOnlyDictionary<string, string?>? table) =>
        table is null or OdcTable ? table : new OdcTable(table.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));
}

/// <summary>A list whose text has its items, <c>a; b</c>, for the cells of CSV files.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1710", Justification = "Its name is shown to users, as List<T> is.")]
public sealed class OdcList<T> : ReadOnlyCollection<T>, IEnumerable, IShownList
{
    internal OdcList(IList<T> items)
        : base(items)
    {
    }

    Func<object, object>? IShownList.Shown { get; set; }

    public override string ToString() => string.Join("; ", this);

    IEnumerator IEnumerable.GetEnumerator() => ((IShownList)this).Shown is { } shown ? Items.Select(item => item is null ? null : shown(item)).GetEnumerator() : Items.GetEnumerator();
}

/// <summary>A list that shows its items as PowerShell objects with further members.</summary>
internal interface IShownList
{
    /// <summary>Returns the shown object for an item.</summary>
    Func<object, object>? Shown { get; set; }
}

/// <summary>A table of texts whose own text is <c>a=1; b=2</c>.</summary>
public sealed class OdcTable : ReadOnlyDictionary<string, string?>
{
    internal OdcTable(IDictionary<string, string?> items)
        : base(items)
    {
    }

    public override string ToString() => string.Join("; ", this.Select(p => $"{p.Key}={p.Value}"));
}
