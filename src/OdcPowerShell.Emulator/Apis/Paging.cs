namespace OdcPowerShell.Emulator;

internal sealed record Paging
{
    private const string Mark = "after-";
    private readonly Family _family;
    private readonly int _largest;
    private readonly bool _isCut;
    private string _name = "results";
    private bool _alwaysHasNext;

    // Where no maximum is published, a larger limit is cut down, as a client must be ready for.
    private Paging(Family family, int largest = 100, bool isCut = false) =>
        (_family, _largest, _isCut) = (family, largest, isCut || family is Family.Offset or Family.Cursor);

    private enum Family
    {
        Whole,
        Count,
        Totals,
        Offset,
        Cursor,
    }

    public static Paging Whole { get; } = new(Family.Whole);
    /// <summary>Limit and offset, and how many there are in all; a larger limit than 100 is rejected.</summary>
    public static Paging Totals { get; } = new(Family.Totals);
    /// <summary>The same with a limit of up to 1,000.</summary>
    public static Paging LargeTotals { get; } = new(Family.Totals, 1000);
    /// <summary>The same where no maximum is published.</summary>
    public static Paging CutTotals { get; } = new(Family.Totals, isCut: true);
    /// <summary>Limit and offset without totals.</summary>
    public static Paging Offset { get; } = new(Family.Offset);
    /// <summary>The same with an offset of the next page on the last one too, where the schema allows no null.</summary>
    public static Paging EndlessOffset { get; } = new(Family.Offset) { _alwaysHasNext = true };
    /// <summary>The place where a page begins is a text that only the service can read.</summary>
    public static Paging Cursor { get; } = new(Family.Cursor);

    /// <summary>The family of a name in a seed document.</summary>
    public static Paging Named(string name) => new(Enum.Parse<Family>(name, ignoreCase: true));

    /// <summary>All in one answer, under another name than "results".</summary>
    public static Paging WholeAs(string name) => new(Family.Whole) { _name = name };

    /// <summary>Only how many there are, under a name.</summary>
    public static Paging CountAs(string name) => new(Family.Count) { _name = name };

    /// <summary>Reads the query, and then answers with a page of all items.</summary>
    public Func<IEnumerable<T>, object> Read<T, TBody>(QueryReader query, Func<T, TBody> body)
    {
        if (_family == Family.Whole)
            return items => new Dictionary<string, TBody[]>(StringComparer.Ordinal) { [_name] = [.. items.Select(body)] };
        if (_family == Family.Count)
            return items => new Dictionary<string, int>(StringComparer.Ordinal) { [_name] = items.Count() };
        var limit = Math.Min(query.Number("limit", Math.Min(100, _largest), 1, _isCut ? int.MaxValue : _largest), _largest);
        var cursor = _family == Family.Cursor ? query.Text("offset") : null;
        var offset = _family == Family.Cursor ? ReadCursor(cursor) : query.Number("offset", 0, 0, int.MaxValue);
        return items =>
        {
            var all = items as IReadOnlyList<T> ?? [.. items];
            TBody[] results = [.. all.Skip(offset).Take(limit).Select(body)];
            return Answer(results, limit, offset, cursor, all.Count);
        };
    }

    /// <summary>A page of all items by numbers that came in a body.</summary>
    public static object PageOf<T, TBody>(IReadOnlyList<T> all, int limit, int offset, Func<T, TBody> body) =>
        Totals.Answer<TBody>([.. all.Skip(offset).Take(limit).Select(body)], limit, offset, null, all.Count);

    private object Answer<TBody>(TBody[] results, int limit, int offset, string? cursor, int total)
    {
        // Without totals a page beyond the end is the last one; with them the offset alone decides.
        var hasNext = offset + (long)(_family == Family.Totals ? limit : results.Length) < total;
        object Next() => _family == Family.Cursor ? Mark + (offset + results.Length).ToString(CultureInfo.InvariantCulture) : offset + limit;

        var page = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["count"] = results.Length, ["limit"] = limit, ["offset"] = _family == Family.Cursor ? cursor : offset,
            ["nextPageOffset"] = hasNext || _alwaysHasNext ? Next() : null,
        };
        if (_family == Family.Totals)
        {
            page["totalResults"] = total;
            page["totalPages"] = (int)Math.Ceiling((double)total / limit);
        }

        return new { results, page };
    }

    private static int ReadCursor(string? cursor) => cursor is null ? 0
        : cursor.StartsWith(Mark, StringComparison.Ordinal)
            && int.TryParse(cursor.AsSpan(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var begin) ? begin
        : throw ProblemException.BadParameter($"The offset '{cursor}' comes from no page.");
}
