namespace OdcPowerShell.Emulator;

/// <summary>The package of a mobile app for a platform, with the configuration as it was at the start.</summary>
internal sealed class MobileBuild(Guid key, MobileApp app, MobilePlatform platform, Build build, Version version, int code, string requestedBy)
    : TimedOperation(EmulatedOperation.MobileBuild, key, requestedBy, app.Asset.Key, app.Stage.Key)
{
    public const string LogFile = "build.log";
    private const string SourceFile = "source.zip";
    private const string InstallFile = "manifest.plist";

    public MobileApp App => app;
    public MobilePlatform Platform => platform;
    public Build Build => build;
    public Version Version => version;
    public int Code => code;
    public string? AppIdentifier { get; } = app[platform]["appIdentifier"];
    public string BuildType { get; } = app[platform]["buildType"]!;
    public string Framework { get; } = app[platform]["mobileFramework"] ?? "Capacitor";
    public string? LockedBuilder { get; } = app[platform]["mabsVersion"];

    private string PackageFile => app.Asset.UrlPath + BuildType switch
    {
        "Bundle" => ".aab",
        "Debug" or "Release" => ".apk",
        "Simulator" => ".app",
        _ => ".ipa",
    };

    /// <summary>Whether the storage has a file of the build.</summary>
    public bool Has(string file) => file == LogFile ? HasEnded : HasSucceeded && (file == PackageFile || file == SourceFile || (file == InstallFile && platform == MobilePlatform.Ios));

    public object Body(DateTimeOffset now, EmulatedStorage storage)
    {
        return new
        {
            Key, ApplicationKey = app.Asset.Key, BuildKey = build.Key, AppIdentifier, BuildType, Revision = build.Revision.Number, MobilePlatform = platform.Name,
            MobileFramework = Framework, Status = StatusAt(now), EstimatedFinishDateTime = EndsAt?.UtcDateTime,
            AppBinaryDownloadUrl = Url(PackageFile), AppSourceDownloadUrl = Url(SourceFile), MobileBuildLogUrl = Url(LogFile), AppShieldMappingUrl = (string?)null,
            AppShieldUsage = "Unused", MobileVersionNumber = version.ToString(), MobileVersionCode = code, StartedDateTime = StartedAt.UtcDateTime,
            FinishedDateTime = FinishedAt?.UtcDateTime, NativeBuilderVersion = LockedBuilder ?? SeededMobile.All.Builders.First(builder => builder.State == "Active").Version,
            IsNativeBuilderVersionLocked = LockedBuilder is not null, RequestingUserKey = RequestedBy, AppDeploymentFileDownloadUrl = Url(InstallFile),
        };

        string? Url(string file) => Has(file) ? storage.Sign("GET", $"/mobile/{Key}/{file}") : null;
    }
}

/// <summary>Builds packages of mobile apps. A build is found only with its app and stage.</summary>
internal sealed class MobileBuildsApi(Store store, EmulatedStorage storage)
{
    private const string Base = "/api/native-mobile-builds/v1/build-operations";
    private static readonly string[] s_statuses = ["Waiting", "Validating", "Building", "Shielding", "Finished", "Error"];
    private static readonly Version s_first = new(1, 0, 0);

    public void Map(ApiMap map)
    {
        map.List(Base, Access.AnyPermission, Paging.CutTotals, OfApp)
            .Choice("mobilePlatform", build => build.Platform.Name, [.. MobilePlatform.All.Select(platform => platform.Name)])
            .Number("revision", build => build.Build.Revision.Number)
            .Choice("status", build => build.StatusAt(store.Now), s_statuses)
            .OrderedBy(_ => [(build => build.StartedAt, true)])
            .As(build => build.Body(store.Now, storage));
        map.Get($"{Base}/{{operationKey}}", Access.AnyPermission, call => Find(call).Body(store.Now, storage));
        map.List($"{Base}/{{operationKey}}/log-messages", Access.AnyPermission, Paging.EndlessOffset, call => Find(call).MessagesAt(store.Now))
            .As(line => new { Timestamp = line.At.UtcDateTime, line.Type, line.Severity, Message = line.Text });
        map.Post<StartBody>(Base, Access.AnyPermission, Start);
        map.Post<RevisionBody>($"{Base}/native-build-validation", Access.AnyPermission, status: 200, act: (call, body) =>
        {
            var app = MobileApp.Of(store, call, body.EnvironmentKey, body.ApplicationKey, Permission.ViewStage);
            var build = Usable(app, body.BuildKey, body.Revision);
            return new { PlatformResults = Platforms(body.MobilePlatform).ToDictionary(platform => platform.Name, platform => Validate(app, platform, build), StringComparer.Ordinal) };
        });
        map.Post<PlaceBody>($"{Base}/version-suggestions", Access.AnyPermission, status: 200, act: (call, body) =>
        {
            var app = MobileApp.Of(store, call, body.EnvironmentKey, body.ApplicationKey, Permission.ViewStage);
            return Platforms(body.MobilePlatform).ToDictionary(platform => platform.Name, platform =>
            {
                var (version, code) = Next(app, platform);
                return new { MobileVersionNumber = version.ToString(), MobileVersionCode = code, MobilePlatform = platform.Name };
            }, StringComparer.Ordinal);
        });
    }

    private static IEnumerable<MobilePlatform> Platforms(string? name) => name is null ? MobilePlatform.All : [MobilePlatform.Find(name)];

    private MobileApp App(ApiCall call) =>
        MobileApp.Of(store, call, call.Query.Guid("environmentKey"), call.Query.Guid("applicationKey"), Permission.ViewStage, isDeployed: false);

    private IEnumerable<MobileBuild> OfApp(ApiCall call)
    {
        var app = App(call);
        return store.MobileBuilds.All.Where(build => build.App == app);
    }

    private MobileBuild Find(ApiCall call)
    {
        var app = App(call);
        var build = store.MobileBuilds[call.Key("operationKey")];
        return build.App == app ? build : throw ProblemException.NotFound("build operation", build.Key);
    }

    private Build Usable(MobileApp app, Guid? buildKey, int? revision)
    {
        var build = store.Builds[buildKey ?? throw ProblemException.Missing("buildKey")];
        if (build.Revision.Asset != app.Asset || build.Revision.Number != revision)
            throw ProblemException.BadParameter($"The build '{build.Key}' is not of revision {revision} of the application.");
        return build.IsUsable ? build : throw ProblemException.BadParameter($"The build '{build.Key}' is not finished.");
    }

    private string Validate(MobileApp app, MobilePlatform platform, Build build)
    {
        if (!app[platform].IsComplete || app.SettingsOf(store).Any(setting => setting.IsMissing))
            return "MissingConfiguration";
        var last = store.MobileBuilds.All.LastOrDefault(other => other.App == app && other.Platform == platform && other.HasSucceeded);
        var changedAt = app.SettingsOf(store).Max(setting => setting.ChangedAt) is { } at && at > app[platform].ChangedAt ? at : app[platform].ChangedAt;
        return last?.Build.Revision == build.Revision && last.StartedAt >= changedAt ? "NativeBuildNotNeeded" : "NativeBuildNeeded";
    }

    // Failed builds use up a version too.
    private (Version Version, int Code) Next(MobileApp app, MobilePlatform platform) =>
        store.MobileBuilds.All.LastOrDefault(build => build.App == app && build.Platform == platform) is { } last
            ? (new Version(last.Version.Major, last.Version.Minor, last.Version.Build + 1), last.Code + 1)
            : (s_first, 1);

    private object Start(ApiCall call, StartBody body)
    {
        var app = MobileApp.Of(store, call, body.EnvironmentKey, body.ApplicationKey, Permission.DeployAssets);
        var platform = MobilePlatform.Find(body.MobilePlatform ?? throw ProblemException.Missing("mobilePlatform"));
        var build = Usable(app, body.BuildKey, body.Revision);
        if (Validate(app, platform, build) == "MissingConfiguration")
            throw new ProblemException(400, 50, $"The configuration for {platform.Name} is missing or not complete.");
        var (version, code) = Next(app, platform);
        var (wanted, wantedCode) = (body.MobileVersionNumber is { } text ? Parse(text) : version, body.MobileVersionCode ?? code);
        if (wanted < version || wantedCode < code)
            throw new ProblemException(400, 52, $"The version {wanted} ({wantedCode}) must be higher than that of the last build: at least {version} ({code}).");
        var started = new MobileBuild(store.NewKey("mobile build"), app, platform, build, wanted, wantedCode, call.By);
        store.Start(started);
        return store.MobileBuilds.Set(started).Body(store.Now, storage);
    }

    private static Version Parse(string text) => Version.TryParse(text, out var version) && version is { Build: >= 0, Revision: < 0 }
        ? version
        : throw new ProblemException(400, 51, $"'{text}' is not a version in the form major.minor.patch.");

    private sealed record PlaceBody(Guid? EnvironmentKey, Guid? ApplicationKey, string? MobilePlatform);

    private sealed record RevisionBody(Guid? EnvironmentKey, Guid? ApplicationKey, Guid? BuildKey, int? Revision, string? MobilePlatform);

    private sealed record StartBody(
        Guid? EnvironmentKey, Guid? ApplicationKey, Guid? BuildKey, int? Revision, string? MobilePlatform, string? MobileVersionNumber, int? MobileVersionCode);
}
