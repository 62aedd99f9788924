namespace OdcPowerShell.AssetRepository;

/// <summary>An asset - an app, a library, a workflow, an agent - as its latest revision shows it.</summary>
[Columns("Name 39", "AssetType 19", "Revision 8", "Tag 10", "AssetKey")]
public class OdcAsset : OdcResource, INamed, IJsonOnDeserialized
{
    public string? AssetKey { get; set; }

    public string? Name { get; set; }

    /// <summary>WebApplication, MobileApplication, LowCodeLibrary, Workflow, Agent, or another type of this or a later version of the service.</summary>
    public string? AssetType { get; set; }

    public int? Revision { get; set; }

    /// <summary>The version tag, Major.Minor.Patch; null for a revision without one.</summary>
    public string? Tag { get; set; }

    /// <summary>The tag as a version, for sorting and comparing: 1.10.0 is higher than 1.9.0. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);

    public string? Description { get; set; }

    public string? PortfolioKey { get; set; }

    public bool? IsExternal { get; set; }

    public string? ModelDigest { get; set; }

    public string? ClonedFromTemplateKey { get; set; }

    public string? CreatedBy { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public string? CommitMessage { get; set; }

    public string? TaggedBy { get; set; }

    public DateTimeOffset? TaggedAt { get; set; }

    /// <summary>The parts that <c>-Embed</c> asked for; otherwise null.</summary>
    [JsonPropertyName("_embedded")]
    public OdcAssetEmbedded? Embedded { get; set; }

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts => [Embedded];

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var part in Embedded?.Parts.OfType<OdcAssetPart>() ?? [])
            (part.AssetKey, part.Revision) = (AssetKey, Revision);
    }

    public override string ToString() => Name ?? AssetKey ?? "";
}

/// <summary>A revision of an asset.</summary>
[Columns("Name 27", "Revision 8", "Tag 10", "CreatedAt 17", "CommitMessage")]
public class OdcAssetRevision : OdcAsset
{
    public override string ToString() => Revision is { } number ? $"{base.ToString()} revision {number}" : base.ToString();
}

/// <summary>Tags as versions, so that 1.10.0 comes after 1.9.0.</summary>
internal static class VersionTag
{
    /// <summary>The tag as a version; null without a tag, and for a tag of another form.</summary>
    internal static Version? Read(string? tag) => Version.TryParse(tag, out var version) ? version : null;

    /// <summary>A revision with its tag, if any, as users write it: <c>5 (1.10.0)</c>. Empty without a revision.</summary>
    internal static string Text(int? revision, string? tag) => string.IsNullOrEmpty(tag) ? FormattableString.Invariant($"{revision}") : FormattableString.Invariant($"{revision} ({tag})");
}

/// <summary>Finds many assets by key in one request.</summary>
internal static class AssetLookup
{
    /// <summary>Each key, in the specified order, with its asset; null if the API client can see no such asset.</summary>
    internal static async Task<IReadOnlyList<(string Key, OdcAsset? Asset)>> FindAsync(
        OdcClient client, IReadOnlyList<string> keys, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var asked = query.Copy().AddEach("assetKeys", keys.Distinct(StringComparer.OrdinalIgnoreCase)).Add("limit", AssetRepositoryApi.KeysPerRequest);
        var page = await client.GetAsync(AssetRepositoryApi.ListAssets, [], asked, caller, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, OdcAsset>(StringComparer.OrdinalIgnoreCase);
        foreach (var asset in page.Results ?? [])
            found[asset.AssetKey ?? ""] = asset;
        return [.. keys.Select(k => (k, found.TryGetValue(k, out var asset) ? asset : null))];
    }

    /// <summary>The revision with the highest tag; null for an asset without tags, for which the service answers "not found".</summary>
    internal static async Task<OdcAssetRevision?> HighestTagAsync(OdcClient client, string key, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(AssetRepositoryApi.GetHighestTagRevision, [key], query, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            caller.Verbose($"The asset {key} has no tagged revision.");
            return null;
        }
    }
}
