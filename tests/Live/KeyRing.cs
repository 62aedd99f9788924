using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Live;

/// <summary>
/// The keys that the tenant's lists have shown, for operations whose paths need some: those of <c>/users/{key}</c> are in the answer of
/// <c>/users</c>. They stay in memory.
/// </summary>
internal sealed class KeyRing
{
    // Of each list the first objects are asked for one by one.
    private const int MostOfList = 2;
    private const int MostOfOperation = 4;
    private const string MobileApplication = "MobileApplication";
    private const string Agent = "Agent";

    private static readonly IReadOnlyList<string> KeyNames = ["key", "id", "operationKey", "buildKey", "patternId", "assetKey"];

    private readonly Dictionary<string, IReadOnlyList<JsonElement>> _lists = new(StringComparer.Ordinal);

    /// <summary>Remembers the objects of a list by the path that was asked for.</summary>
    internal void Add(Answer answer)
    {
        if (answer.Items.Count == 0)
            return;
        _lists.TryAdd(answer.Request.Path, answer.Items);
        _lists.TryAdd(answer.Request.Path + answer.Request.Query, answer.Items);
    }

    /// <summary>Whether the list of a path has shown objects.</summary>
    internal bool HasList(string path) => _lists.ContainsKey(path);

    internal IReadOnlyList<JsonElement> List(Operation operation, params string[] keys) => _lists.GetValueOrDefault(operation.Path(keys)) ?? [];

    /// <summary>What an operation can be called with; nothing when no list has shown a key that it needs.</summary>
    internal IReadOnlyList<KeySet> For(Operation operation)
    {
        if (operation == BuildsApi.ListBuilds)
            return Built();
        if (IsOf(operation, MobileBuildsApi.ListBuilds))
            return Mobile(operation);
        if (IsOf(operation, AssetConfigurationsApi.GetApplicationConfiguration) && operation.HasKeys && operation != AssetConfigurationsApi.GetStageSystemConfiguration)
            return Configured(operation);
        return [.. Fill(operation.Template.Split('/'), 1, "", []).Take(MostOfOperation).Select(keys => new KeySet(keys))];
    }

    /// <summary>The key of an object by which others are asked for; null where it has none.</summary>
    internal static string? KeyOf(JsonElement item, string? placeholder = null) =>
        KeyNames.Prepend(placeholder).OfType<string>().Select(name => Answer.Text(item, name)).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    // One of each type first, because their shapes differ.
    private IEnumerable<JsonElement> Assets => List(AssetRepositoryApi.ListAssets).GroupBy(a => Answer.Text(a, "assetType"), StringComparer.Ordinal).Select(g => g.First());

    private IEnumerable<IReadOnlyList<string>> Fill(string[] segments, int at, string path, IReadOnlyList<string> keys)
    {
        if (at == segments.Length)
            return [keys];
        var segment = segments[at];
        if (!segment.StartsWith('{'))
            return Fill(segments, at + 1, $"{path}/{segment}", keys);
        return Candidates(path, segment.Trim('{', '}'), keys).Take(MostOfList)
            .SelectMany(key => Fill(segments, at + 1, $"{path}/{Uri.EscapeDataString(key)}", [.. keys, key]));
    }

    private IEnumerable<string> Candidates(string path, string placeholder, IReadOnlyList<string> keys)
    {
        if (placeholder is "revision" or "revisionNumber")
            return Assets.Where(a => Answer.Text(a, "assetKey") == keys[^1]).Select(a => Answer.Text(a, "revision")).OfType<string>();
        if (placeholder == "assetKey")
            return Assets.Select(a => Answer.Text(a, "assetKey")).OfType<string>();
        if (placeholder == "environmentKey")
            return List(PortfoliosApi.ListEnvironments).Select(s => KeyOf(s)).OfType<string>();
        return (_lists.GetValueOrDefault(path) ?? []).Select(item => KeyOf(item, placeholder)).OfType<string>();
    }

    private IEnumerable<(string Stage, string Asset, string Revision)> Deployed(string type) =>
        from asset in List(PortfoliosApi.ListDeployedAssets)
        where Answer.Text(asset, "type") == type
        from deployment in asset.TryGetProperty("deployments", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().ToList() : []
        let stage = Answer.Text(deployment, "environmentKey")
        let revision = Answer.Text(deployment, "revision")
        where stage is not null && revision is not null && KeyOf(asset) is not null
        select (stage, KeyOf(asset)!, revision);

    // Also those of mobile apps that run in a stage, which a validation needs.
    private IReadOnlyList<KeySet> Built() =>
        [.. Assets.Take(MostOfOperation).Select(a => (Key: Answer.Text(a, "assetKey"), Revision: Answer.Text(a, "revision")))
            .Concat(Deployed(MobileApplication).Take(MostOfList).Select(p => (Key: (string?)p.Asset, Revision: (string?)p.Revision))).Distinct()
            .Select(a => KeySet.None.With(("assetKey", a.Key), ("assetRevision", a.Revision)))];

    private IReadOnlyList<KeySet> Configured(Operation operation)
    {
        var isAgent = operation.Template.Contains("{agentKey}", StringComparison.Ordinal);
        var places = isAgent ? Deployed(Agent) : Deployed("WebApplication").Take(MostOfList).Concat(Deployed(MobileApplication).Take(1));
        var hasRevision = operation.Template.Contains("{baselineRevision}", StringComparison.Ordinal);
        return [.. places.Take(MostOfOperation).Select(p => hasRevision ? new KeySet(p.Stage, p.Asset, p.Revision) : new KeySet(p.Stage, p.Asset))];
    }

    private IReadOnlyList<KeySet> Mobile(Operation operation)
    {
        if (!operation.HasKeys && operation == MobileBuildsApi.ListBuilderVersions)
            return [KeySet.None];
        var places = Deployed(MobileApplication).Take(MostOfList).ToList();
        if (operation == MobileBuildsApi.SuggestVersions)
            return [.. places.Select(p => KeySet.None.WithBody(new { environmentKey = p.Stage, applicationKey = p.Asset }))];
        if (operation.Template.Contains("{environmentKey}", StringComparison.Ordinal))
            return [.. places.Select(p => new KeySet(p.Stage, p.Asset))];
        if (operation == MobileBuildsApi.ValidateBuild)
        {
            return [.. from p in places
                       from build in _lists.Values.SelectMany(l => l).Where(b => Answer.Text(b, "assetKey") == p.Asset && Answer.Text(b, "status") == "Finished").Take(1)
                       let revision = build.TryGetProperty("assetRevision", out var number) ? number : default
                       where revision.ValueKind == JsonValueKind.Number && Answer.Text(build, "buildKey") is not null
                       select KeySet.None.WithBody(new { environmentKey = p.Stage, applicationKey = p.Asset, revision, buildKey = Answer.Text(build, "buildKey") })];
        }

        if (!operation.HasKeys)
            return [.. places.Select(p => Place(KeySet.None, p))];

        // Its path has no stage, so that the list that shows its key is found by the query.
        return [.. from p in places
                   from build in (_lists.GetValueOrDefault(MobileBuildsApi.ListBuilds.Path() + Place(KeySet.None, p).Query) ?? []).Take(1)
                   where KeyOf(build) is not null
                   select Place(new KeySet(KeyOf(build)!), p)];

        static KeySet Place(KeySet keys, (string Stage, string Asset, string Revision) place) => keys.With(("environmentKey", place.Stage), ("applicationKey", place.Asset));
    }

    private static bool IsOf(Operation operation, Operation other) => Base(operation) == Base(other);

    // "/api/identity/v1".
    private static string Base(Operation operation) => string.Join('/', operation.Template.Split('/').Take(4));
}
