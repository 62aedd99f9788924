using System.Globalization;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>The query of a request. What was not added is absent; each value is percent-encoded once.</summary>
internal sealed class Query
{
    private const int MostInAddress = 50;
    private readonly StringBuilder _text = new();

    internal Query Add(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    internal Query Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An array: its name is repeated, as OpenAPI's default style says.</summary>
    internal Query AddEach(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
            Add(name, value);
        return this;
    }

    /// <summary>The same for keys of which there may be many: an address has only so much room, so that there is a query for each part of them.</summary>
    internal IReadOnlyList<Query> AddInParts(string name, IReadOnlyCollection<string> values) => values.Count == 0 ? [this] :
        [.. values.Select((value, i) => (value, i)).GroupBy(v => v.i / MostInAddress, v => v.value).Select(part => Copy().AddEach(name, part))];

    /// <summary>A list in one plain string, joined by commas.</summary>
    internal Query AddJoined(string name, IEnumerable<string> values) => Add(name, string.Join(",", values));

    /// <summary>The order of most lists: a field, or their usual one, with a minus before it for the other way round.</summary>
    internal Query AddSort(string? field, bool descending, string usual = "name") => field is null && !descending ? this : Add("sort", (descending ? "-" : "") + (field ?? usual));

    /// <summary>A copy to which paging parameters can be added without changing this one.</summary>
    internal Query Copy()
    {
        var copy = new Query();
        copy._text.Append(_text);
        return copy;
    }

    /// <summary>Empty, or <c>?a=b&amp;c=d</c>.</summary>
    public override string ToString() => _text.ToString();
}
