namespace OdcPowerShell.Identity;

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
