using System.Text.Json.Serialization;
using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Portfolios;

/// <summary>
/// A revision of an asset that runs in a stage. The stage is deliberately not called StageKey: where something runs must not become where it
/// is deployed to next.
/// </summary>
public sealed class OdcDeployedRevision : OdcResource, INamed
{
    /// <summary>The asset, which the service tells once for all of its deployments.</summary>
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonPropertyName("name")]
    public string? AssetName { get; init; }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    [JsonIgnore]
    public bool? IsBuiltIn { get; internal set; }

    public int? Revision { get; init; }

    public string? Tag { get; init; }

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);

    [JsonPropertyName("environmentKey")]
    public string? DeployedStageKey { get; init; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? DeployedStageName { get; internal set; }

    public string? BuildKey { get; init; }

    public string? DeploymentKey { get; init; }

    [JsonPropertyName("deploymentDateTime")]
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>The user or API client that deployed it.</summary>
    [JsonPropertyName("deploymentUserId")]
    public string? DeployedBy { get; init; }

    public string? Description { get; init; }

    public string? Url { get; init; }

    public string? IconUrl { get; init; }

    public string? TaggingUserKey { get; init; }

    [JsonPropertyName("taggingDateTime")]
    public DateTimeOffset? TaggedAt { get; init; }

    public string? PortfolioKey { get; init; }

    string? INamed.Key => AssetKey;

    string? INamed.Name => AssetName;

    public override string ToString() => $"{AssetName ?? AssetKey}, revision {Revision}";
}
