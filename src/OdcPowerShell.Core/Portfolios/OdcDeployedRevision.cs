using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Portfolios;

/// <summary>
/// A revision of an asset that runs in a stage. The stage is deliberately not called StageKey: where something runs must not become where it
/// is deployed to next.
/// </summary>
[Columns("AssetName 23", "DeployedStageName 17", "Revision 8", "Tag 10", "DeployedAt 17", "DeployedByName")]
public sealed class OdcDeployedRevision : OdcResource, INamed
{
    /// <summary>The asset, which the answer has once for all of its deployments.</summary>
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonPropertyName("name")]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    [JsonIgnore]
    public bool? IsBuiltIn { get; internal set; }

    public int? Revision { get; set; }

    public string? Tag { get; set; }

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);

    [JsonPropertyName("environmentKey")]
    public string? DeployedStageKey { get; set; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? DeployedStageName { get; internal set; }

    public string? BuildKey { get; set; }

    public string? DeploymentKey { get; set; }

    [JsonPropertyName("deploymentDateTime")]
    public DateTimeOffset? DeployedAt { get; set; }

    /// <summary>The user or API client that deployed it.</summary>
    [JsonPropertyName("deploymentUserId")]
    public string? DeployedBy { get; set; }

    /// <summary>The name of the user who deployed it, in rows of -Flat; null for an API client, and where users can't be read.</summary>
    [JsonIgnore]
    public string? DeployedByName { get; internal set; }

    public string? Description { get; set; }

    public string? Url { get; set; }

    public string? IconUrl { get; set; }

    public string? TaggingUserKey { get; set; }

    [JsonPropertyName("taggingDateTime")]
    public DateTimeOffset? TaggedAt { get; set; }

    public string? PortfolioKey { get; set; }

    string? INamed.Key => AssetKey;

    string? INamed.Name => AssetName;

    public override string ToString() => $"{AssetName ?? AssetKey}, revision {Revision}";
}
