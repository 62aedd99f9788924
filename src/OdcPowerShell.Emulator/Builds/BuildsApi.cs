namespace OdcPowerShell.Emulator;

/// <summary>Builds, their logs and their generated code.</summary>
internal sealed class BuildsApi(DeliveryState state, EmulatedStorage storage)
{
    private const string Base = "/api/builds/v1/build-operations";
    private const string One = Base + "/{operationKey}";

    public void Map(ApiMap map)
    {
        var access = Access.OneOf(Permission.OpenAssets);
        map.Get(Base, access, ListBuilds);
        map.Post(Base, access, StartBuild);
        map.Get(One, access, GetBuild);
        map.Get($"{One}/log-messages", access, ListMessages);
        map.Get($"{One}/generated-code", access, GetPackage);
        map.Post($"{One}/generated-code", access, StartPackage);
    }

    private Task ListBuilds(ApiCall call)
    {
        var asset = call.Query.Guid("assetKey") ?? throw new ProblemException(Cause.BadParameter("The parameter 'assetKey' is missing."));
        var number = call.Query.OptionalNumber("assetRevision");
        var type = call.Query.Choice<BuildType>("byBuildType");
        var list = state.Use(() =>
        {
            var revision = number is { } given ? state.Revision(asset, given) : null;
            state.Asset(asset);
            return new BuildListBody([.. state.Builds.Values
                .Where(build => build.Asset.Key == asset
                    && (revision is null || build.Revision == revision)
                    && (type ?? build.Type) == build.Type)
                .OrderByDescending(build => build.StartedAt)
                .Select(build => BuildBody.Of(build, state.Now))]);
        });
        return call.JsonAsync(list, BuildsJson.Default.BuildListBody);
    }

    private Task GetBuild(ApiCall call)
    {
        var key = call.Key("operationKey");
        return call.JsonAsync(state.Use(() => BuildBody.Of(Find(key), state.Now)), BuildsJson.Default.BuildBody);
    }

    private Task ListMessages(ApiCall call)
    {
        var key = call.Key("operationKey");
        var list = state.Use(() =>
        {
            var build = Find(key);
            return new ListBody<BuildMessageBody>(
                [.. ProgressMessage.Of(build, state.Now).Select(message => BuildMessageBody.Of(message, build.Asset))]);
        });
        return call.JsonAsync(list, BuildsJson.Default.ListBodyBuildMessageBody);
    }

    private async Task StartBuild(ApiCall call)
    {
        var body = await call.ReadAsync(BuildsJson.Default.StartBuildBody);
        var asset = body.AssetKey ?? throw new ProblemException(DeliveryCause.Missing("assetKey"));
        var number = body.AssetRevision ?? throw new ProblemException(DeliveryCause.Missing("assetRevision"));
        var type = body.BuildType?.ToUpperInvariant() switch
        {
            "DEBUG" => BuildType.Debug,
            "RELEASE" => BuildType.Release,
            _ => throw new ProblemException(Cause.BadParameter("The 'buildType' is Debug or Release.")),
        };
        var answer = state.Use(() =>
        {
            var build = new Build(state.NewKey("build"), state.Revision(asset, number), type, call.Client.ClientId);
            var isStarted = state.TryStart(build);
            if (isStarted)
                state.Builds.Add(build.Key, build);
            return new BuildStartedBody(build.Key, isStarted);
        });
        await call.CreatedAsync(answer, BuildsJson.Default.BuildStartedBody);
    }

    private Task GetPackage(ApiCall call)
    {
        var key = call.Key("operationKey");
        var body = state.Use(() =>
        {
            var package = Find(key).Package ?? throw new ProblemException(DeliveryCause.NoGeneratedCode);
            var uri = package.HasSucceeded ? storage.Signer.Sign("GET", $"/builds/{key}/generated-code.zip") : null;
            var errors = package.FinishedAt is { } end
                ? package.Plan.Messages.Select(text => new PackagingErrorBody(end.UtcDateTime, "Error", text))
                : [];
            return new CodePackageBody(package.StatusAt(state.Now), uri, [.. errors]);
        });
        return call.JsonAsync(body, BuildsJson.Default.CodePackageBody);
    }

    private Task StartPackage(ApiCall call)
    {
        var key = call.Key("operationKey");
        var answer = state.Use(() =>
        {
            var build = Find(key);
            if (!build.IsUsable)
                throw new ProblemException(DeliveryCause.BuildNotPackable);
            var package = new CodePackage(build, call.Client.ClientId);
            var isStarted = state.TryStart(package);
            if (isStarted)
                build.Package = package;
            return new PackagingStartedBody(isStarted);
        });
        return call.CreatedAsync(answer, BuildsJson.Default.PackagingStartedBody);
    }

    private Build Find(Guid key) => state.Builds.GetValueOrDefault(key) ?? throw new ProblemException(Cause.NotFound("build", key));
}
