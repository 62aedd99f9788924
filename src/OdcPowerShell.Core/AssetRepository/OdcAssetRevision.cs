namespace OdcPowerShell.AssetRepository;

/// <summary>A revision of an asset.</summary>
public class OdcAssetRevision : OdcAsset
{
    public override string ToString() => Revision is { } number ? $"{base.ToString()} revision {number}" : base.ToString();
}
