namespace OdcPowerShell.AssetRepository;

/// <summary>A revision of an asset.</summary>
[Columns("Name 27", "Revision 8", "Tag 10", "CreatedAt 17", "CommitMessage")]
public class OdcAssetRevision : OdcAsset
{
    public override string ToString() => Revision is { } number ? $"{base.ToString()} revision {number}" : base.ToString();
}
