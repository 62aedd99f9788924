using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>An end-user role that a user has, directly or through groups.</summary>
public sealed class OdcUserEndUserRole : OdcResource
{
    /// <summary>The role's key, which differs per stage.</summary>
    [JsonPropertyName("key")]
    public string? EndUserRoleKey { get; set; }

    public string? Name { get; set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    public string? AssetKey { get; set; }

    /// <summary>The role's identifier that is the same in all stages.</summary>
    public string? ExternalKey { get; set; }

    public string? Claim { get; set; }

    public string? PortfolioKey { get; set; }

    public bool? IsDirectlyAssigned { get; set; }

    /// <summary>The groups through which the user has the role.</summary>
    public IReadOnlyList<OdcAssignedGroup>? AssignedGroups { get; set; }

    internal override IEnumerable<OdcResource?> Parts => AssignedGroups ?? [];

    public override string ToString() => Name ?? EndUserRoleKey ?? "";
}

/// <summary>A group through which a user has a role.</summary>
public sealed class OdcAssignedGroup : OdcResource
{
    [JsonPropertyName("key")]
    public string? GroupKey { get; set; }

    public string? Name { get; set; }

    /// <summary>Assigned or Mapped.</summary>
    public string? MembershipType { get; set; }

    public override string ToString() => Name ?? GroupKey ?? "";
}
