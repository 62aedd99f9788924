namespace OdcPowerShell.EnvironmentConfigurations;

/// <summary>A list of addresses that may, or may not, reach apps of a stage.</summary>
[Columns("Name 22", "AccessType 10", "StageName 15", "RuleCount 9", "AssetNames 22", "IpFilterGroupKey")]
public sealed class OdcIpFilterGroup : OdcResource, INamed, IOfStage
{
    [JsonPropertyName("key")]
    public string? IpFilterGroupKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>ALLOWLIST: only the addresses of the rules reach the apps; or DENYLIST: all addresses but these do.</summary>
    public string? AccessType { get; set; }

    [JsonPropertyName("ipRules")]
    public IReadOnlyList<OdcIpFilterRule>? Rules { get; set => field = value.Present(); }

    /// <summary>The apps that were put into the group. Apps in no group have the default group of their stage.</summary>
    [JsonPropertyName("appKeys")]
    public IReadOnlyList<string>? AssetKeys { get; set => field = value.Present(); }

    /// <summary>The names of the apps, or the keys of those whose name is not visible.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? AssetNames { get; set => field = value.Present(); }

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

    /// <summary>Whether it is the default group of its stage, as stages come with it: no member says so, and it can be renamed.</summary>
    internal bool IsUsualDefault => AssetCount == 0 && string.Equals(Name?.Trim(), "Default", StringComparison.OrdinalIgnoreCase);

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

    /// <summary>Whether the rule counts; an inactive rule is kept for later.</summary>
    public bool? IsActive { get; set; }

    public override string ToString() => Name ?? "";
}
