namespace OdcPowerShell.Organization;

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
[Columns("Name 24", "Action 8", "IsActive 8", "Ranges")]
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
