namespace OdcPowerShell.Identity;

/// <summary>A permission that organization roles and API clients can have.</summary>
[Columns("Name 38", "Category 24", "Purpose")]
public sealed class OdcPermission : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? PermissionKey { get; set; }

    public string? Name { get; set; }

    public string? Category { get; set; }

    public string? Purpose { get; set; }

    /// <summary>Hidden, Public or Internal.</summary>
    public string? Visibility { get; set; }

    /// <summary>The permissions that come with it.</summary>
    public IReadOnlyList<OdcPermissionInheritance>? Inherits { get; set => field = value.Present(); }

    /// <summary>Whether it can be limited to stages.</summary>
    public bool? AllowStages { get; set; }

    /// <summary>Whether it can be limited to portfolios.</summary>
    public bool? AllowPortfolios { get; set; }

    /// <summary>Organization, Asset, or both.</summary>
    public IReadOnlyList<string>? AllowedScopes { get; set => field = value.Present(); }

    public string? ClaimName { get; set; }

    public string? Remarks { get; set; }

    /// <summary>The same as <see cref="PermissionKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => PermissionKey;

    internal override IEnumerable<OdcResource?> Parts => Inherits ?? [];

    public override string ToString() => Name ?? PermissionKey ?? "";
}

/// <summary>A permission that comes with another one.</summary>
[Columns("PermissionKey 36", "RealmPortfolio 16", "RealmStages")]
public sealed class OdcPermissionInheritance : OdcResource
{
    [JsonPropertyName("key")]
    public string? PermissionKey { get; set; }

    /// <summary>PRD, QA, DEV or SAME_STAGE.</summary>
    public IReadOnlyList<string>? RealmStages { get; set => field = value.Present(); }

    /// <summary>SAME_PORTFOLIO, MAIN_PORTFOLIO or ALL_PORTFOLIO.</summary>
    public string? RealmPortfolio { get; set; }

    public override string ToString() => PermissionKey ?? "";
}
