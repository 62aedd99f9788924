namespace OdcPowerShell.AssetRepository;

/// <summary>One revision of an asset.</summary>
public sealed class OdcAssetRevision : OdcAsset
{
    public override string ToString() => $"{base.ToString()}, revision {Revision}";
}
