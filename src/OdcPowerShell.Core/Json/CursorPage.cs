namespace OdcPowerShell.Json;

/// <summary>One page of a list whose next page is named by a text.</summary>
internal sealed class CursorPage<T> : IAnswer
{
    [JsonPropertyName("results")]
    public IReadOnlyList<T>? Results { get; set => field = value.Present(); }

    [JsonIgnore]
    public string? Missing => Results is null && Info is null ? "results" : null;

    [JsonPropertyName("page")]
    public CursorInfo? Info { get; set; }
}

/// <summary>How the next page is called.</summary>
internal sealed class CursorInfo
{
    public string? NextPageOffset { get; set; }
}
