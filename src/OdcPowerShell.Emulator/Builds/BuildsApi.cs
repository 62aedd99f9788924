namespace OdcPowerShell.Emulator;

internal sealed class Build(Guid key, AssetRevision revision, string type, string requestedBy)
    : TimedOperation(EmulatedOperation.Build, key, requestedBy, revision.Asset.Key)
{
    public AssetRevision Revision => revision;
    public static string[] Types => ["Debug", "Release"];
    /// <summary>Debug or Release; debug builds run in Development only.</summary>
    public string Type => type;
    /// <summary>The packaging of its generated code.</summary>
    public TimedOperation? Package { get; set; }
    /// <summary>Deleted or ToBeDeleted when its artifacts are deleted.</summary>
    public string? GoneStatus { get; set; }
    public bool IsUsable => HasSucceeded && GoneStatus is null;
}

internal sealed class BuildsApi(Store store, EmulatedStorage storage)
{
    private const string Base = "/api/builds/v1/build-operations";
    private const string One = Base + "/{operationKey}";

    public void Map(ApiMap map)
    {
        var access = Access.OneOf(Permission.OpenAssets);
        map.List(Base, access, Paging.WholeAs("builds"), OfAsset)
            .Choice("byBuildType", build => build.Type, Build.Types)
            .OrderedBy(_ => [(build => build.StartedAt, true)])
            .As(Body);
        map.Post<StartBody>(Base, access, Start);
        map.Get(One, access, call => Body(Find(call)));
        map.List($"{One}/log-messages", access, Paging.Whole, call => Find(call).MessagesAt(store.Now)).As(line => new
        {
            Timestamp = line.At.UtcDateTime, line.Type, line.Severity, Message = line.Text, line.StepId, line.AssetKey,
            ErrorCode = line.Severity == "Error" ? "OS-BUILD-90001" : null,
        });
        map.Get($"{One}/generated-code", access, GetPackage);
        map.Post($"{One}/generated-code", access, StartPackage);
    }

    private Build Find(ApiCall call) => store.Builds[call.Key("operationKey")];

    private IEnumerable<Build> OfAsset(ApiCall call)
    {
        var asset = call.Query.Guid("assetKey") ?? throw ProblemException.BadParameter("The parameter 'assetKey' is missing.");
        var revision = call.Query.OptionalNumber("assetRevision") is { } number ? store.Revision(asset, number) : null;
        _ = store.Assets[asset];
        return store.Builds.All.Where(build => build.AssetKey == asset && (revision is null || build.Revision == revision));
    }

    private object Start(ApiCall call, StartBody body)
    {
        var asset = body.AssetKey ?? throw ProblemException.Missing("assetKey");
        var number = body.AssetRevision ?? throw ProblemException.Missing("assetRevision");
        var type = Array.Find(Build.Types, known => known.Equals(body.BuildType, StringComparison.OrdinalIgnoreCase))
            ?? throw ProblemException.BadParameter("The 'buildType' is Debug or Release.");
        var build = new Build(store.NewKey("build"), store.Revision(asset, number), type, call.By);
        var isSuccessful = store.TryStart(build);
        if (isSuccessful)
            store.Builds.Set(build);
        return new { BuildKey = build.Key, isSuccessful };
    }

    private object GetPackage(ApiCall call)
    {
        var build = Find(call);
        var package = build.Package ?? throw new ProblemException(404, 3, "The generated code of the build was not asked for.");
        return new
        {
            Status = package.StatusAt(store.Now),
            Uri = package.HasSucceeded ? storage.Sign("GET", $"/builds/{build.Key}/generated-code.zip") : null,
            Errors = package.FinishedAt is { } end
                ? package.Plan.Messages.Select(text => new { Timestamp = end.UtcDateTime, Severity = "Error", Message = text }).ToArray()
                : [],
        };
    }

    private object StartPackage(ApiCall call)
    {
        var build = Find(call);
        if (!build.IsUsable)
            throw new ProblemException(422, 1, "The build is not valid for generated code packaging.");
        var package = new TimedOperation(EmulatedOperation.GeneratedCode, build.Key, call.By, build.AssetKey);
        var isSuccessful = store.TryStart(package);
        if (isSuccessful)
            build.Package = package;
        return new { isSuccessful };
    }

    private object Body(Build build)
    {
        var status = build.GoneStatus ?? build.StatusAt(store.Now);
        return new
        {
            BuildKey = build.Key, build.AssetKey, AssetRevision = build.Revision.Number, BuildType = build.Type,
            StartedDateTime = status == "Pending" ? (DateTime?)null : build.StartedAt.UtcDateTime,
            FinishedDateTime = build.FinishedAt?.UtcDateTime, BuiltBy = build.RequestedBy, status,
            SecurityAudit = build.HasSucceeded ? new { Vulnerabilities = Vulnerabilities(build) } : null,
        };
    }

    // Only external libraries are vulnerable.
    private static object[] Vulnerabilities(Build build) =>
        build.Revision.References.Any(reference => reference.Producer.Type == AssetTypes.ExternalLibrary)
            ? Json.Seed<object[]>("vulnerabilities")
            : [];

    private sealed record StartBody(Guid? AssetKey, int? AssetRevision, string? BuildType);
}
