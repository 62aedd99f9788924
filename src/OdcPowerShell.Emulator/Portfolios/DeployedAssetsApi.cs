using Group = System.Linq.IGrouping<OdcPowerShell.Emulator.Asset, OdcPowerShell.Emulator.DeployedRevision>;

namespace OdcPowerShell.Emulator;

/// <summary>The deployed assets of each stage, in both versions of the API.</summary>
internal sealed class DeployedAssetsApi(Store store, AssetBodies bodies)
{
    public void Map(ApiMap map)
    {
        Map(map, "/api/portfolios/v2/deployed-assets", Access.AnyPermission, isOld: false);
        Map(map, "/api/portfolios/v1/deployed-assets", Access.SignedIn, isOld: true);
    }

    private void Map(ApiMap map, string path, Predicate<ApiClient> access, bool isOld) => map
        .List(path, access, Paging.CutTotals, call => Deployed(isOld ? PortfoliosApi.Deprecate(call) : call, isOld))
        .OfTypes("type", group => group.Key, type => type.IsDeployable, ProblemException.Unprocessable)
        .KeyList("key", group => group.Key.Key)
        .Contains("nameContains", group => group.Key.Name)
        .Where(call => PermissionFilter.Allows(call, isPerStage: true) && call.Client.Has(Permission.ViewStage) ? null : _ => false)
        .OrderedBy(Order)
        .As(group => new
        {
            group.Key.Type, group.Key.Key, group.Key.IsBuiltIn,
            Deployments = group.OrderByDescending(deployed => deployed.At).Select(deployed => Body(deployed, isOld)).ToArray(),
        });

    private IEnumerable<Group> Deployed(ApiCall call, bool isOld)
    {
        var stages = call.Query.GuidList("environmentKey", int.MaxValue);
        var portfolio = isOld ? null : call.Query.Guid("portfolioKey");
        return store.Deployed.Values
            .Where(deployed => (stages.Count == 0 || stages.Contains(deployed.Stage.Key))
                && (portfolio ?? deployed.Stage.PortfolioKey) == deployed.Stage.PortfolioKey)
            .GroupBy(deployed => deployed.Asset);
    }

    // What runs in a stage; version 1 has no portfolio.
    private Dictionary<string, object?> Body(DeployedRevision deployed, bool isOld)
    {
        var (asset, revision, stage) = (deployed.Asset, deployed.Revision, store.Stages[deployed.Stage.Key]);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["environmentKey"] = stage.Key, ["name"] = asset.Name, ["revision"] = revision.Number, ["buildKey"] = deployed.BuildKey,
            ["deploymentKey"] = deployed.OperationKey, ["deploymentDateTime"] = deployed.At.UtcDateTime,
            ["description"] = asset.Description, ["iconUrl"] = bodies.IconUrl(revision), ["deploymentUserId"] = deployed.By,
            ["url"] = asset.UrlPath is { } path ? $"https://{(isOld ? stage.BuiltInDomain : stage.DefaultDomain)}/{path}" : null,
            ["tag"] = revision.Tag?.ToString(), ["taggingUserKey"] = revision.TaggedBy,
            ["taggingDateTime"] = revision.TaggedAt?.UtcDateTime,
        };
        if (!isOld)
            body["portfolioKey"] = stage.PortfolioKey;
        return body;
    }

    // By the time of a deployment to a stage; what is not there comes last either way, and an earlier order weighs more.
    private static IEnumerable<(Func<Group, object?>, bool)> Order(ApiCall call)
    {
        foreach (var text in (call.Query.Text("sort") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (stage, isDescending) = Parse(text);
            yield return (group => Time(group, stage, isDescending), false);
        }

        yield return (group => group.Key.Name, false);
    }

    private static long? Time(Group group, Guid stage, bool isDescending) =>
        group.FirstOrDefault(deployed => deployed.Stage.Key == stage)?.At.Ticks is { } ticks ? isDescending ? -ticks : ticks : null;

    // "deployments[<stage>].deploymentDateTime", with "-" before it for descending.
    private static (Guid Stage, bool IsDescending) Parse(string text) =>
        text.Trim().ToUpperInvariant().Split('[', ']') is ["DEPLOYMENTS" or "-DEPLOYMENTS", { Length: > 0 } stage, ".DEPLOYMENTDATETIME"]
            ? (QueryReader.ParseGuid("sort", stage), text.TrimStart().StartsWith('-'))
            : throw ProblemException.Unprocessable($"The list cannot be sorted by '{text}'.");
}
