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
