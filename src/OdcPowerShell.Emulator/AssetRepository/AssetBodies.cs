namespace OdcPowerShell.Emulator;

internal sealed class AssetBodies(EmulatedStorage storage)
{
    public static string[] Details => ["releaseNote", "icon", "sourceCode", "signature", "metadata"];

    /// <summary>A revision with what the query wants embedded.</summary>
    public Func<AssetRevision, object> Revision(ApiCall call) => Revision(call.Query.Choices("embed", Details));

    public Func<AssetRevision, object> Revision(IReadOnlyList<string> embed) => revision => new
    {
        AssetKey = revision.Asset.Key,
        revision.Asset.PortfolioKey, Revision = revision.Number, revision.Asset.Name, revision.Asset.Description,
        revision.Asset.IsExternal, Tag = revision.Tag?.ToString(), revision.ModelDigest, ClonedFromTemplateKey = revision.Asset.ClonedFrom,
        AssetType = revision.Asset.Type, revision.CreatedBy, CreatedAt = revision.CreatedAt.UtcDateTime, revision.CommitMessage,
        revision.TaggedBy, TaggedAt = revision.TaggedAt?.UtcDateTime,
        _embedded = embed.Count == 0 ? null : embed.Distinct(StringComparer.Ordinal)
            .ToDictionary(detail => detail, detail => Detail(revision, detail), StringComparer.Ordinal),
    };

    /// <summary>The answer to a creation, in the words of an older API.</summary>
    public object Created(AssetRevision revision) => new
    {
        ApplicationKey = revision.Asset.Key, Revision = revision.Number, RevisionUserKey = revision.CreatedBy,
        RevisionUserName = (string?)null, RevisionUserEmail = (string?)null, RevisionDateTime = revision.CreatedAt.UtcDateTime,
        Tag = revision.Tag?.ToString(), revision.Asset.Name, revision.Asset.Description,
        ApplicationType = revision.Asset.TypeInCreationAnswer,
        revision.Asset.IsExternal, revision.Asset.IsDeployable, IsBuiltInApp = revision.Asset.IsBuiltIn,
        FromTemplateKey = revision.Asset.ClonedFrom, IconUrl = IconUrl(revision), PrimaryColor = "#2B6CB0", revision.Asset.UrlPath,
        revision.Asset.TemplateType, revision.Asset.ToolVersion, SourceCodeBinaryUrl = Url(revision, "source.oml"),
        MetamodelJsonUrl = Url(revision, "metamodel.json"), SignatureBinaryUrl = Url(revision, "signature.bin"),
        ReleaseNotesUrl = NotesUrl(revision), revision.SignatureDigest, CompatibilitySignatureDigest = revision.CompatibilityDigest,
        revision.ModelDigest, Labels = new { }, revision.Asset.Runtime,
    };

    public object Detail(AssetRevision revision, string detail) => detail switch
    {
        "icon" => new { IconUrl = IconUrl(revision), IconDigest = revision.Asset.HasIcon ? revision.IconDigest : (Guid?)null },
        "sourceCode" => new { SourceCodeBinaryUrl = Url(revision, "source.oml"), SourceCodeDigest = revision.SourceDigest },
        "signature" => new
        {
            SignatureBinaryUrl = Url(revision, "signature.bin"), revision.SignatureDigest,
            CompatibilitySignatureDigest = revision.CompatibilityDigest,
        },
        "metadata" => Metadata(revision.Asset),
        _ => new { Tag = revision.Tag?.ToString(), ReleaseNoteUrl = NotesUrl(revision) },
    };

    /// <summary>The metadata; only alone, not embedded, they have the commit message of a revision that has one.</summary>
    public static Dictionary<string, object?> Metadata(Asset asset, string? commitMessage = null)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["templateType"] = asset.TemplateType, ["toolVersion"] = asset.ToolVersion, ["runtime"] = asset.Runtime,
            ["mobileFrameworks"] = asset.Type == "MobileLibrary" ? new[] { "Capacitor", "Cordova" } : null,
            ["assemblyVersion"] = null, ["assemblyName"] = null, ["urlPath"] = asset.UrlPath, ["isDeployable"] = asset.IsDeployable,
            ["isBuiltInAsset"] = asset.IsBuiltIn,
        };
        if (commitMessage is not null)
            metadata["commitMessage"] = commitMessage;
        return metadata;
    }

    public string? IconUrl(AssetRevision revision) => revision.Asset.HasIcon ? Url(revision, "icon.png") : null;
    private string? NotesUrl(AssetRevision revision) => revision.ReleaseNotes is null ? null : Url(revision, "release-notes.txt");
    private string Url(AssetRevision revision, string file) => storage.Sign("GET", $"/assets/{revision.Asset.Key}/{revision.Number}/{file}");
}
