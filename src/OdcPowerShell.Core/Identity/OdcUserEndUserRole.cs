using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>An end-user role that a user has, directly or through groups.</summary>
public sealed class OdcUserEndUserRole : OdcResource
{
    /// <summary>The role's key, which differs per stage.</summary>
    [JsonPropertyName("key")]
    public string? EndUserRoleKey { get; init; }

    public string? Name { get; init; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; init; }

    public string? AssetKey { get; init; }

    /// <summary>The role's identifier that is the same in all stages.</summary>
    public string? ExternalKey { get; init; }

    public string? Claim { get; init; }

    public string? PortfolioKey { get; init; }

    public bool? IsDirectlyAssigned { get; init; }

    /// <summary>The groups through which the user has the role.</summary>
    public IReadOnlyList<OdcAssignedGroup>? AssignedGroups { get; init; }

    internal override IEnumerable<OdcResource?> Parts => AssignedGroups ?? [];

    public override string ToString() => Name ?? EndUserRoleKey ?? "";
}

/// <summary>A group through which a user has a role.</summary>
public sealed class OdcAssignedGroup : OdcResource
{
    [JsonPropertyName("key")]
    public string? GroupKey { get; init; }

    public string? Name { get; init; }

    /// <summary>Assigned or Mapped.</summary>
    public string? MembershipType { get; init; }

    public override string ToString() => Name ?? GroupKey ?? "";
}
