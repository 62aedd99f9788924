using System.Text.Json.Serialization;
using OdcPowerShell.Http;

namespace OdcPowerShell.AssetRepository;

/// <summary>What <c>-Embed</c> adds to an asset or a revision.</summary>
public sealed class OdcAssetEmbedded : OdcResource
{
    public OdcAssetReleaseNote? ReleaseNote { get; init; }

    public OdcAssetIcon? Icon { get; init; }

    public OdcAssetSourceCode? SourceCode { get; init; }

    public OdcAssetSignature? Signature { get; init; }

    public OdcAssetMetadata? Metadata { get; init; }

    internal override IEnumerable<OdcResource?> Parts => [ReleaseNote, Icon, SourceCode, Signature, Metadata];
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
public sealed class OdcAssetReleaseNote : OdcAssetPart, IContentLink
{
    public string? Tag { get; init; }

    public string? Content { get; init; }

    public string? ReleaseNoteUrl { get; init; }

    string? IContentLink.ContentUrl => ReleaseNoteUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-release-notes", ReleaseNoteUrl, ".txt");

    public override string ToString() => Tag ?? "";
}

/// <summary>Where the icon of a revision can be loaded from.</summary>
public sealed class OdcAssetIcon : OdcAssetPart, IContentLink
{
    public string? IconUrl { get; init; }

    public string? IconDigest { get; init; }

    string? IContentLink.ContentUrl => IconUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-icon", IconUrl, ".png");

    public override string ToString() => IconDigest ?? "";
}

/// <summary>Where the source file of a revision can be loaded from.</summary>
public sealed class OdcAssetSourceCode : OdcAssetPart, IContentLink
{
    public string? SourceCodeBinaryUrl { get; init; }

    public string? SourceCodeDigest { get; init; }

    string? IContentLink.ContentUrl => SourceCodeBinaryUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "", SourceCodeBinaryUrl, ".oml");

    public override string ToString() => SourceCodeDigest ?? "";
}

/// <summary>The signature of a revision: what its consumers see of it.</summary>
public sealed class OdcAssetSignature : OdcAssetPart, IContentLink
{
    public string? SignatureBinaryUrl { get; init; }

    public string? SignatureDigest { get; init; }

    public string? CompatibilitySignatureDigest { get; init; }

    string? IContentLink.ContentUrl => SignatureBinaryUrl;

    string IContentLink.SuggestedFileName => ContentName.Of(AssetKey, Revision, "-signature", SignatureBinaryUrl, ".bin");

    public override string ToString() => SignatureDigest ?? "";
}

/// <summary>What a revision is made with and whether it can be deployed.</summary>
public sealed class OdcAssetMetadata : OdcAssetPart
{
    /// <summary>ApplicationTemplate or ScreenTemplateBundle; null for what is no template.</summary>
    public string? TemplateType { get; init; }

    public string? ToolVersion { get; init; }

    public string? Runtime { get; init; }

    public IReadOnlyList<string>? MobileFrameworks { get; init; }

    public string? AssemblyVersion { get; init; }

    public string? AssemblyName { get; init; }

    public string? UrlPath { get; init; }

    public bool? IsDeployable { get; init; }

    public bool? IsBuiltInAsset { get; init; }

    public string? CommitMessage { get; init; }

    public override string ToString() => Runtime ?? "";
}
