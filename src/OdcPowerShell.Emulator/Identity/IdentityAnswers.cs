using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;

namespace OdcPowerShell.Emulator;

/// <summary>The kinds of answers the identity API gives.</summary>
internal static class IdentityAnswers
{
    /// <summary>A page of a whole list, as the query wants it.</summary>
    public static Task PageAsync<TItem, TBody>(
        this ApiCall call, IEnumerable<TItem> items, Func<TItem, TBody> toBody, JsonTypeInfo<PagedBody<TBody>> type)
    {
        var (limit, offset) = call.Query.Window();
        var all = items.ToList();
        TBody[] bodies = [.. all.Skip(offset).Take(limit).Select(toBody)];
        return call.JsonAsync(new PagedBody<TBody>(bodies, PageBody.Of(bodies.Length, limit, offset, all.Count)), type);
    }

    public static (int Limit, int Offset) Window(this QueryReader query) =>
        (query.Number("limit", 100, 1, 100), query.Number("offset", 0, 0, int.MaxValue));

    public static void Empty(this ApiCall call, int status) => call.Request.HttpContext.Response.StatusCode = status;

    public static Task EmptyAsync(this ApiCall call, int status)
    {
        call.Empty(status);
        return Task.CompletedTask;
    }

    /// <summary>A body that may be left out.</summary>
    public static async Task<T?> ReadIfAnyAsync<T>(this ApiCall call, JsonTypeInfo<T> type)
        where T : class =>
        call.Request.ContentLength != 0
        && call.Request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
            ? await call.ReadAsync(type)
            : null;

    public static bool Matches(this string? text, string? part) =>
        part is null || text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The stages of a query's stage and portfolio filters; null when it has none.</summary>
    public static HashSet<Guid>? StageFilter(this QueryReader query, EmulatedTenant tenant)
    {
        var keys = query.OneOrMany("environmentKey", "environmentKeys");
        var portfolios = query.Guids("portfolioKeys");
        if (keys is null && portfolios.Count == 0)
            return null;
        return [.. tenant.Stages
            .Where(stage => keys?.Contains(stage.Key) != false && (portfolios.Count == 0 || portfolios.Contains(stage.PortfolioKey)))
            .Select(stage => stage.Key)];
    }
}
