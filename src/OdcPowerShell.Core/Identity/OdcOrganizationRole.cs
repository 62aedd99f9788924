namespace OdcPowerShell.Identity;

/// <summary>An organization role: a set of permissions for members.</summary>
[Columns("Name 51", "IsReadOnly 10", "PermissionCount 16", "OrganizationRoleKey")]
public sealed class OdcOrganizationRole : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? OrganizationRoleKey { get; set; }

    public string? Name { get; set; }

    /// <summary>Whether the role is one of the service's own, which can't be changed.</summary>
    public bool? IsReadOnly { get; set; }

    public IReadOnlyList<OdcOrganizationRolePermission>? Permissions { get; set => field = value.Present(); }

    [JsonIgnore]
    public int? PermissionCount => Permissions?.Count;

    /// <summary>The same as <see cref="OrganizationRoleKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => OrganizationRoleKey;

    internal override IEnumerable<OdcResource?> Parts => Permissions ?? [];

    public override string ToString() => Name ?? OrganizationRoleKey ?? "";
}

/// <summary>A permission of an organization role, and where it applies.</summary>
[Columns("Name 46", "LimitedTo 32", "PermissionKey")]
public sealed class OdcOrganizationRolePermission : OdcResource
{
    public string? PermissionKey { get; set; }

    public string? Name { get; set; }

    public string? ClaimName { get; set; }

    /// <summary>The stages that the permission is limited to.</summary>
    [JsonPropertyName("environmentKeys")]
    public IReadOnlyList<string>? StageKeys { get; set => field = value.Present(); }

    /// <summary>The portfolios that the permission is limited to.</summary>
    public IReadOnlyList<string>? PortfolioKeys { get; set => field = value.Present(); }

    /// <summary>The scope of the permission: the whole organization, or a number of stages and portfolios.</summary>
    [JsonIgnore]
    public string LimitedTo => (StageKeys?.Count ?? 0, PortfolioKeys?.Count ?? 0) switch
    {
        (0, 0) => "organization",
        var (stages, portfolios) => string.Join(", ", new[] { Count(stages, "stage"), Count(portfolios, "portfolio") }.Where(t => t.Length > 0)),
    };

    private static string Count(int count, string noun) => count == 0 ? "" : FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    public override string ToString() => Name ?? PermissionKey ?? "";
}

/// <summary>An organization role that a user has, for the whole organization or for one asset.</summary>
[Columns("UserEmail 33", "Name 23", "AssetName 21", "Scope 12", "GrantPeriod")]
public sealed class OdcUserOrganizationRole : OdcResource
{
    [JsonPropertyName("key")]
    public string? OrganizationRoleKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The asset that the role is limited to; null for the whole organization.</summary>
    public string? AssetKey { get; set; }

    /// <summary>The asset's name, where the API client may open the asset.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    public string? PortfolioKey { get; set; }

    /// <summary>When the role begins and expires; null for always.</summary>
    public OdcGrantPeriod? GrantPeriod { get; set; }

    /// <summary>Organization or Asset.</summary>
    [JsonIgnore]
    public string Scope => AssetKey is null ? "Organization" : "Asset";

    [JsonIgnore]
    public string? UserKey { get; internal set; }

    [JsonIgnore]
    public string? UserName { get; internal set; }

    [JsonIgnore]
    public string? UserEmail { get; internal set; }

    internal override IEnumerable<OdcResource?> Parts => [GrantPeriod];

    public override string ToString() => Name ?? OrganizationRoleKey ?? "";
}

/// <summary>The period of a granted role; null means no limit.</summary>
public sealed class OdcGrantPeriod : OdcTextPart
{
    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public override string ToString() => FormattableString.Invariant($"{StartTime:yyyy-MM-dd} - {EndTime:yyyy-MM-dd}");
}

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

    internal const string Separator = " > ";

    /// <summary>Category and name, as the portal shows a permission.</summary>
    internal string? FullName => Category is null ? Name : Category + Separator + Name;

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
