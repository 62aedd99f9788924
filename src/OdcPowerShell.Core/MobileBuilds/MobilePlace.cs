using OdcPowerShell.Builds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.MobileBuilds;

/// <summary>What belongs to a mobile app in a stage. The answers of this API lack the stage and the names, which are added here.</summary>
internal interface IOfMobileApp
{
    string? AssetKey { get; set; }

    string? AssetName { get; set; }

    string? StageKey { get; set; }

    string? StageName { get; set; }
}

/// <summary>A mobile app in a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="AssetKey">The key of the app.</param>
/// <param name="AssetName">Its name, if known.</param>
/// <param name="AssetType">Its type, if known.</param>
internal sealed record MobilePlace(OdcStage Stage, string AssetKey, string? AssetName = null, string? AssetType = null)
{
    /// <summary>The type of assets that are packaged.</summary>
    internal const string MobileType = "MobileApplication";

    /// <summary>The keys in the paths of its operations.</summary>
    internal string[] Keys => [Stage.StageKey!, AssetKey];

    /// <summary>The keys in the queries about builds. The specification declares them as optional, but without them no build is found.</summary>
    internal Query Query => AddTo(new Query());

    /// <summary>The error for an app that does not run in the stage.</summary>
    internal OdcException NotDeployed(Exception? inner = null) => new(
        OdcErrorCause.NotFound, $"{AssetName ?? $"The asset {AssetKey}"} does not run in {Stage}.", $"Deploy it there, or specify another stage: Get-OdcDeployedAsset -Stage '{Stage}' -Flat lists what runs there.", inner);

    internal Query AddTo(Query query) => query.Add("environmentKey", Stage.StageKey).Add("applicationKey", AssetKey);

    /// <summary>The same with the name and the type of the app, which takes one request if they are not known.</summary>
    /// <exception cref="OdcException">The asset is not a mobile app.</exception>
    internal async Task<MobilePlace> CompleteAsync(OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        var place = this;
        if (AssetType is null)
        {
            await client.Names.AssetNames.LearnAsync([AssetKey], caller, cancellationToken).ConfigureAwait(false);
            var found = client.Names.AssetNames.Find(AssetKey);
            place = this with { AssetName = AssetName ?? found?.Name, AssetType = found?.AssetType };
        }

        // A type that can't be read is left to the service.
        if (place.AssetType is not { } type || string.Equals(type, MobileType, StringComparison.OrdinalIgnoreCase))
            return place;
        throw new OdcException(
            OdcErrorCause.InvalidRequest, $"{place.AssetName ?? AssetKey} is {ResourceType.ArticleOf(type).ToLowerInvariant()} {type} and not a mobile app.",
            type.EndsWith("Library", StringComparison.OrdinalIgnoreCase) ? "Specify a mobile app that uses the library." : $"Get-OdcAsset -Type {MobileType} lists the mobile apps.");
    }

    /// <summary>The revision of the app that runs in the stage; null if none does.</summary>
    internal async Task<OdcDeployedRevision?> FindDeployedAsync(OdcClient client, ICaller caller, CancellationToken cancellationToken)
    {
        var query = new Query().Add("key", AssetKey).Add("environmentKey", Stage.StageKey);
        var page = await client.GetAsync(PortfoliosApi.ListDeployedAssets, [], query, caller, cancellationToken).ConfigureAwait(false);
        return (page.Results ?? []).Where(asset => IsSame(asset.AssetKey, AssetKey)).SelectMany(asset => asset.Deployments ?? []).FirstOrDefault(d => IsSame(d.DeployedStageKey, Stage.StageKey));
    }

    /// <summary>Reads something of the app; null when the app runs in the stage and nothing was configured.</summary>
    /// <exception cref="OdcException">The app does not run in the stage, or the API client may not see it.</exception>
    internal async Task<T?> ReadAsync<T>(OdcClient client, Operation<T> operation, ICaller caller, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await client.GetAsync(operation, Keys, query: null, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            return await FindDeployedAsync(client, caller, cancellationToken).ConfigureAwait(false) is null ? throw NotDeployed(e) : null;
        }
    }

    private static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The app and the stage, as far as their names are known, for messages.</summary>
    public override string ToString() => $"{AssetName ?? AssetKey} in {Stage}";
}

/// <summary>What is packaged: a build of a revision of a mobile app, for a stage.</summary>
internal sealed record MobileRevision(MobilePlace Place, string BuildKey, int Revision)
{
    /// <summary>The specified build; without one, what runs in the stage, or the newest finished Release build of the specified revision.</summary>
    /// <exception cref="OdcException">The app does not run in the stage, or the revision has no such build.</exception>
    internal static async Task<MobileRevision> FindAsync(OdcClient client, MobilePlace place, string? buildKey, int? revision, ICaller caller, CancellationToken cancellationToken)
    {
        if (buildKey is not null)
            return new MobileRevision(place, buildKey, revision ?? await RevisionOfAsync(client, buildKey, caller, cancellationToken).ConfigureAwait(false));
        if (await place.FindDeployedAsync(client, caller, cancellationToken).ConfigureAwait(false) is { BuildKey: { } running, Revision: { } deployed } && deployed == (revision ?? deployed))
            return new MobileRevision(place, running, deployed);
        if (revision is not { } wanted)
            throw place.NotDeployed();
        var builds = await BuildOperations.OfRevisionAsync(client, place.AssetKey, wanted, BuildOperations.Release, caller, cancellationToken).ConfigureAwait(false);
        var newest = builds.Where(b => b is { IsSuccess: true, BuildKey: not null }).OrderByDescending(b => b.StartedDateTime).FirstOrDefault();
        return newest is not null ? new MobileRevision(place, newest.BuildKey!, wanted) : throw new OdcException(
            OdcErrorCause.NotFound, FormattableString.Invariant($"Revision {wanted} of {place.AssetName ?? place.AssetKey} has no finished Release build."),
            FormattableString.Invariant($"Build it first: Start-OdcBuild '{place.AssetName ?? place.AssetKey}' -Revision {wanted} -Wait."));
    }

    private static async Task<int> RevisionOfAsync(OdcClient client, string buildKey, ICaller caller, CancellationToken cancellationToken)
    {
        var build = await client.GetAsync(BuildsApi.GetBuild, [buildKey], query: null, caller, cancellationToken).ConfigureAwait(false);
        return build.Revision ?? throw new OdcException(OdcErrorCause.UnexpectedResponse, $"The service does not report the revision of build {buildKey}.", "Specify -Revision.");
    }
}

/// <summary>Adds the app and the stage to what was read of them.</summary>
internal static class MobileParts
{
    internal static T In<T>(this T part, MobilePlace place)
        where T : class, IOfMobileApp
    {
        (part.AssetKey, part.AssetName) = (part.AssetKey ?? place.AssetKey, place.AssetName);
        (part.StageKey, part.StageName) = (place.Stage.StageKey, place.Stage.Name);
        return part;
    }
}
