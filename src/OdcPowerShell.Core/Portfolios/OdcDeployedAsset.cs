using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Portfolios;

/// <summary>An asset with the revisions that run in each stage.</summary>
[Columns("Name 24", "AssetType 17", "DeployedTo")]
public sealed class OdcDeployedAsset : OdcResource, INamed, IJsonOnDeserialized
{
    [JsonPropertyName("key")]
    public string? AssetKey { get; set; }

    /// <summary>The name in its newest deployment.</summary>
    [JsonIgnore]
    public string? Name => Deployments?.OrderByDescending(d => d.DeployedAt).FirstOrDefault()?.AssetName;

    /// <summary>WebApplication, MobileApplication, Workflow, Agent, or another type of a later version of the service.</summary>
    [JsonPropertyName("type")]
    public string? AssetType { get; set; }

    public bool? IsBuiltIn { get; set; }

    /// <summary>One for each stage, the newest first.</summary>
    public IReadOnlyList<OdcDeployedRevision>? Deployments { get; set => field = value.Present(); }

    /// <summary>Each stage with the revision that runs there.</summary>
    [JsonIgnore]
    public string DeployedTo => string.Join("; ", (Deployments ?? []).Select(d => $"{d.DeployedStageName ?? d.DeployedStageKey} {d.Revision}"));

    /// <summary>The same as <see cref="AssetKey"/>, for reading; no parameter binds it.</summary>
    [JsonIgnore]
    public string? Key => AssetKey;

    internal override IEnumerable<OdcResource?> Parts => Deployments ?? [];

    void IJsonOnDeserialized.OnDeserialized()
    {
        foreach (var deployment in Deployments ?? [])
            (deployment.AssetKey, deployment.AssetType, deployment.IsBuiltIn) = (AssetKey, AssetType, IsBuiltIn);
    }

    public override string ToString() => Name ?? AssetKey ?? "";
}

/// <summary>
/// A revision of an asset that runs in a stage. The stage is deliberately not called StageKey: piped to a deployment, the stage where it runs
/// must not become the target stage.
/// </summary>
[Columns("AssetName 23", "DeployedStageName 17", "Revision 8", "Tag 10", "DeployedAt 17", "DeployedByName")]
public sealed class OdcDeployedRevision : OdcResource, INamed
{
    /// <summary>The asset. The answer contains it once for all of its deployments.</summary>
    [JsonIgnore]
    public string? AssetKey { get; internal set; }

    [JsonPropertyName("name")]
    public string? AssetName { get; set; }

    [JsonIgnore]
    public string? AssetType { get; internal set; }

    [JsonIgnore]
    public bool? IsBuiltIn { get; internal set; }

    public int? Revision { get; set; }

    public string? Tag { get; set; }

    /// <summary>The tag as a version, for sorting and comparing. Null where there is no tag.</summary>
    [JsonIgnore]
    public Version? Version => VersionTag.Read(Tag);

    [JsonPropertyName("environmentKey")]
    public string? DeployedStageKey { get; set; }

    /// <summary>The stage's name, where the API client may see the stage.</summary>
    [JsonIgnore]
    public string? DeployedStageName { get; internal set; }

    public string? BuildKey { get; set; }

    public string? DeploymentKey { get; set; }

    [JsonPropertyName("deploymentDateTime")]
    public DateTimeOffset? DeployedAt { get; set; }

    /// <summary>The user or API client that deployed it.</summary>
    [JsonPropertyName("deploymentUserId")]
    public string? DeployedBy { get; set; }

    /// <summary>The name of the user who deployed it, in rows of -Flat; null for an API client, or if users can't be read.</summary>
    [JsonIgnore]
    public string? DeployedByName { get; internal set; }

    public string? Description { get; set; }

    public string? Url { get; set; }

    public string? IconUrl { get; set; }

    public string? TaggingUserKey { get; set; }

    [JsonPropertyName("taggingDateTime")]
    public DateTimeOffset? TaggedAt { get; set; }

    public string? PortfolioKey { get; set; }

    string? INamed.Key => AssetKey;

    string? INamed.Name => AssetName;

    public override string ToString() => $"{AssetName ?? AssetKey}, revision {Revision}";
}

/// <summary>Deployed assets with the names of the stages, which the answers lack.</summary>
internal static class DeployedAssetReader
{
    internal static IPagedList<OdcDeployedAsset> Of(OdcClient client, Operation<Page<OdcDeployedAsset>> list, Query query, ListWindow window) =>
        new OffsetPages<OdcDeployedAsset>(client, list, query, window).Do(async (page, caller, cancellationToken) =>
        {
            await client.Names.Stages.LearnAsync(caller, cancellationToken).ConfigureAwait(false);
            foreach (var deployment in page.SelectMany(a => a.Deployments ?? []))
                deployment.DeployedStageName = client.Names.Stages.NameOf(deployment.DeployedStageKey);
        });

    /// <summary>One row for each deployment in these stages, or in all stages.</summary>
    internal static IPagedList<OdcDeployedRevision> Flat(IPagedList<OdcDeployedAsset> assets, IReadOnlyCollection<string> stageKeys) =>
        assets.SelectMany(asset => (asset.Deployments ?? []).Where(d => stageKeys.Count == 0 || stageKeys.Contains(d.DeployedStageKey, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The same rows with the names of the people who deployed them.</summary>
    internal static IPagedList<OdcDeployedRevision> Named(this IPagedList<OdcDeployedRevision> rows, OdcClient client) =>
        rows.Do(async (page, caller, cancellationToken) =>
        {
            await client.Names.UserNames.LearnAsync(page.Select(row => row.DeployedBy), caller, cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
                row.DeployedByName = client.Names.UserNames.Of(row.DeployedBy);
        });
}
