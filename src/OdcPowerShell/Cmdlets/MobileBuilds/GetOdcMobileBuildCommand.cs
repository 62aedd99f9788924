namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets builds of mobile apps in stages.</summary>
/// <remarks>
/// <para>With the name of an app, or with -Asset, gets its builds in the stages, newest first. With -MobileBuild, gets single builds. The service finds a build only with its app and stage: objects of this module have them, and for keys you specify -Asset and -Stage.</para>
/// <para>The URLs of a finished build expire after some minutes: get the build again right before you save its package with Save-OdcContent.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcMobileBuild 'Driver Go' -Stage QA</code>
/// <para>Gets all builds of an app in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcMobileBuild -Asset 'Driver Go' -Platform iOS -Status Finished -First 5</code>
/// <para>Gets up to five finished iOS builds of an app.</para>
/// </example>
/// <example>
/// <code>Get-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -Status Finished -First 1 | Save-OdcContent</code>
/// <para>Saves the newest Android package in the current folder.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcMobileBuild", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.ListBuilds), Without = "MobileBuild")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuild), With = "MobileBuild")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcMobileBuild))]
public sealed class GetOdcMobileBuildCommand : ListCmdlet
{
    // The default, so that a piped build is read again, and is not the app and the stage of a list.
    private const string KeySet = "ByKey";
    private const string ListSet = "List";

    /// <summary>The builds to read again: objects with a property MobileBuildKey, or keys with -Asset and -Stage. With the name of an app, gets the builds of the app.</summary>
    [Parameter(ParameterSetName = KeySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MobileBuildKey")]
    [References(typeof(OdcMobileBuild), IsChoice = true, Follows = true, OrAsset = true)]
    public ObjectReference[] MobileBuild { get; set; } = [];

    /// <summary>The mobile apps: objects from Get-OdcAsset or with a property AssetKey, names or keys. For keys of builds, their app.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = KeySet)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), IsChoice = true, Follows = true, Besides = [typeof(OdcStage)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages: objects from Get-OdcStage, names or keys. For keys of builds, their stage.</summary>
    [Parameter(ParameterSetName = ListSet, Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = KeySet, Position = 1)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsChoice = true, Follows = true, Besides = [typeof(OdcAsset)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only builds for this platform: Android or iOS.</summary>
    [Parameter]
    [Values("Android", "iOS")]
    [QueryParameter("mobilePlatform")]
    public string? Platform { get; set; }

    /// <summary>Only builds of this revision.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [QueryParameter("revision")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <summary>Only builds in this state: Waiting, Validating, Building, Shielding, Finished or Error.</summary>
    [Parameter]
    [Values("Waiting, Validating, Building, Shielding, Finished, Error")]
    [QueryParameter("status")]
    public string? Status { get; set; }

    private protected override bool IsOneList => Asset.Length < 2 && Stage.Length < 2;

    private bool HasFilter => Platform is not null || Revision is not null || Status is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MobileBuild.Length == 0 && Asset.Length == 0)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "No app is specified.", "Specify its name or key with -Asset, and the stage with -Stage."), target: null));
        var builds = MobileBuild.Where(b => b.Type == ResourceTypes.MobileBuild).ToList();
        builds.ForEach(WriteOne);
        // For keys of builds, -Asset is their app.
        foreach (var asset in MobileBuild.Where(b => b.Type == ResourceTypes.Asset).Concat(builds.Count > 0 ? [] : Asset))
        {
            if (Stage.Length == 0 && KeyOf(asset) is not null)
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"No stage is specified for the builds of {asset}.", "Specify the stage with -Stage."), asset.Target));
            foreach (var stage in Stage)
                WriteList(asset, stage);
        }
    }

    private void WriteList(ObjectReference asset, ObjectReference stage)
    {
        if (HasEnough || KeyOf(asset) is null || KeyOf(stage) is not { } stageKey
            || RunFor(asset.Target, stopped => MobileApps.PlaceOf(asset, stage.Resource as OdcStage ?? StageOf(stageKey)).CompleteAsync(Client, Caller, stopped)) is not { } place)
            return;
        WriteAll(new OffsetPages<OdcMobileBuild>(Client, MobileBuildsApi.ListBuilds, place.AddTo(QueryBinder.Bind(this)), WindowOfInput).Do(build => build.In(place)), asset.Target);
    }

    private void WriteOne(ObjectReference build)
    {
        if (HasEnough || KeyOf(build) is not { } key)
            return;
        if (HasFilter || Asset.Length > 1 || Stage.Length > 1)
        {
            WriteError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"{build.Label} is one build, and {(HasFilter ? "-Platform, -Revision and -Status choose among several" : "several apps or stages are specified")}.", "Specify the build with its own app and stage only, or list the builds of an app with -Asset."),
                build.Target));
            return;
        }

        var (asset, stage) = (Asset.SingleOrDefault(), Stage.SingleOrDefault());
        if ((asset is not null && KeyOf(asset) is null) || (stage is not null && KeyOf(stage) is null)
            || RunFor(build.Target, () => MobileApps.PlaceOf(build, asset, stage is null ? null : StageOf(stage.Key!))) is not { } place)
            return;
        ReadFor(build.Target, (caller, stopped) => MobileBuildOperations.ReadAsync(Client, place, key, caller, stopped), Write);
    }
}
