namespace OdcPowerShell.Identity;

/// <summary>An end-user role of an asset in a stage, which the API calls application role.</summary>
[Columns("Name 27", "AssetName 30", "StageName 20", "EndUserRoleKey")]
public class OdcEndUserRole : OdcResource, INamed
{
    public OdcEndUserRole()
    {
    }

    private protected OdcEndUserRole(OdcEndUserRole role)
    {
        EndUserRoleKey = role.EndUserRoleKey;
        Name = role.Name;
        StageKey = role.StageKey;
        AssetKey = role.AssetKey;
        ExternalKey = role.ExternalKey;
        Claim = role.Claim;
        PortfolioKey = role.PortfolioKey;
        Unknown = role.Unknown;
    }

    /// <summary>The role's key, which differs per stage.</summary>
    [JsonPropertyName("key")]
    public string? EndUserRoleKey { get; set; }

    public string? Name { get; set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? StageName { get; internal set; }

    public string? AssetKey { get; set; }

    /// <summary>The asset's name, where the API client may open the asset.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    /// <summary>The role's identifier that is the same in all stages.</summary>
    public string? ExternalKey { get; set; }

    public string? Claim { get; set; }

    public string? PortfolioKey { get; set; }

    /// <summary>The group whose roles were asked for.</summary>
    [JsonIgnore]
    public string? GroupKey { get; internal set; }

    [JsonIgnore]
    public string? GroupName { get; internal set; }

    /// <summary>The same as <see cref="EndUserRoleKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => EndUserRoleKey;

    public override string ToString() => Name ?? EndUserRoleKey ?? "";
}

/// <summary>An end-user role that a user has, directly or through groups.</summary>
[Columns("UserName 18", "Name 18", "AssetName 19", "StageName 14", "Source 22", "UserEmail")]
public sealed class OdcUserEndUserRole : OdcEndUserRole
{
    public OdcUserEndUserRole()
    {
    }

    internal OdcUserEndUserRole(OdcEndUserRole role, bool isDirect, IReadOnlyList<OdcAssignedGroup> groups)
        : base(role)
    {
        IsDirectlyAssigned = isDirect;
        AssignedGroups = groups;
    }

    public bool? IsDirectlyAssigned { get; set; }

    /// <summary>The groups through which the user has the role.</summary>
    public IReadOnlyList<OdcAssignedGroup>? AssignedGroups { get; set => field = value.Present(); }

    /// <summary>Where the role comes from: Direct, GroupAssigned, GroupMapped, or several of them.</summary>
    [JsonIgnore]
    public string Source => string.Join(", ", Sources);

    [JsonIgnore]
    public string? UserKey { get; internal set; }

    [JsonIgnore]
    public string? UserName { get; internal set; }

    [JsonIgnore]
    public string? UserEmail { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => AssignedGroups ?? [];

    [JsonIgnore]
    internal bool IsDirect => IsDirectlyAssigned ?? AssignedGroups is not { Count: > 0 };

    [JsonIgnore]
    internal IEnumerable<string> Sources =>
        (IsDirect ? [RoleSources.Direct] : Array.Empty<string>()).Concat((AssignedGroups ?? []).Select(g => "Group" + g.MembershipType)).Distinct(StringComparer.Ordinal);
}

/// <summary>A group through which a user has a role.</summary>
[Columns("Name 26", "MembershipType 14", "GroupKey")]
public sealed class OdcAssignedGroup : OdcResource
{
    [JsonPropertyName("key")]
    public string? GroupKey { get; set; }

    public string? Name { get; set; }

    /// <summary>Assigned or Mapped.</summary>
    public string? MembershipType { get; set; }

    public override string ToString() => Name ?? GroupKey ?? "";
}

/// <summary>The possible sources of a user's end-user role. The service returns only direct roles unless the request asks for all.</summary>
internal static class RoleSources
{
    internal const string Direct = "Direct";
    internal const string Unknown = "Unknown";

    internal static string[] All => [Direct, "GroupAssigned", "GroupMapped"];
}
