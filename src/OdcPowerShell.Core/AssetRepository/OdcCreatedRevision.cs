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

    /// <summary>ApplicationTemplate or ScreenTemplateBundle; null if it is not a template.</summary>
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

/// <summary>What the creation of a revision answers: the words of an older API, which <see cref="ToRevision"/> turns into those of all others.</summary>
internal sealed class ApplicationVersion : OdcResource, IAnswer
{
    public string? ApplicationKey { get; set; }

    public int? Revision { get; set; }

    public string? RevisionUserKey { get; set; }

    public string? RevisionUserName { get; set; }

    public string? RevisionUserEmail { get; set; }

    public DateTimeOffset? RevisionDateTime { get; set; }

    public string? Tag { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? ApplicationType { get; set; }

    public bool? IsExternal { get; set; }

    public bool? IsDeployable { get; set; }

    public bool? IsBuiltInApp { get; set; }

    public string? FromTemplateKey { get; set; }

    public string? IconUrl { get; set; }

    public string? PrimaryColor { get; set; }

    public string? UrlPath { get; set; }

    public string? TemplateType { get; set; }

    public string? ToolVersion { get; set; }

    public string? SourceCodeBinaryUrl { get; set; }

    public string? MetamodelJsonUrl { get; set; }

    public string? SignatureBinaryUrl { get; set; }

    public string? ReleaseNotesUrl { get; set; }

    public string? SignatureDigest { get; set; }

    public string? CompatibilitySignatureDigest { get; set; }

    public string? ModelDigest { get; set; }

    public IReadOnlyDictionary<string, string?>? Labels { get; set; }

    public string? Runtime { get; set; }

    public string? PublishUserEmail { get; set; }

    public string? PublishUserKey { get; set; }

    public DateTimeOffset? PublishDateTime { get; set; }

    public string? ReleaseUserEmail { get; set; }

    public string? ReleaseUserKey { get; set; }

    public DateTimeOffset? ReleaseDateTime { get; set; }

    [JsonIgnore]
    public string? Missing => string.IsNullOrEmpty(ApplicationKey) ? "applicationKey" : null;

    internal OdcCreatedRevision ToRevision() => new()
    {
        AssetKey = ApplicationKey,
        Revision = Revision,
        Name = Name,
        AssetType = ApplicationType,
        Tag = Tag,
        Description = Description,
        IsExternal = IsExternal,
        ModelDigest = ModelDigest,
        ClonedFromTemplateKey = FromTemplateKey,
        CreatedBy = RevisionUserName ?? RevisionUserEmail ?? RevisionUserKey,
        CreatedAt = RevisionDateTime,
        RevisionUserKey = RevisionUserKey,
        RevisionUserName = RevisionUserName,
        RevisionUserEmail = RevisionUserEmail,
        IsDeployable = IsDeployable,
        IsBuiltInAsset = IsBuiltInApp,
        IconUrl = IconUrl,
        PrimaryColor = PrimaryColor,
        UrlPath = UrlPath,
        TemplateType = TemplateType,
        ToolVersion = ToolVersion,
        SourceCodeBinaryUrl = SourceCodeBinaryUrl,
        MetamodelJsonUrl = MetamodelJsonUrl,
        SignatureBinaryUrl = SignatureBinaryUrl,
        ReleaseNotesUrl = ReleaseNotesUrl,
        SignatureDigest = SignatureDigest,
        CompatibilitySignatureDigest = CompatibilitySignatureDigest,
        Labels = Labels,
        Runtime = Runtime,
        PublishUserKey = PublishUserKey,
        PublishUserEmail = PublishUserEmail,
        PublishedAt = PublishDateTime,
        ReleaseUserKey = ReleaseUserKey,
        ReleaseUserEmail = ReleaseUserEmail,
        ReleasedAt = ReleaseDateTime,
        Unknown = Unknown,
    };
}
