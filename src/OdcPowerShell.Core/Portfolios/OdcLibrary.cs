using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Portfolios;

/// <summary>A library of a portfolio.</summary>
[Columns("Name 30", "AssetType 18", "Revision 8", "Tag 10", "IsBuiltIn 9", "AssetKey")]
public sealed class OdcLibrary : OdcResource, INamed, IJsonOnDeserialized
{
    [JsonPropertyName("key")]
    public string? AssetKey { get; set; }

    /// <summary>The name in the newest of its listed revisions.</summary>
    [JsonIgnore]
    public string? Name => Newest?.Name;

    /// <summary>LowCodeLibrary, ExtensionLibrary, ExternalLibrary, WidgetLibrary, MobileLibrary, or another type of a later version of the service.</summary>
    [JsonPropertyName("type")]
    public string? AssetType { get; set; }

    public bool? IsBuiltIn { get; set; }

    public string? PortfolioKey { get; set; }

    /// <summary>The newest of the listed revisions.</summary>
    [JsonIgnore]
    public int? Revision => Newest?.Revision;

    [JsonIgnore]
    public string? Tag => Newest?.Tag;

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => Newest?.Version;

    /// <summary>The revisions that <c>-RevisionScope</c> asked for.</summary>
    public IReadOnlyList<OdcLibraryRevision>? Revisions { get; set => field = value.Present(); }

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts => Revisions ?? [];

    private OdcLibraryRevision? Newest => Revisions?.OrderByDescending(r => r.Revision).FirstOrDefault();

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var revision in Revisions ?? [])
            (revision.AssetKey, revision.AssetType) = (AssetKey, AssetType);
    }

    public override string ToString() => Name ?? AssetKey ?? "";
}

/// <summary>A revision of a library.</summary>
[Columns("Name 32", "Revision 8", "Tag 10", "PublishedAt 17", "IsLatest 8", "Description")]
public sealed class OdcLibraryRevision : OdcResource
{
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    public int? Revision { get; set; }

    public string? Name { get; set; }

    public string? Tag { get; set; }

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);

    public string? Description { get; set; }

    public string? IconUrl { get; set; }

    [JsonPropertyName("publishDateTime")]
    public DateTimeOffset? PublishedAt { get; set; }

    public string? PublishUserKey { get; set; }

    public string? TaggingUserKey { get; set; }

    [JsonPropertyName("taggingDateTime")]
    public DateTimeOffset? TaggedAt { get; set; }

    public bool? IsLatest { get; set; }

    public override string ToString() => $"{Name ?? AssetKey}, revision {Revision}";
}
