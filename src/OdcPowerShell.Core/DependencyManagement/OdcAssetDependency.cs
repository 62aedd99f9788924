using System.Text.Json.Serialization;

namespace OdcPowerShell.DependencyManagement;

/// <summary>A revision of an asset that uses another asset.</summary>
public sealed class OdcAssetDependency : OdcDependentAsset
{
    /// <summary>The asset whose consumers were asked for.</summary>
    [JsonIgnore]
    public string? ProducerAssetKey { get; internal set; }

    [JsonIgnore]
    public string? ProducerAssetName { get; internal set; }

    /// <summary>The revision whose consumers were asked for; null where the whole asset's were.</summary>
    [JsonIgnore]
    public int? ProducerRevision { get; internal set; }
}

/// <summary>A revision of an asset at one end of a dependency.</summary>
public abstract class OdcDependentAsset : OdcResource
{
    [JsonPropertyName("key")]
    public string? AssetKey { get; init; }

    public string? Name { get; init; }

    [JsonPropertyName("type")]
    public string? AssetType { get; init; }

    public int? Revision { get; init; }

    public string? Description { get; init; }

    public string? PortfolioKey { get; init; }

    public string? SignatureDigest { get; init; }

    public string? CompatibilitySignatureDigest { get; init; }

    public string? ModelDigest { get; init; }

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    public override string ToString() => $"{Name ?? AssetKey}, revision {Revision}";
}
