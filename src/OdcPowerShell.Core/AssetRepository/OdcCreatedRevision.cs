namespace OdcPowerShell.AssetRepository;

/// <summary>A revision as the answer to its creation tells it, which knows more of it than later answers. Its URLs end after some minutes.</summary>
public sealed class OdcCreatedRevision : OdcAssetRevision
{
    public string? RevisionUserKey { get; init; }

    public string? RevisionUserName { get; init; }

    public string? RevisionUserEmail { get; init; }

    public bool? IsDeployable { get; init; }

    public bool? IsBuiltInAsset { get; init; }

    public string? IconUrl { get; init; }

    public string? PrimaryColor { get; init; }

    public string? UrlPath { get; init; }

    /// <summary>ApplicationTemplate or ScreenTemplateBundle; null for what is no template.</summary>
    public string? TemplateType { get; init; }

    public string? ToolVersion { get; init; }

    public string? SourceCodeBinaryUrl { get; init; }

    public string? MetamodelJsonUrl { get; init; }

    public string? SignatureBinaryUrl { get; init; }

    public string? ReleaseNotesUrl { get; init; }

    public string? SignatureDigest { get; init; }

    public string? CompatibilitySignatureDigest { get; init; }

    public IReadOnlyDictionary<string, string?>? Labels { get; init; }

    public string? Runtime { get; init; }

    public string? PublishUserKey { get; init; }

    public string? PublishUserEmail { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public string? ReleaseUserKey { get; init; }

    public string? ReleaseUserEmail { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }
}
