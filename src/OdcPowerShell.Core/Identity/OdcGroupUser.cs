namespace OdcPowerShell.Identity;

/// <summary>A user as a member of an end-user group.</summary>
[Columns("Name 18", "Email 33", "LastLoginAt 17", "Status 19", "MembershipTypes")]
public sealed class OdcGroupUser : OdcResource
{
    /// <summary>Assigned (put into the group), Mapped (by a claim of an identity provider), or both.</summary>
    public IReadOnlyList<string>? MembershipTypes { get; set => field = value.Present(); }

    public OdcGroupUserProfile? User { get; set; }

    [JsonIgnore]
    public string? UserKey => User?.UserKey;

    [JsonIgnore]
    public string? Name => User?.Name;

    [JsonIgnore]
    public string? Email => User?.Email;

    [JsonIgnore]
    public string? Status => User?.Status;

    [JsonIgnore]
    public DateTimeOffset? LastLoginAt => User?.LastLoginAt;

    [JsonIgnore]
    public string? GroupKey { get; internal set; }

    [JsonIgnore]
    public string? GroupName { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [User];

    public override string ToString() => User?.ToString() ?? "";
}

/// <summary>A user in a group's list of users.</summary>
public sealed class OdcGroupUserProfile : OdcUserSummary;
