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

/// <summary>The position of a page in its list.</summary>
internal sealed class PageInfo
{
    public int? Count { get; set; }

    public int? Limit { get; set; }

    public int? NextPageOffset { get; set; }

    public int? TotalResults { get; set; }
}

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

/// <summary>The token of the next page.</summary>
internal sealed class CursorInfo
{
    public string? NextPageOffset { get; set; }
}

/// <summary>The answer to a creation: the new object's key, under one of several names.</summary>
internal sealed class CreatedObject : IAnswer
{
    public string? Key { get; set; }

    [JsonPropertyName("orgRoleKey")]
    public string? OrganizationRoleKey { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(Key ?? OrganizationRoleKey) ? "key" : null;

    internal string RequiredKey => Key ?? OrganizationRoleKey!;
}

/// <summary>An answer with a required member. If the member is missing, the answer did not come from the API.</summary>
internal interface IAnswer
{
    /// <summary>The missing member; null when the answer is complete.</summary>
    string? Missing { get; }
}
