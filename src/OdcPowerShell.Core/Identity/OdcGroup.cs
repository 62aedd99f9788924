namespace OdcPowerShell.Identity;

/// <summary>An end-user group of a stage.</summary>
[Columns("Name 32", "StageName 16", "Description")]
public sealed class OdcGroup : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? GroupKey { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    [JsonPropertyName("environmentKey")]
    public string? StageKey { get; set; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? StageName { get; internal set; }

    public string? PortfolioKey { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The claims of identity providers that make users members.</summary>
    [JsonPropertyName("groupIdpClaimMappings")]
    public IReadOnlyList<OdcGroupClaimMapping>? ClaimMappings { get; set => field = value.Present(); }

    /// <summary>The same as <see cref="GroupKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => GroupKey;

    internal override IEnumerable<OdcResource?> Parts => ClaimMappings ?? [];

    public override string ToString() => Name ?? GroupKey ?? "";
}

/// <summary>A claim of an identity provider that makes users members of a group.</summary>
[Columns("ForeignClaim 42", "IdentityProviderKey 36", "MappingKey")]
public sealed class OdcGroupClaimMapping : OdcResource
{
    [JsonPropertyName("key")]
    public string? MappingKey { get; set; }

    [JsonPropertyName("providerKey")]
    public string? IdentityProviderKey { get; set; }

    public OdcForeignClaim? ForeignClaim { get; set; }

    public DateTimeOffset? LastUpdatedDate { get; set; }

    /// <summary>The group that the mapping belongs to.</summary>
    [JsonIgnore]
    public string? GroupKey { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [ForeignClaim];

    public override string ToString() => ForeignClaim?.ToString() ?? MappingKey ?? "";
}

/// <summary>A claim as an identity provider sends it.</summary>
public sealed class OdcForeignClaim : OdcTextPart
{
    public string? Name { get; set; }

    public string? ValueDelimiter { get; set; }

    public string? Value { get; set; }

    public override string ToString() => $"{Name} = {Value}";
}

/// <summary>A group that a user is a member of.</summary>
[Columns("UserEmail 33", "Name 27", "StageName 17", "MembershipTypes")]
public sealed class OdcUserGroup : OdcResource, INamed
{
    /// <summary>Assigned (put into the group), Mapped (by a claim of an identity provider), or both.</summary>
    public IReadOnlyList<string>? MembershipTypes { get; set => field = value.Present(); }

    public OdcGroup? Group { get; set; }

    [JsonIgnore]
    public string? GroupKey => Group?.GroupKey;

    [JsonIgnore]
    public string? Name => Group?.Name;

    [JsonIgnore]
    public string? Key => Group?.GroupKey;

    [JsonIgnore]
    public string? StageKey => Group?.StageKey;

    [JsonIgnore]
    public string? StageName => Group?.StageName;

    [JsonIgnore]
    public string? UserKey { get; internal set; }

    [JsonIgnore]
    public string? UserName { get; internal set; }

    [JsonIgnore]
    public string? UserEmail { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [Group];

    public override string ToString() => Group?.ToString() ?? "";
}

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
