namespace OdcPowerShell.DependencyManagement;

/// <summary>A revision of an asset that uses another asset.</summary>
[Columns("ProducerAssetName 23", "Name 26", "AssetType 19", "Revision 8", "AssetKey")]
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
    public string? AssetKey { get; set; }

    public string? Name { get; set; }

    [JsonPropertyName("type")]
    public string? AssetType { get; set; }

    public int? Revision { get; set; }

    public string? Description { get; set; }

    public string? PortfolioKey { get; set; }

    public string? SignatureDigest { get; set; }

    public string? CompatibilitySignatureDigest { get; set; }

    public string? ModelDigest { get; set; }

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    public override string ToString() => $"{Name ?? AssetKey}, revision {Revision}";
}
