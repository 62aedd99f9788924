namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A list of addresses that may, or may not, reach apps of a stage.</summary>
[Columns("Name 24", "AccessType 10", "RuleCount 9", "AssetCount 10", "StageName 20", "IpFilterGroupKey")]
public sealed class OdcIpFilterGroup : OdcResource, INamed, IOfStage
{
    [JsonPropertyName("key")]
    public string? IpFilterGroupKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>ALLOWLIST or DENYLIST.</summary>
    public string? AccessType { get; set; }

    [JsonPropertyName("ipRules")]
    public IReadOnlyList<OdcIpFilterRule>? Rules { get; set => field = value.Present(); }

    [JsonPropertyName("appKeys")]
    public IReadOnlyList<string>? AssetKeys { get; set => field = value.Present(); }

    [JsonIgnore]
    public string? StageKey { get; set; }

    [JsonIgnore]
    public string? StageName { get; set; }

    [JsonIgnore]
    public int RuleCount => Rules?.Count ?? 0;

    [JsonIgnore]
    public int AssetCount => AssetKeys?.Count ?? 0;

    /// <summary>The same as <see cref="IpFilterGroupKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => IpFilterGroupKey;

    internal override IEnumerable<OdcResource?> Parts => [.. Rules ?? []];

    public override string ToString() => Name ?? IpFilterGroupKey ?? "";
}

/// <summary>A rule of an IP filter group: a name for one or more ranges of addresses.</summary>
[Columns("Name 24", "IsActive 8", "Ranges")]
public sealed class OdcIpFilterRule : OdcTextPart
{
    public string? Name { get; set; }

    /// <summary>Single addresses, ranges as in 10.0.0.1-10.0.0.9, or CIDR as in 10.0.0.0/24; IPv4 or IPv6.</summary>
    public IReadOnlyList<string>? Ranges { get; set => field = value.Present(); }

    public bool? IsActive { get; set; }

    public override string ToString() => Name ?? "";
}

/// <summary>The IP filter of the platform itself: the ODC Portal and the APIs.</summary>
[Columns("Name 30", "DefaultAction 13", "Rules")]
public sealed class OdcPlatformIpFilterGroup : OdcResource
{
    public string? Name { get; set; }

    /// <summary>ALLOW or DENY: what happens to an address that no rule names.</summary>
    public string? DefaultAction { get; set; }

    [JsonPropertyName("ipRules")]
    public IReadOnlyList<OdcPlatformIpFilterRule>? Rules { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => [.. Rules ?? []];

    public override string ToString() => Name ?? "";
}

/// <summary>A rule of the platform's IP filter.</summary>
[Columns("Name 24", "Action 6", "IsActive 8", "Ranges")]
public sealed class OdcPlatformIpFilterRule : OdcTextPart
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public IReadOnlyList<string>? Ranges { get; set => field = value.Present(); }

    /// <summary>ALLOW or DENY.</summary>
    public string? Action { get; set; }

    public bool? IsActive { get; set; }

    public override string ToString() => Name ?? "";
}
