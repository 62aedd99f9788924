namespace OdcPowerShell.Emulator;

/// <summary>A whole list.</summary>
internal sealed record ListBody<T>(IReadOnlyList<T> Results);

/// <summary>The key of something created.</summary>
internal sealed record CreatedBody(Guid Key);

/// <summary>A page of a list.</summary>
internal sealed record PagedBody<T>(IReadOnlyList<T> Results, PageBody Page);

/// <summary>Where a page stands in its list; the next offset is null on the last one.</summary>
internal sealed record PageBody(int Count, int Limit, int Offset, int TotalResults, int? NextPageOffset, int TotalPages)
{
    public static PageBody Of(int count, int limit, int offset, int total) =>
        new(count, limit, offset, total, offset + (long)limit < total ? offset + limit : null, (int)Math.Ceiling((double)total / limit));
}
