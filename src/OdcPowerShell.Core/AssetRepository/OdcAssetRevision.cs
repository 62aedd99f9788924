namespace OdcPowerShell.AssetRepository;

/// <summary>A revision of an asset.</summary>
[Columns("Name 26", "Revision 8", "Tag 10", "CreatedAt 17", "CommitMessage 54")]
public class OdcAssetRevision : OdcAsset
{
    public override string ToString() => Revision is { } number ? $"{base.ToString()} revision {number}" : base.ToString();
}
