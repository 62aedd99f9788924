namespace OdcPowerShell.AssetRepository;

/// <summary>What the creation of a revision answers: the words of an older API, which <see cref="ToRevision"/> turns into those of all others.</summary>
internal sealed class ApplicationVersion : OdcResource
{
    public string? ApplicationKey { get; init; }

    public int? Revision { get; init; }

    public string? RevisionUserKey { get; init; }

    public string? RevisionUserName { get; init; }

    public string? RevisionUserEmail { get; init; }

    public DateTimeOffset? RevisionDateTime { get; init; }

    public string? Tag { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ApplicationType { get; init; }

    public bool? IsExternal { get; init; }

    public bool? IsDeployable { get; init; }

    public bool? IsBuiltInApp { get; init; }

    public string? FromTemplateKey { get; init; }

    public string? IconUrl { get; init; }

    public string? PrimaryColor { get; init; }

    public string? UrlPath { get; init; }

    public string? TemplateType { get; init; }

    public string? ToolVersion { get; init; }

    public string? SourceCodeBinaryUrl { get; init; }

    public string? MetamodelJsonUrl { get; init; }

    public string? SignatureBinaryUrl { get; init; }

    public string? ReleaseNotesUrl { get; init; }

    public string? SignatureDigest { get; init; }

    public string? CompatibilitySignatureDigest { get; init; }

    public string? ModelDigest { get; init; }

    public IReadOnlyDictionary<string, string?>? Labels { get; init; }

    public string? Runtime { get; init; }

    public string? PublishUserEmail { get; init; }

    public string? PublishUserKey { get; init; }

    public DateTimeOffset? PublishDateTime { get; init; }

    public string? ReleaseUserEmail { get; init; }

    public string? ReleaseUserKey { get; init; }

    public DateTimeOffset? ReleaseDateTime { get; init; }

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
