using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

internal enum AssetEmbed
{
    ReleaseNote,
    Icon,
    SourceCode,
    Signature,
    Metadata,
}

/// <summary>The details of a revision that were asked for; addresses, not content.</summary>
internal sealed record AssetEmbeddedBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReleaseNoteBody? ReleaseNote,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IconBody? Icon,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SourceCodeBody? SourceCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignatureBody? Signature,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AssetMetadataBody? Metadata)
{
    public static AssetEmbeddedBody Of(AssetRevision revision, IReadOnlyList<AssetEmbed> embed, RevisionLinks links) => new(
        embed.Contains(AssetEmbed.ReleaseNote) ? new ReleaseNoteBody(revision.Tag?.ToString(), links.ReleaseNotes(revision)) : null,
        embed.Contains(AssetEmbed.Icon) ? IconBody.Of(revision, links) : null,
        embed.Contains(AssetEmbed.SourceCode) ? SourceCodeBody.Of(revision, links) : null,
        embed.Contains(AssetEmbed.Signature) ? SignatureBody.Of(revision, links) : null,
        embed.Contains(AssetEmbed.Metadata) ? AssetMetadataBody.Of(revision) : null);
}

internal sealed record ReleaseNoteBody(string? Tag, string? ReleaseNoteUrl);

internal sealed record ReleaseNoteContentBody(string? Tag, string? Content);

internal sealed record IconBody(string? IconUrl, Guid? IconDigest)
{
    public static IconBody Of(AssetRevision revision, RevisionLinks links) =>
        new(links.Icon(revision), revision.Asset.HasIcon ? revision.IconDigest : null);
}

internal sealed record SourceCodeBody(string SourceCodeBinaryUrl, Guid SourceCodeDigest)
{
    public static SourceCodeBody Of(AssetRevision revision, RevisionLinks links) => new(links.Source(revision), revision.SourceDigest);
}

internal sealed record SignatureBody(string SignatureBinaryUrl, Guid SignatureDigest, Guid CompatibilitySignatureDigest)
{
    public static SignatureBody Of(AssetRevision revision, RevisionLinks links) =>
        new(links.Signature(revision), revision.SignatureDigest, revision.CompatibilityDigest);
}

/// <summary>The metadata; embedded they have no commit message.</summary>
internal sealed record AssetMetadataBody(
    string? TemplateType, string? ToolVersion, string? Runtime, IReadOnlyList<string>? MobileFrameworks, string? AssemblyVersion,
    string? AssemblyName, string? UrlPath, bool IsDeployable, bool IsBuiltInAsset)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CommitMessage { get; init; }

    public static AssetMetadataBody Of(AssetRevision revision)
    {
        var asset = revision.Asset;
        return new AssetMetadataBody(
            asset.TemplateType, ToolVersionOf(asset), RuntimeOf(asset),
            asset.Type == AssetTypes.MobileLibrary ? ["Capacitor", "Cordova"] : null, null, null, asset.UrlPath, asset.IsDeployable,
            asset.IsBuiltIn);
    }

    // Connections and external libraries are not made in an IDE.
    public static string? ToolVersionOf(Asset asset) => asset.IsExternal ? null : "1.6.24.0";

    public static string? RuntimeOf(Asset asset) => asset.Type == AssetTypes.ExternalLibrary ? "dotnet8" : null;
}
