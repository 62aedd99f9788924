using System.Globalization;

namespace OdcPowerShell.Emulator;

/// <summary>What the operations on assets read and answer alike.</summary>
internal static class DeliveryCalls
{
    // No maximum is published: a larger limit is cut down, as a client must be ready for.
    private const int Largest = 100;

    public static Task NoContent(this ApiCall call)
    {
        call.Request.HttpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static int RevisionNumber(this ApiCall call)
    {
        var text = (string)call.Request.RouteValues["revisionNumber"]!;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ProblemException(Cause.BadParameter($"The revision number '{text}' is not valid."));
    }

    public static bool? OptionalFlag(this QueryReader query, string name) => query.Text(name) is null ? null : query.Flag(name);

    public static int? OptionalNumber(this QueryReader query, string name) =>
        query.Text(name) is null ? null : query.Number(name, 0, int.MinValue, int.MaxValue);

    public static int Limit(this QueryReader query) => Math.Min(query.Number("limit", Largest, 1, int.MaxValue), Largest);

    public static (int Limit, int Offset) Paging(this QueryReader query) => (query.Limit(), query.Number("offset", 0, 0, int.MaxValue));

    /// <summary>The types asked for, among those that a list of the portfolios API has.</summary>
    public static IReadOnlyList<string> AssetTypes(this QueryReader query, IReadOnlyList<string> known) =>
        [.. query.Texts("type").Select(type => known.FirstOrDefault(one => string.Equals(one, type, StringComparison.OrdinalIgnoreCase))
            ?? throw new ProblemException(DeliveryCause.Unprocessable($"There is no asset type '{type}' in this list.")))];

    public static Guid ParseKey(string member, string? value) => value is { Length: > 0 }
        ? QueryReader.ParseGuid(member, value)
        : throw new ProblemException(DeliveryCause.Missing(member));

    /// <summary>Ascending, or descending with a hyphen before the name.</summary>
    public static IEnumerable<T> SortedByName<T>(this QueryReader query, IEnumerable<T> items, Func<T, string> name) =>
        query.Text("sort") switch
        {
            null or "name" => items.OrderBy(name, StringComparer.OrdinalIgnoreCase),
            "-name" => items.OrderByDescending(name, StringComparer.OrdinalIgnoreCase),
            var other => throw new ProblemException(Cause.BadParameter($"The list cannot be sorted by '{other}'.")),
        };

    public static PagedBody<TBody> Page<T, TBody>(IReadOnlyCollection<T> all, int limit, int offset, Func<T, TBody> body)
    {
        List<TBody> page = [.. all.Skip(offset).Take(limit).Select(body)];
        return new PagedBody<TBody>(page, PageBody.Of(page.Count, limit, offset, all.Count));
    }
}
