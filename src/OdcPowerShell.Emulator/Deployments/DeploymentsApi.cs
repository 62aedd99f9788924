namespace OdcPowerShell.Emulator;

/// <summary>Deployments, removals and applied configurations, and what 1-Click Publish does.</summary>
internal sealed class DeploymentsApi(Store store)
{
    private const string Deployments = "/api/deployments/v1/deployment-operations";
    private const string Publications = "/api/deployments/v1/publish-operations";

    private static readonly string[] s_kinds = ["Deploy", "Undeploy", "ApplyConfigs"];

    private static readonly (string Name, Func<Run, object?> Value)[] s_fields =
    [
        ("CreatedAt", run => run.StartedAt),
        ("UpdatedAt", run => run.FinishedAt ?? run.StartedAt),
        ("FinishedAt", run => run.FinishedAt),
        ("ApplicationKey", run => run.AssetKey),
        ("AssetKey", run => run.AssetKey),
        ("ApplicationName", run => run.Asset.Name),
        ("AssetName", run => run.Asset.Name),
    ];

    public void Map(ApiMap map)
    {
        MapRuns(map, Deployments, store.Deployments, DeploymentBody)
            .Where(call => call.Query.Choices("operations", s_kinds) is { Count: > 0 } kinds
                ? run => kinds.Contains(run.Kind.ToString(), StringComparer.Ordinal)
                : null)
            .Where(call => PermissionFilter.Allows(call, isPerStage: true) ? null : _ => false);
        map.Post<StartBody>(Deployments, Access.OneOf(Permission.DeployAssets), StartDeployment);
        MapRuns(map, Publications, store.Publications, PublicationBody);
        map.Post<StartBody>(Publications, Access.OneOf(Permission.ChangeAssets), StartPublication);
    }

    private ListEndpoint<Run> MapRuns(ApiMap map, string path, Table<Run> runs, Func<Run, object> body)
    {
        var view = Access.OneOf(Permission.ViewStage);
        map.Get($"{path}/{{operationKey}}", view, call => body(runs[call.Key("operationKey")]));
        map.List($"{path}/{{operationKey}}/messages", view, Paging.Cursor, call => runs[call.Key("operationKey")].MessagesAt(store.Now)).As(line => new
        {
            Timestamp = line.At.UtcDateTime, line.Type, line.Severity, Message = line.Text, AdditionalInfo = new { line.StepId, line.AssetKey },
        });
        return map.List(path, view, Paging.Offset, _ => runs.All)
            .Key("environmentKey", run => run.StageKey)
            .Key("assetKey", run => run.AssetKey)
            .Key("portfolioKey", run => run.Asset.PortfolioKey)
            .Number("revision", run => run.Revision.Number)
            .Choice("status", run => run.StatusAt(store.Now), "Running", "Finished", "FinishedWithError")
            .Dates("createdDateSince", "createdDateTo", run => run.StartedAt)
            .OrderedBy(Order)
            .As(body);
    }

    private object StartDeployment(ApiCall call, StartBody body)
    {
        var run = Deployment(body, call.By);
        store.Start(run);
        return DeploymentBody(store.Deployments.Set(run));
    }

    private Run Deployment(StartBody body, string by)
    {
        if (!s_kinds.Contains(body.Operation, StringComparer.OrdinalIgnoreCase))
            throw ProblemException.BadParameter("The 'operation' is Deploy, Undeploy or ApplyConfigs.");
        var kind = Enum.Parse<EmulatedOperation>(body.Operation!, ignoreCase: true);
        var stageKey = body.EnvironmentKey ?? throw ProblemException.Missing("environmentKey");
        var assetKey = body.AssetKey ?? throw ProblemException.Missing("assetKey");
        if (kind != EmulatedOperation.Undeploy && body.Revision is null)
            throw ProblemException.Missing("revision");
        if (kind == EmulatedOperation.Deploy && body.BuildKey is null)
            throw ProblemException.Missing("buildKey");

        var stage = store.Stages[stageKey];
        var running = store.Deployed.GetValueOrDefault((assetKey, stageKey));
        if (!(running?.Asset ?? store.Assets[assetKey]).IsDeployable)
            throw new ProblemException(400, 33, "Assets of this type cannot be deployed.");
        if (kind != EmulatedOperation.Deploy && running is null)
            throw new ProblemException(400, 34, "The asset is not deployed in the environment.");
        var revision = kind == EmulatedOperation.Undeploy ? running!.Revision : store.Revision(assetKey, body.Revision!.Value);
        var build = kind == EmulatedOperation.Deploy ? Usable(store.Builds.Find(body.BuildKey), revision) : store.Builds.Find(running!.BuildKey);
        return Run.Create(store, kind, store.NewKey("deployment"), revision, build, stage, by);
    }

    private static Build Usable(Build? build, AssetRevision revision)
    {
        if (build?.Revision != revision)
            throw new ProblemException(400, 30, "There is no such build of this revision of the asset.");
        if (build.Type == "Debug")
            throw new ProblemException(400, 31, "A Debug build cannot be deployed.");
        return build.IsUsable ? build : throw new ProblemException(400, 32, "The build has not finished successfully.");
    }

    private object StartPublication(ApiCall call, StartBody body)
    {
        if (!string.Equals(body.Operation, "Publish", StringComparison.OrdinalIgnoreCase))
            throw ProblemException.BadParameter("The 'operation' is Publish.");
        var asset = body.AssetKey ?? throw ProblemException.Missing("assetKey");
        var number = body.Revision ?? throw ProblemException.Missing("revision");
        var revision = store.Revision(asset, number);
        // Without a stage it is a hotfix, which the emulator publishes to Development as well.
        var stage = body.EnvironmentKey is { } key ? store.Stages[key] : store.Development;
        if (stage.Purpose != "Development")
            throw new ProblemException(400, 35, "Assets are published to the development environment only.");
        var build = store.Builds.Set(new Build(store.NewKey("build"), revision, "Debug", call.By));
        var run = Run.Create(store, EmulatedOperation.Publish, store.NewKey("publication"), revision, build, stage, call.By);
        store.Start(run);
        // The build is a part of it and ends as it does.
        store.Start(build, run.Plan with { FinalStatus = null, Fails = !run.Plan.Succeeds });
        return PublicationBody(store.Publications.Set(run));
    }

    // Fields joined by commas, the first one weighs most.
    private static IEnumerable<(Func<Run, object?> Value, bool IsDescending)> Order(ApiCall call) => (call.Query.Text("sort") ?? "-CreatedAt")
        .Split(',', StringSplitOptions.TrimEntries)
        .Select(name => (Array.Find(s_fields, field => field.Name.Equals(name.TrimStart('-'), StringComparison.OrdinalIgnoreCase)).Value
            ?? throw ProblemException.BadParameter($"The list cannot be sorted by '{name}'."), name.StartsWith('-')));

    /// <summary>A deployment operation; it does not say in which stage.</summary>
    private object DeploymentBody(Run run) => new
    {
        run.Key, Status = run.StatusAt(store.Now), StartedDateTime = run.StartedAt.UtcDateTime, run.FinishedDateTime,
        DeployedBy = run.RequestedBy, run.AssetKey, Revisions = new[] { run.Revision.Number }, BuildKey = run.Build?.Key,
        AssetName = run.Asset.Name, Operation = run.Kind, run.Asset.PortfolioKey,
    };

    private object PublicationBody(Run run) => new
    {
        run.Key, Status = run.StatusAt(store.Now), StartedDateTime = run.StartedAt.UtcDateTime, run.FinishedDateTime,
        DeployedBy = run.RequestedBy, run.AssetKey, Revision = run.Revision.Number, BuildKey = run.Build?.Key, run.Asset.PortfolioKey,
        Operation = run.Kind,
    };

    private sealed record StartBody(string? Operation, Guid? AssetKey, Guid? BuildKey, int? Revision, Guid? EnvironmentKey);
}

/// <summary>Something done with a revision of an asset in a stage: a deployment, a removal, applied configurations, or a publication.</summary>
internal sealed class Run(
    EmulatedOperation kind, Guid key, AssetRevision revision, Build? build, EmulatedStage stage, string requestedBy)
    : TimedOperation(kind, key, requestedBy, revision.Asset.Key, stage.Key)
{
    // The schema allows no null: a running operation has .NET's first moment, as unset dates have.
    private static readonly DateTime s_unset = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public AssetRevision Revision => revision;
    public Asset Asset => revision.Asset;
    public Build? Build => build;
    public DateTime FinishedDateTime => FinishedAt?.UtcDateTime ?? s_unset;

    /// <summary>A run with the effect of its kind. An asset that was deleted meanwhile is not deployed; libraries are published, but run nowhere.</summary>
    public static Run Create(
        Store store, EmulatedOperation kind, Guid key, AssetRevision revision, Build? build, EmulatedStage stage, string by)
    {
        var run = new Run(kind, key, revision, build, stage, by);
        var place = (revision.Asset.Key, stage.Key);
        run.Effect = kind switch
        {
            EmulatedOperation.Undeploy => () => store.Deployed.Remove(place),
            EmulatedOperation.Deploy or EmulatedOperation.Publish when revision.Asset.IsDeployable => () =>
            {
                if (store.Assets.Find(revision.Asset.Key) is null)
                    return;
                store.Configurations.GetValueOrDefault(place)?.Apply();
                store.Deployed[place] = new DeployedRevision(revision, stage, build!.Key, key, run.EndsAt!.Value, by);
            },
            EmulatedOperation.ApplyConfigs => () => store.Configurations.GetValueOrDefault(place)?.Apply(),
            _ => null,
        };
        return run;
    }
}
