using System.Text.Json.Serialization;

namespace OdcPowerShell.Identity;

/// <summary>A user as a member of an end-user group.</summary>
[Columns("Name 24", "Email 34", "Status 19", "MembershipTypes 18", "LastLoginAt 17")]
public sealed class OdcGroupUser : OdcResource
{
    /// <summary>Assigned (put into the group), Mapped (by a claim of an identity provider), or both.</summary>
    public IReadOnlyList<string>? MembershipTypes { get; set; }

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

/// <summary>What a group's list of users tells of a user.</summary>
public sealed class OdcGroupUserProfile : OdcUserSummary;
