using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Portfolios;

/// <summary>An asset in two stages: which revision runs in each, and which stage is behind.</summary>
[Columns("AssetName 18", "Reference 14", "Difference 14", "Behind 12", "Since 17", "RevisionsBehind 15", "AssetType")]
public sealed class OdcStageComparison : OdcResource, INamed
{
    public string? AssetName { get; set; }

    public string? AssetType { get; set; }

    /// <summary>The name of the reference stage.</summary>
    public string? ReferenceStage { get; set; }

    /// <summary>The revision that runs there; null where none does.</summary>
    public int? ReferenceRevision { get; set; }

    public string? ReferenceTag { get; set; }

    /// <summary>Revision and tag in the reference stage as one text, such as <c>5 (1.10.0)</c>.</summary>
    [JsonIgnore]
    public string Reference => VersionTag.Text(ReferenceRevision, ReferenceTag);

    /// <summary>The name of the stage that is compared with it.</summary>
    public string? DifferenceStage { get; set; }

    /// <summary>The revision that runs there; null where none does.</summary>
    public int? DifferenceRevision { get; set; }

    public string? DifferenceTag { get; set; }

    /// <summary>Revision and tag in the other stage as one text.</summary>
    [JsonIgnore]
    public string Difference => VersionTag.Text(DifferenceRevision, DifferenceTag);

    /// <summary>The name of the stage with the older revision, or without the asset; null if both run the same.</summary>
    public string? Behind { get; set; }

    /// <summary>The number of revisions between them; null if both run the same, or if the asset does not run in the stage that is behind.</summary>
    public int? RevisionsBehind { get; set; }

    /// <summary>Since when it is behind: when the newer revision came to the stage that is ahead.</summary>
    public DateTimeOffset? Since { get; set; }

    public string? AssetKey { get; set; }

    string? INamed.Key => AssetKey;

    string? INamed.Name => AssetName;

    internal static OdcStageComparison Of(OdcDeployedAsset asset, OdcStage reference, OdcStage difference)
    {
        var (one, other) = (In(asset, reference), In(asset, difference));
        var order = (one?.Revision ?? 0).CompareTo(other?.Revision ?? 0);
        return new OdcStageComparison
        {
            AssetKey = asset.AssetKey,
            AssetName = (one ?? other)?.AssetName,
            AssetType = asset.AssetType,
            ReferenceStage = reference.Name,
            ReferenceRevision = one?.Revision,
            ReferenceTag = one?.Tag,
            DifferenceStage = difference.Name,
            DifferenceRevision = other?.Revision,
            DifferenceTag = other?.Tag,
            Behind = order == 0 ? null : order < 0 ? reference.Name : difference.Name,
            RevisionsBehind = order == 0 || one is null || other is null ? null : Math.Abs((one.Revision ?? 0) - (other.Revision ?? 0)),
            Since = order == 0 ? null : order < 0 ? other?.DeployedAt : one?.DeployedAt,
        };
    }

    private static OdcDeployedRevision? In(OdcDeployedAsset asset, OdcStage stage) =>
        asset.Deployments?.FirstOrDefault(d => string.Equals(d.DeployedStageKey, stage.StageKey, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => $"{AssetName}: {(Behind is null ? "the same" : Behind + " is behind")}";
}
