using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;

namespace OdcPowerShell.Deployments;

/// <summary>Something that happened to an asset: a new revision, a build, a publication, a deployment, an undeployment or an applied configuration.</summary>
[Columns("ChangedAt 17", "Kind 13", "AssetName 16", "Revision 8", "StageName 11", "Who 24", "Status")]
public sealed class OdcChange : OdcResource
{
    /// <summary>When it was created or started; null for a build that has not started yet.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Revision, Build, Publication, Deployment, Undeployment, Configuration, or an operation of a later version of the service.</summary>
    public string? Kind { get; set; }

    public string? AssetName { get; set; }

    public int? Revision { get; set; }

    /// <summary>The tag of a new revision.</summary>
    public string? Tag { get; set; }

    /// <summary>The stage; null for revisions and builds, which belong to none.</summary>
    public string? StageName { get; set; }

    /// <summary>Who did it: the user's name, or the key or name that the service reports.</summary>
    [JsonIgnore]
    public string? Who => ChangedByName ?? ChangedBy;

    /// <summary>The state of the operation; null for a revision.</summary>
    public string? Status { get; set; }

    /// <summary>When the operation ended; null for a revision, and while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The commit message of a revision.</summary>
    public string? CommitMessage { get; set; }

    /// <summary>Debug or Release, for a build.</summary>
    public string? BuildType { get; set; }

    /// <summary>The key of the user or API client; for a revision, also the name of a tool.</summary>
    public string? ChangedBy { get; set; }

    /// <summary>The user's name; null for an API client, or if users can't be read.</summary>
    public string? ChangedByName { get; set; }

    public string? AssetKey { get; set; }

    public string? StageKey { get; set; }

    /// <summary>The key of the publication, deployment, undeployment or applied configuration.</summary>
    public string? OperationKey { get; set; }

    public string? BuildKey { get; set; }

    internal static OdcChange Of(OdcAsset revision) => new()
    {
        Kind = ChangeKinds.Revision,
        ChangedAt = revision.CreatedAt,
        AssetName = revision.Name,
        AssetKey = revision.AssetKey,
        Revision = revision.Revision,
        Tag = revision.Tag,
        CommitMessage = revision.CommitMessage,
        ChangedBy = revision.CreatedBy,
    };

    internal static OdcChange Of(OdcBuild build) => new()
    {
        Kind = ChangeKinds.Build,
        ChangedAt = build.StartedDateTime,
        FinishedAt = build.FinishedDateTime,
        AssetKey = build.AssetKey,
        Revision = build.Revision,
        Status = build.Status,
        BuildType = build.BuildType,
        BuildKey = build.BuildKey,
        ChangedBy = build.BuiltBy,
    };

    internal static OdcChange Of(StageOperation operation) => new()
    {
        Kind = operation is OdcPublication ? ChangeKinds.Publication : ChangeKinds.Of(operation.Operation),
        ChangedAt = operation.StartedDateTime,
        FinishedAt = operation.FinishedDateTime,
        AssetName = (operation as OdcDeployment)?.AssetName,
        AssetKey = operation.AssetKey,
        Revision = (operation as OdcDeployment)?.Revision ?? (operation as OdcPublication)?.Revision,
        StageName = operation.StageName,
        StageKey = operation.StageKey,
        Status = operation.Status,
        ChangedBy = operation.DeployedBy,
        OperationKey = operation.OperationKey,
        BuildKey = operation.BuildKey,
    };

    public override string ToString() => $"{Kind} of {AssetName ?? AssetKey}{(StageName is null ? "" : " in " + StageName)}";
}

/// <summary>The kinds of change, and the API's words for deployment operations.</summary>
internal static class ChangeKinds
{
    internal const string Revision = "Revision";
    internal const string Build = "Build";
    internal const string Publication = "Publication";
    internal const string Deployment = "Deployment";
    internal const string Undeployment = "Undeployment";
    internal const string Configuration = "Configuration";

    internal static readonly IReadOnlyList<string> Known = Array.AsReadOnly([Revision, Build, Publication, Deployment, Undeployment, Configuration]);

    private static readonly System.Collections.ObjectModel.ReadOnlyCollection<(string Kind, string Operation)> Operations = Array.AsReadOnly([(Deployment, "Deploy"), (Undeployment, "Undeploy"), (Configuration, "ApplyConfigs")]);

    /// <summary>The kind of a deployment operation; for an unknown one, the API's own word.</summary>
    internal static string? Of(string? operation) => Operations.FirstOrDefault(o => o.Operation == operation).Kind ?? operation;

    /// <summary>The deployment operations among these kinds.</summary>
    internal static IReadOnlyList<string> OperationsOf(IReadOnlyCollection<string> kinds) => [.. Operations.Where(o => kinds.Contains(o.Kind, StringComparer.Ordinal)).Select(o => o.Operation)];

    /// <summary>Whether these kinds include all deployment operations, also unknown ones.</summary>
    internal static bool HasAllOperations(IReadOnlyCollection<string> kinds) => OperationsOf(kinds).Count == Operations.Count;

    /// <summary>Whether a change is an operation with this noun: a deployment or a publication.</summary>
    internal static bool IsOperation(OdcChange change, string noun) => noun == "publication" ? change.Kind == Publication : Operations.Any(o => o.Kind == change.Kind);
}

/// <summary>The revisions and builds of a timeline. The service lists them for one asset at a time, so only assets with other changes are read.</summary>
internal sealed class AssetChanges(OdcClient client, ChangeScope scope, ChangeSources sources)
{
    private const string Revisions = "Revisions";
    private const string Builds = "Builds";
    private const int RowsPerPage = 1000;
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The assets with a new revision since then, as their latest revision shows them. Specified assets are read directly.</summary>
    internal async Task<IReadOnlyList<OdcAsset>> AssetsAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (scope.AssetKeys.Count == 1)
            return [new OdcAsset { AssetKey = scope.AssetKeys[0] }];
        var assets = await sources.TryAsync(Revisions, () => scope.AssetKeys.Count == 0 ? NewestAsync(caller, cancellationToken) : SpecifiedAsync(caller, cancellationToken), caller).ConfigureAwait(false) ?? [];
        client.Names.AssetNames.Keep(assets);
        return [.. assets.Where(a => a.CreatedAt is null || a.CreatedAt >= scope.Since)];
    }

    internal async Task<IReadOnlyList<OdcChange>> RevisionsAsync(IReadOnlyList<OdcAsset> assets, ICaller caller, CancellationToken cancellationToken)
    {
        var changes = new List<OdcChange>();
        foreach (var asset in assets)
        {
            // The first revision has none before it.
            var revisions = asset.Revision == 1 ? [asset] : await OfAssetAsync<OdcAsset>(Revisions, asset.AssetKey!, async () => await RevisionsOf(asset).ReadAllAsync(caller, cancellationToken).ConfigureAwait(false), caller).ConfigureAwait(false);
            changes.AddRange(revisions.Where(r => IsWithin(r.CreatedAt)).Select(OdcChange.Of));
        }

        return changes;
    }

    internal async Task<IReadOnlyList<OdcChange>> BuildsAsync(IEnumerable<string?> assetKeys, ICaller caller, CancellationToken cancellationToken)
    {
        var changes = new List<OdcChange>();
        foreach (var key in assetKeys.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var builds = await OfAssetAsync(Builds, key, async () => (await client.GetAsync(BuildsApi.ListBuilds, [], new Query().Add("assetKey", key), caller, cancellationToken).ConfigureAwait(false)).Builds ?? [], caller).ConfigureAwait(false);
            changes.AddRange(builds.Where(b => IsWithin(b.StartedDateTime)).Select(OdcChange.Of));
        }

        return changes;
    }

    /// <summary>Warns which assets could not be read.</summary>
    internal async Task WarnAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (_missing.Count == 0)
            return;
        await client.Names.AssetNames.LearnAsync(_missing, caller, cancellationToken).ConfigureAwait(false);
        var names = _missing.Select(key => client.Names.AssetNames.Of(key) ?? key).ToList();
        caller.Warning($"Revisions and builds of {(names.Count == 1 ? "an asset" : names.Count + " assets")} are left out, because the service has no list of them. Deleted assets have none: {string.Join(", ", names.Take(5))}{(names.Count > 5 ? ", \u2026" : "")}.");
    }

    private OffsetPages<OdcAssetRevision> RevisionsOf(OdcAsset asset) =>
        new(client, AssetRepositoryApi.ListRevisions, scope.Dates("revisionDateTimeSince", "revisionDateTimeTo"), new ListWindow(PageSize: RowsPerPage), asset.AssetKey!);

    private async Task<List<OdcAsset>> SpecifiedAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var assets = new List<OdcAsset>();
        for (var i = 0; i < scope.AssetKeys.Count; i += AssetRepositoryApi.KeysPerRequest)
            assets.AddRange((await AssetLookup.FindAsync(client, [.. scope.AssetKeys.Skip(i).Take(AssetRepositoryApi.KeysPerRequest)], new Query(), caller, cancellationToken).ConfigureAwait(false)).Select(a => a.Asset).OfType<OdcAsset>());
        return assets;
    }

    // The newest come first, so reading stops at the first older ones. A list in another order is read to its end.
    private async Task<List<OdcAsset>> NewestAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var assets = new List<OdcAsset>();
        var list = new OffsetPages<OdcAsset>(client, AssetRepositoryApi.ListAssets, new Query().Add("sort", "-createdAt"), new ListWindow(PageSize: RowsPerPage));
        await foreach (var page in list.PagesAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            assets.AddRange(page);
            if (assets[assets.Count - 1].CreatedAt < scope.Since && assets.Zip(assets.Skip(1), (newer, older) => newer.CreatedAt >= older.CreatedAt).All(isInOrder => isInOrder))
                break;
        }

        return assets;
    }

    // An asset that was deleted meanwhile has no list any more.
    private async Task<IReadOnlyList<T>> OfAssetAsync<T>(string source, string assetKey, Func<Task<IReadOnlyList<T>>> read, ICaller caller)
    {
        try
        {
            return await sources.TryAsync(source, read, caller).ConfigureAwait(false) ?? [];
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.InvalidRequest)
        {
            caller.Verbose($"{source} of the asset {assetKey}: {e.Message}");
            _missing.Add(assetKey);
            return [];
        }
    }

    // A build that has not started yet sorts as now.
    private bool IsWithin(DateTimeOffset? date) => (date ?? client.Time.GetUtcNow()) is var at && at >= scope.Since && (scope.Before is null || at < scope.Before);
}
