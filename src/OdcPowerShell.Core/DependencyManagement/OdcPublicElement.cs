using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.DependencyManagement;

/// <summary>An element that an asset shares with others: a service action, an entity, a block, and so on.</summary>
[Columns("AssetName 20", "Name 23", "ElementType 16", "Revision 8", "IsHidden 8", "ElementKey")]
public sealed class OdcPublicElement : OdcElement
{
    public string? AssetName { get; set; }

    public string? AssetType { get; set; }

    /// <summary>The tag of the revision; null for a revision without one.</summary>
    public string? Tag { get; set; }

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);
}

/// <summary>An element of another asset that an asset uses.</summary>
[Columns("ProducerAssetName 23", "Name 28", "ElementType 17", "IsHidden 8", "ElementKey")]
public sealed class OdcReferencedElement : OdcElement
{
    public string? ProducerAssetKey { get; set; }

    public string? ProducerAssetName { get; set; }

    public string? ProducerAssetType { get; set; }
}

/// <summary>An element of an asset.</summary>
public abstract class OdcElement : OdcResource, INamed
{
    [JsonPropertyName("key")]
    public string? ElementKey { get; set; }

    public string? Name { get; set; }

    /// <summary>The type, for example ServiceAction, ServerEntity, Structure, Block or Role.</summary>
    [JsonPropertyName("type")]
    public string? ElementType { get; set; }

    public string? Description { get; set; }

    /// <summary>Whether it is shared only because another element needs it.</summary>
    public bool? IsHidden { get; set; }

    /// <summary>The asset that was asked for.</summary>
    public string? AssetKey { get; set; }

    public int? Revision { get; set; }

    public string? SignatureDigest { get; set; }

    public string? CompatibilitySignatureDigest { get; set; }

    /// <summary>The same as <see cref="ElementKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => ElementKey;

    public override string ToString() => Name ?? ElementKey ?? "";
}
