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

/// <summary>A revision of an asset that another asset uses, directly or through others.</summary>
[Columns("ConsumerAssetName 23", "Name 28", "Revision 8", "IsDirectProducer 17", "AssetType")]
public sealed class OdcAssetProducer : OdcUsedAsset
{
    /// <summary>Whether the asset uses it itself, and not only through others.</summary>
    public bool? IsDirectProducer { get; set; }

    /// <summary>The keys of the assets that it uses itself.</summary>
    [JsonPropertyName("producers")]
    public IReadOnlyList<string>? ProducerKeys { get; set => field = value.Present(); }
}

/// <summary>A producer of an asset with its own producers, and so on.</summary>
[Columns("Name 30", "AssetType 19", "Revision 8", "Producers")]
public sealed class OdcAssetProducerNode : OdcUsedAsset, IJsonOnDeserialized
{
    public IReadOnlyList<OdcAssetProducerNode>? Producers { get; set => field = value.Present(); }

    internal override IEnumerable<OdcResource?> Parts => Producers ?? [];

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var producer in Producers ?? [])
            (producer.ConsumerAssetKey, producer.ConsumerAssetName, producer.ConsumerRevision) = (AssetKey, Name, Revision);
    }
}

/// <summary>A revision of an asset that another one uses.</summary>
public abstract class OdcUsedAsset : OdcDependentAsset
{
    /// <summary>The asset that uses it.</summary>
    [JsonIgnore]
    public string? ConsumerAssetKey { get; internal set; }

    [JsonIgnore]
    public string? ConsumerAssetName { get; internal set; }

    [JsonIgnore]
    public int? ConsumerRevision { get; internal set; }
}
