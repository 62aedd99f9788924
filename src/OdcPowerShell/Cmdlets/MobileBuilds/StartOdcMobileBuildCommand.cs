using System.Globalization;

namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Builds packages of mobile apps for Android and iOS.</summary>
/// <remarks>
/// <para>What is packaged is the specified build of a revision, or what runs in the stage. Each platform is a build of its own, and if one can't be started the others are. The rows of Test-OdcMobileBuild have app, stage, revision, build and platform: what is up to date is left out with a warning, unless you use -Force, and a platform without configuration is an error.</para>
/// <para>The version must be higher than that of the last build. -UseSuggestedVersion asks the service for it, which takes one more request. The service allows five starts and five suggestions a minute.</para>
/// <para>A build takes minutes. With -Wait, a build that fails is an error with the last lines of its log. The URLs of a finished build expire after some minutes: pipe it to Save-OdcContent at once.</para>
/// </remarks>
/// <example>
/// <code>Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android, iOS -UseSuggestedVersion -Wait | Save-OdcContent</code>
/// <para>Builds what runs in QA for both platforms, and saves the packages in the current folder.</para>
/// </example>
/// <example>
/// <code>Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -VersionNumber 2.0.0 -VersionCode 200 -WhatIf</code>
/// <para>Shows the request that would build a certain version.</para>
/// </example>
/// <example>
/// <code>Test-OdcMobileBuild 'Driver Go' -Stage QA | Where-Object Result -eq NativeBuildNeeded | Start-OdcMobileBuild -UseSuggestedVersion -Wait</code>
/// <para>Builds for the platforms that need it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "OdcMobileBuild", SupportsShouldProcess = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.StartBuild))]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.SuggestVersions), With = "UseSuggestedVersion")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuild), With = "Wait")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuildLog), When = "for a build that failed", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), Without = "Build")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "for a revision that does not run in the stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcMobileBuild))]
public sealed class StartOdcMobileBuildCommand : StartCmdlet
{
    private readonly Dictionary<string, List<OdcMobileVersionSuggestion>> _suggested = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mobile apps: rows of Test-OdcMobileBuild, objects from Get-OdcAsset, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Also = [typeof(OdcMobileBuildValidation), typeof(OdcMobileVersionSuggestion), typeof(OdcBuild), typeof(OdcAssetRevision), typeof(OdcCreatedRevision), typeof(OdcDeployedRevision)])]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages that the apps are built for, by name or key. The rows of Test-OdcMobileBuild have it.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The platforms: Android, iOS. The rows of Test-OdcMobileBuild have it.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [Values("Android", "iOS")]
    public string[] Platform { get; set; } = [];

    /// <summary>The build of a revision, by its key. Without it, what runs in the stage.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BuildKey")]
    [Reference(typeof(OdcBuild), Follows = true, IsOptional = true)]
    public ObjectReference? Build { get; set; }

    /// <summary>The revision: its number or its tag. Without it and without a build, what runs in the stage.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AssetRevision", "RevisionNumber")]
    [Revision]
    [ArgumentCompleter(typeof(NoCompleter))]
    public RevisionChoice? Revision { get; set; }

    /// <summary>The version that users see: three numbers, such as 1.4.0.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MobileVersionNumber")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? VersionNumber { get; set; }

    /// <summary>The number by which stores compare versions. It grows with each version.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MobileVersionCode")]
    [BlankIsNothing]
    public int? VersionCode { get; set; }

    /// <summary>Uses the version number and code that the service suggests for each platform.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter UseSuggestedVersion { get; set; }

    /// <summary>Also builds platforms whose last build is up to date.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsTyped(nameof(Build)) && Build is null)
            ThrowTerminatingError(ErrorRecords.From(Typed.NothingIn(nameof(Build)), target: null));
        if (UseSuggestedVersion && (IsTyped(nameof(VersionNumber)) || IsTyped(nameof(VersionCode))))
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "-UseSuggestedVersion and a version are two versions for one build.", "Specify one of them."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset.Where(a => KeyOf(a) is not null && IsComplete(a)))
        {
            foreach (var stage in Stage.Where(s => KeyOf(s) is not null))
            {
                var platforms = PlatformsOf(asset, stage);
                if (platforms.Count == 0 || RunFor(asset.Target, stopped => MobileApps.PackagedAsync(Client, asset, StageOf(stage.Key!), Build, MeantRevision(asset), Caller, stopped)) is not { } packaged)
                    continue;
                foreach (var platform in platforms)
                    Start(asset, packaged, platform);
            }
        }
    }

    // An asset has the number of its latest revision, which it does not mean.
    private RevisionChoice? MeantRevision(ObjectReference asset) => asset.Resource?.GetType() == typeof(OdcAsset) && !IsTyped(nameof(Revision)) ? null : Revision;

    private bool IsComplete(ObjectReference asset)
    {
        var wrong = Stage.Length == 0 ? ($"The stage that {asset} is built for is not specified.", "Specify the stage with -Stage.")
            : Platform.Length == 0 ? ($"The platform that {asset} is built for is not specified.", "Specify it with -Platform: Android, iOS or both.")
            : VersionNumber is { Length: > 0 } version && !IsVersion(version) ? ($"'{version}' is not a version of a mobile app.", "Specify three numbers, such as 1.4.0.")
            : VersionCode < 1 ? (FormattableString.Invariant($"The version code {VersionCode} is not above 0."), "Specify a number that is higher than that of the last build.") : default;
        if (wrong != default)
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, wrong.Item1, wrong.Item2), asset.Target));
        return wrong == default;
    }

    private static bool IsVersion(string text) => text.Split('.') is { Length: 3 } parts && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    // A validation is about one platform in one stage: what it found out counts for no other.
    private List<string> PlatformsOf(ObjectReference asset, ObjectReference stage)
    {
        var known = GetType().GetProperty(nameof(Platform))!;
        List<string> platforms = [.. Platform.SelectMany(p => p.Split(',')).Select(p => ValuesAttribute.Correct(known, p.Trim())).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (asset.Resource is not OdcMobileBuildValidation validation)
            return platforms;
        var own = platforms.FindAll(p => string.Equals(p, validation.Platform, StringComparison.OrdinalIgnoreCase));
        return own.Count == 0 || !string.Equals(validation.StageKey, stage.Key, StringComparison.OrdinalIgnoreCase) || Allows(validation) ? own : [];
    }

    private bool Allows(OdcMobileBuildValidation validation)
    {
        var what = $"{validation.AssetName ?? validation.AssetKey} for {validation.Platform} in {validation.StageName ?? validation.StageKey}";
        switch (validation.Result)
        {
            case OdcMobileBuildValidation.Missing:
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{what} is not built: the platform is not configured.", $"Complete the configuration with {validation.Command}, then test again."), validation));
                return false;
            case OdcMobileBuildValidation.NotNeeded when !Force:
                WriteWarning($"{what} is not built: the last build is up to date. -Force builds it again.");
                return false;
            default:
                return true;
        }
    }

    private void Start(ObjectReference asset, MobileRevision packaged, string platform)
    {
        var (number, code) = (string.IsNullOrEmpty(VersionNumber) ? null : VersionNumber, VersionCode);
        if (UseSuggestedVersion)
        {
            if (RunFor(asset.Target, stopped => SuggestedAsync(packaged.Place, platform, stopped), $"Version of {packaged.Place} for {platform}") is not { } suggested)
                return;
            (number, code) = (suggested.VersionNumber, suggested.VersionCode);
        }

        var body = MobileApps.BodyOf(packaged).Add("mobilePlatform", platform);
        if (number is not null)
            body.Add("mobileVersionNumber", number);
        if (code is not null)
            body.Add("mobileVersionCode", code);
        var version = (number, code) switch
        {
            (null, null) => "",
            (null, _) => FormattableString.Invariant($", version code {code}"),
            (_, null) => $", version {number}",
            _ => FormattableString.Invariant($", version {number} ({code})"),
        };
        var what = FormattableString.Invariant($"{platform} build of {packaged.Place.AssetName ?? asset.ToString()}, revision {packaged.Revision}, in {packaged.Place.Stage}{version}");
        if (Send(what, asset.Target, MobileBuildsApi.StartBuild, [], body) is { } started)
            WriteOrWait(started.In(packaged.Place));
    }

    // One request has the suggestions for both platforms. Each is used once: after a build, another version is the next one.
    private async Task<OdcMobileVersionSuggestion> SuggestedAsync(MobilePlace place, string platform, CancellationToken cancellationToken)
    {
        var key = string.Join("/", place.Keys);
        if (!_suggested.TryGetValue(key, out var suggestions) || !suggestions.Exists(IsOfPlatform))
            _suggested[key] = suggestions = [.. await VersionSuggestions.ReadAsync(Client, place, platform: null, Caller, cancellationToken)];
        var found = suggestions.Find(IsOfPlatform) ?? throw new OdcException(
            OdcErrorCause.NotFound, $"The service suggests no version of {place} for {platform}.", "Specify -VersionNumber and -VersionCode.");
        suggestions.Remove(found);
        return found;

        bool IsOfPlatform(OdcMobileVersionSuggestion suggestion) => string.Equals(suggestion.Platform, platform, StringComparison.OrdinalIgnoreCase);
    }
}
