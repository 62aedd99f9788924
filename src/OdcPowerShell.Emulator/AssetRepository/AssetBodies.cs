using System.Text.Json.Serialization;

namespace OdcPowerShell.Emulator;

/// <summary>A revision of an asset as the API writes it.</summary>
internal sealed record AssetRevisionBody(
    Guid AssetKey, Guid PortfolioKey, int Revision, string Name, string? Description, bool IsExternal, string? Tag, Guid ModelDigest,
    Guid? ClonedFromTemplateKey, string AssetType, string CreatedBy, DateTime CreatedAt, string? CommitMessage, string? TaggedBy,
    DateTime? TaggedAt)
{
    [JsonPropertyName("_embedded")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AssetEmbeddedBody? Embedded { get; init; }

    public static AssetRevisionBody Of(AssetRevision revision, IReadOnlyList<AssetEmbed> embed, RevisionLinks links)
    {
        var asset = revision.Asset;
        return new AssetRevisionBody(
            asset.Key, asset.PortfolioKey, revision.Number, asset.Name, asset.Description, asset.IsExternal, revision.Tag?.ToString(),
            revision.ModelDigest, asset.ClonedFrom, asset.Type, revision.CreatedBy, revision.CreatedAt.UtcDateTime, revision.CommitMessage,
            revision.TaggedBy, revision.TaggedAt?.UtcDateTime)
        {
            Embedded = embed.Count == 0 ? null : AssetEmbeddedBody.Of(revision, embed, links),
        };
    }
}

/// <summary>The answer to a creation, in the words of an older API.</summary>
internal sealed record ApplicationVersionBody(
    Guid ApplicationKey, int Revision, string RevisionUserKey, string? RevisionUserName, string? RevisionUserEmail,
    DateTime RevisionDateTime, string? Tag, string Name, string? Description, string? ApplicationType,
    bool IsExternal, bool IsDeployable, bool IsBuiltInApp, Guid? FromTemplateKey, string? IconUrl,
    string? PrimaryColor, string? UrlPath, string? TemplateType, string? ToolVersion,
    string SourceCodeBinaryUrl, string MetamodelJsonUrl, string SignatureBinaryUrl, string? ReleaseNotesUrl, Guid SignatureDigest,
    Guid CompatibilitySignatureDigest, Guid ModelDigest, IReadOnlyDictionary<string, string> Labels, string? Runtime)
{
    public static ApplicationVersionBody Of(AssetRevision revision, RevisionLinks links)
    {
        var asset = revision.Asset;
        return new ApplicationVersionBody(
            asset.Key, revision.Number, revision.CreatedBy, null, null, revision.CreatedAt.UtcDateTime, revision.Tag?.ToString(),
            asset.Name, asset.Description, AssetTypes.InCreationAnswer.Contains(asset.Type, StringComparer.Ordinal) ? asset.Type : null,
            asset.IsExternal, asset.IsDeployable, asset.IsBuiltIn, asset.ClonedFrom, links.Icon(revision), "#2B6CB0",
            asset.UrlPath, asset.TemplateType, AssetMetadataBody.ToolVersionOf(asset), links.Source(revision),
            links.Metamodel(revision), links.Signature(revision),
            links.ReleaseNotes(revision), revision.SignatureDigest, revision.CompatibilityDigest, revision.ModelDigest,
            new Dictionary<string, string>(StringComparer.Ordinal), AssetMetadataBody.RuntimeOf(asset));
    }
}
