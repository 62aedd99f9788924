namespace OdcPowerShell.AssetRepository;

/// <summary>A revision as the answer to its creation shows it, with more members than later answers. Its URLs expire after some minutes.</summary>
public sealed class OdcCreatedRevision : OdcAssetRevision
{
    public string? RevisionUserKey { get; set; }

    public string? RevisionUserName { get; set; }

    public string? RevisionUserEmail { get; set; }

    public bool? IsDeployable { get; set; }

    public bool? IsBuiltInAsset { get; set; }

    public string? IconUrl { get; set; }

    public string? PrimaryColor { get; set; }

    public string? UrlPath { get; set; }

    /// <summary>ApplicationTemplate or ScreenTemplateBundle; null for what is no template.</summary>
    public string? TemplateType { get; set; }

    public string? ToolVersion { get; set; }

    public string? SourceCodeBinaryUrl { get; set; }

    public string? MetamodelJsonUrl { get; set; }

    public string? SignatureBinaryUrl { get; set; }

    public string? ReleaseNotesUrl { get; set; }

    public string? SignatureDigest { get; set; }

    public string? CompatibilitySignatureDigest { get; set; }

    public IReadOnlyDictionary<string, string?>? Labels { get; set => field = value.Present(); }

    public string? Runtime { get; set; }

    public string? PublishUserKey { get; set; }

    public string? PublishUserEmail { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public string? ReleaseUserKey { get; set; }

    public string? ReleaseUserEmail { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }
}
