namespace OdcPowerShell.DependencyManagement;

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
