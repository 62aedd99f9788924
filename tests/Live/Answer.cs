namespace OdcPowerShell.Live;

/// <summary>What came back from a request. Its values stay in memory: only shapes, counts, and names of members reach the report.</summary>
internal sealed record Answer(Operation Operation, ApiRequest Request)
{
    /// <summary>0 when there was none.</summary>
    internal int Status { get; init; }

    internal string? MediaType { get; init; }

    internal byte[] Body { get; init; } = [];

    /// <summary>The body as JSON; null when it is none.</summary>
    internal JsonElement? Json { get; init; }

    /// <summary>The names of its headers, without their values.</summary>
    internal IReadOnlyList<string> Headers { get; init; } = [];

    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Why there was no answer, as one of the module's causes.</summary>
    internal OdcErrorCause? Failure { get; init; }

    internal TimeSpan Took { get; init; }

    internal bool IsSuccess => Status is >= 200 and < 300;

    internal bool IsTransient => Failure is not null || Status is 408 or 500 or 502 or 503 or 504;

    /// <summary>The status, or why there was none, in words.</summary>
    internal string Result => Failure is { } failure ? $"no answer ({failure})" : $"status {Status}";

    /// <summary>Whether it is a page of a list.</summary>
    internal bool IsList => IsSuccess && Json is { ValueKind: JsonValueKind.Object } body && (Array(body, "results") ?? Array(body, "builds")) is not null;

    /// <summary>The objects of a list; none for any other answer.</summary>
    internal IReadOnlyList<JsonElement> Items => IsSuccess && Json is { ValueKind: JsonValueKind.Object } body
        ? [.. Array(body, "results") ?? Array(body, "builds") ?? []]
        : [];

    /// <summary>A number of the page's own data, such as <c>totalResults</c>; null where there is none.</summary>
    internal int? PageNumber(string name) =>
        Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("page", out var page) && page.ValueKind == JsonValueKind.Object
        && page.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Whether the page's own data has a member that is null.</summary>
    internal bool IsPageNull(string name) =>
        Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("page", out var page) && page.ValueKind == JsonValueKind.Object
        && page.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    /// <summary>A text or number of an object, as text; null where it has none.</summary>
    internal static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => Text(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    } : null;

    /// <summary>A JSON string as text; null for half of a surrogate pair, which JSON allows and .NET doesn't read.</summary>
    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement>? Array(JsonElement body, string name) =>
        body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : null;
}
