using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>A permission that organization roles and API clients can have.</summary>
public sealed class OdcPermission : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? PermissionKey { get; init; }

    public string? Name { get; init; }

    public string? Category { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Hidden, Public or Internal.</summary>
    public string? Visibility { get; init; }

    /// <summary>The permissions that come with it.</summary>
    public IReadOnlyList<OdcPermissionInheritance>? Inherits { get; init; }

    /// <summary>Whether it can be limited to stages.</summary>
    public bool? AllowStages { get; init; }

    /// <summary>Whether it can be limited to portfolios.</summary>
    public bool? AllowPortfolios { get; init; }

    /// <summary>Organization, Asset, or both.</summary>
    public IReadOnlyList<string>? AllowedScopes { get; init; }

    public string? ClaimName { get; init; }

    public string? Remarks { get; init; }

    /// <summary>The same as <see cref="PermissionKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => PermissionKey;

    internal override IEnumerable<OdcResource?> Parts => Inherits ?? [];

    public override string ToString() => Name ?? PermissionKey ?? "";
}

/// <summary>A permission that comes with another one.</summary>
public sealed class OdcPermissionInheritance : OdcResource
{
    [JsonPropertyName("key")]
    public string? PermissionKey { get; init; }

    /// <summary>PRD, QA, DEV or SAME_STAGE.</summary>
    public IReadOnlyList<string>? RealmStages { get; init; }

    /// <summary>SAME_PORTFOLIO, MAIN_PORTFOLIO or ALL_PORTFOLIO.</summary>
    public string? RealmPortfolio { get; init; }

    public override string ToString() => PermissionKey ?? "";
}
