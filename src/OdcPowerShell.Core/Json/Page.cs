namespace OdcPowerShell.Json;

/// <summary>One page of a list, or a whole list where the API does not page.</summary>
internal sealed class Page<T> : IAnswer
{
    [JsonPropertyName("results")]
    public IReadOnlyList<T>? Results { get; set => field = value.Present(); }

    [JsonIgnore]
    public string? Missing => Results is null && Info is null ? "results" : null;

    [JsonPropertyName("page")]
    public PageInfo? Info { get; set; }
}

/// <summary>Where a page stands in its list.</summary>
internal sealed class PageInfo
{
    public int? NextPageOffset { get; set; }

    public int? TotalResults { get; set; }
}
