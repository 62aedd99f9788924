namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>A cmdlet that reads something of mobile apps in stages.</summary>
public abstract class MobileAppCommand : ListCmdlet
{
    private protected MobileAppCommand()
    {
    }

    /// <summary>The mobile apps: objects from Get-OdcAsset or with a property AssetKey, names, keys or URLs of the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Follows = true, Besides = [typeof(OdcStage)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages: objects from Get-OdcStage, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true, Besides = [typeof(OdcAsset)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset)
        {
            foreach (var stage in Stage)
            {
                if (!HasEnough && KeyOf(asset) is not null && KeyOf(stage) is { } stageKey)
                    Read(asset, MobileApps.PlaceOf(asset, stage.Resource as OdcStage ?? StageOf(stageKey)));
            }
        }
    }

    /// <summary>Reads and writes what belongs to one app in one stage.</summary>
    private protected abstract void Read(ObjectReference asset, MobilePlace place);

    /// <summary>Reads and writes the configuration of a platform. An app that runs in the stage and was never configured has none.</summary>
    private protected void WriteConfiguration<T>(ObjectReference asset, MobilePlace place, Operation<T> operation)
        where T : OdcMobileConfiguration => ReadFor(
            asset.Target,
            async (caller, stopped) =>
            {
                var complete = await place.CompleteAsync(Client, caller, stopped);
                return new[] { await complete.ReadAsync(Client, operation, caller, stopped) }.OfType<T>().Select(read => read.In(complete)).ToList();
            },
            read => read.ForEach(Write));
}

/// <summary>Finds the mobile app and the stage that the input of a command means.</summary>
internal static class MobileApps
{
    /// <summary>An app in a stage, with the type of the app if the input or a look-up by name has it.</summary>
    internal static MobilePlace PlaceOf(ObjectReference asset, OdcStage stage) => new(stage, asset.Key!, asset.Name, asset.Resource switch
    {
        OdcAsset known => known.AssetType,
        OdcDeployedAsset deployed => deployed.AssetType,
        OdcDeployedRevision deployed => deployed.AssetType,
        IOfMobileApp => MobilePlace.MobileType,
        _ => null,
    });

    /// <summary>The app and the stage of a mobile build: the specified ones, or those of the object or the row.</summary>
    /// <exception cref="OdcException">One of them is not specified, or it is another than that of the object.</exception>
    internal static MobilePlace PlaceOf(ObjectReference build, ObjectReference? asset, OdcStage? stage)
    {
        var own = build.Resource as OdcMobileBuild ?? RowOf(build);
        Require(build, "stage", own?.StageKey, own?.StageName, stage?.StageKey);
        Require(build, "app", own?.AssetKey, own?.AssetName, asset?.Key);
        if (own is { StageKey: not null, AssetKey: not null })
            return MobileBuildOperations.PlaceOf(own);
        return stage is not null && asset?.Key is not null ? PlaceOf(asset, stage) with { AssetType = MobilePlace.MobileType } : throw MobileBuildOperations.NoPlace(build.Key);
    }

    /// <summary>Finds what is packaged.</summary>
    /// <param name="client">The client.</param>
    /// <param name="asset">The app.</param>
    /// <param name="stage">The stage that it is packaged for.</param>
    /// <param name="build">The build of a revision, if one is specified.</param>
    /// <param name="revision">The revision, if one is specified.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OdcException">The asset is not a mobile app, or there is nothing to package.</exception>
    internal static async Task<MobileRevision> PackagedAsync(
        OdcClient client, ObjectReference asset, OdcStage stage, ObjectReference? build, RevisionChoice? revision, ICaller caller, CancellationToken cancellationToken)
    {
        var place = await PlaceOf(asset, stage).CompleteAsync(client, caller, cancellationToken);
        var buildKey = build is null ? null : await build.ToKeyAsync(client, NameScope.None, caller, cancellationToken);
        var number = revision?.Number ?? (revision?.Tag is { } tag ? (await RevisionLookup.FindAsync(client, asset, asset.Key!, tag, caller, cancellationToken)).Revision : null);
        return await MobileRevision.FindAsync(client, place, buildKey, number, caller, cancellationToken);
    }

    /// <summary>The body of a request about what is packaged.</summary>
    internal static RequestBody BodyOf(MobileRevision packaged) => BodyOf(packaged.Place).Add("buildKey", packaged.BuildKey).Add("revision", packaged.Revision);

    internal static RequestBody BodyOf(MobilePlace place) => new RequestBody().Add("environmentKey", place.Stage.StageKey).Add("applicationKey", place.AssetKey);

    private static OdcMobileBuild? RowOf(ObjectReference build) => !build.IsRow ? null : new OdcMobileBuild
    {
        MobileBuildKey = build.Key,
        AssetKey = build.Column(nameof(OdcMobileBuild.AssetKey)),
        AssetName = build.Column(nameof(OdcMobileBuild.AssetName)),
        StageKey = build.Column(nameof(OdcMobileBuild.StageKey)),
        StageName = build.Column(nameof(OdcMobileBuild.StageName)),
    };

    private static void Require(ObjectReference build, string what, string? own, string? ownName, string? specified)
    {
        if (own is not null && specified is not null && !string.Equals(own, specified, StringComparison.OrdinalIgnoreCase))
            throw new OdcException(OdcErrorCause.InvalidRequest, $"The {what} of mobile build {build.Key} is {ownName ?? own}, and another one is specified.", "Leave it out for piped mobile builds.");
    }
}
