namespace OdcPowerShell.AssetRepository;

/// <summary>What <c>-Embed</c> adds to an asset or a revision.</summary>
public sealed class OdcAssetEmbedded : OdcResource
{
    public OdcAssetReleaseNote? ReleaseNote { get; set; }

    public OdcAssetIcon? Icon { get; set; }

    public OdcAssetSourceCode? SourceCode { get; set; }

    public OdcAssetSignature? Signature { get; set; }

    public OdcAssetMetadata? Metadata { get; set; }

    internal override IEnumerable<OdcResource?> Parts => [ReleaseNote, Icon, SourceCode, Signature, Metadata];

    public override string ToString() => string.Join("; ", Parts.OfType<OdcAssetPart>().Select(p => p.GetType().Name.Substring("OdcAsset".Length)));
}

/// <summary>A detail of one revision of an asset.</summary>
public abstract class OdcAssetPart : OdcResource
{
    /// <summary>The asset that the detail was asked for.</summary>
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    /// <summary>The revision that the detail was asked for.</summary>
    [JsonIgnore]
    public int? Revision { get; internal set; }
}

/// <summary>The release notes of a revision.</summary>
[Columns("AssetKey 36", "Revision 8", "Tag 10", "Content")]
public sealed class OdcAssetReleaseNote : OdcAssetPart, IContentLink
{
    public string? Tag { get; set; }

    public string? Content { get; set; }

    public string? ReleaseNoteUrl { get; set; }

    string? IContentLink.ContentUrl => ReleaseNoteUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-release-notes", ReleaseNoteUrl, ".txt");

    public override string ToString() => Tag ?? "";
}

/// <summary>The download URL of a revision's icon.</summary>
[Columns("AssetKey 36", "Revision 8", "IconDigest")]
public sealed class OdcAssetIcon : OdcAssetPart, IContentLink
{
    public string? IconUrl { get; set; }

    public string? IconDigest { get; set; }

    string? IContentLink.ContentUrl => IconUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-icon", IconUrl, ".png");

    public override string ToString() => IconDigest ?? "";
}

/// <summary>The download URL of a revision's source file.</summary>
[Columns("AssetKey 36", "Revision 8", "SourceCodeDigest")]
public sealed class OdcAssetSourceCode : OdcAssetPart, IContentLink
{
    public string? SourceCodeBinaryUrl { get; set; }

    public string? SourceCodeDigest { get; set; }

    string? IContentLink.ContentUrl => SourceCodeBinaryUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "", SourceCodeBinaryUrl, ".oml");

    public override string ToString() => SourceCodeDigest ?? "";
}

/// <summary>The signature of a revision: what its consumers see of it.</summary>
[Columns("AssetKey 36", "Revision 8", "SignatureDigest 33", "CompatibilitySignatureDigest")]
public sealed class OdcAssetSignature : OdcAssetPart, IContentLink
{
    public string? SignatureBinaryUrl { get; set; }

    public string? SignatureDigest { get; set; }

    public string? CompatibilitySignatureDigest { get; set; }

    string? IContentLink.ContentUrl => SignatureBinaryUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-signature", SignatureBinaryUrl, ".bin");

    public override string ToString() => SignatureDigest ?? "";
}

/// <summary>The tool, runtime and template of a revision, and whether it can be deployed.</summary>
[Columns("AssetKey 36", "Revision 8", "ToolVersion 11", "Runtime 8", "IsDeployable 12", "TemplateType 19", "UrlPath")]
public sealed class OdcAssetMetadata : OdcAssetPart
{
    /// <summary>ApplicationTemplate or ScreenTemplateBundle; null if it is not a template.</summary>
    public string? TemplateType { get; set; }

    public string? ToolVersion { get; set; }

    public string? Runtime { get; set; }

    public IReadOnlyList<string>? MobileFrameworks { get; set => field = value.Present(); }

    public string? AssemblyVersion { get; set; }

    public string? AssemblyName { get; set; }

    public string? UrlPath { get; set; }

    public bool? IsDeployable { get; set; }

    public bool? IsBuiltInAsset { get; set; }

    public string? CommitMessage { get; set; }

    public override string ToString() => Runtime ?? "";
}
