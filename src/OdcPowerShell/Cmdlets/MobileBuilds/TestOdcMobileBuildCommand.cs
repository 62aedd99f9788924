namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Tests whether mobile apps can and must be built for stages.</summary>
/// <remarks>
/// <para>Writes a row for each platform. Result is NativeBuildNeeded, NativeBuildNotNeeded if the last build is up to date, or MissingConfiguration if the platform is not configured; Message says the same in words.</para>
/// <para>What is tested is the specified build of a revision, or what runs in the stage. You can pipe the rows to Start-OdcMobileBuild: it builds what is needed, leaves out what is up to date with a warning, and writes an error for a platform that is not configured.</para>
/// <para>It changes nothing. The service allows five requests a minute.</para>
/// </remarks>
/// <example>
/// <code>Test-OdcMobileBuild 'Driver Go' -Stage QA</code>
/// <para>Tests for both platforms what runs in QA.</para>
/// </example>
/// <example>
/// <code>Test-OdcMobileBuild 'Driver Go' -Stage QA | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Save-OdcContent</code>
/// <para>Builds what is needed, waits for it, and saves the packages in the current folder.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset 'Driver Go' | Get-OdcBuild -BuildType Release | Test-OdcMobileBuild -Stage QA -Platform Android</code>
/// <para>Tests the Release builds of the latest revision.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "OdcMobileBuild")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.ValidateBuild))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), Without = "Build")]
[ApiOperation(typeof(BuildsApi), nameof(BuildsApi.ListBuilds), When = "for a revision that does not run in the stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListRevisions), TagIn = "Revision")]
[OutputType(typeof(OdcMobileBuildValidation))]
public sealed class TestOdcMobileBuildCommand : ConnectedCmdlet
{
    private bool _isRevisionTyped;

    /// <summary>The mobile apps: objects from Get-OdcAsset, Get-OdcBuild or with a property AssetKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>The stages that the apps are built for, by name or key.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The build of a revision, by its key. Piped builds have it. Without it, what runs in the stage.</summary>
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

    /// <summary>Only these platforms: Android, iOS. Without it, both.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Android", "iOS")]
    public string[]? Platform { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _isRevisionTyped = Revision is not null;
        if (Build is null && MyInvocation.BoundParameters.ContainsKey(nameof(Build)))
            ThrowTerminatingError(ErrorRecords.From(Typed.NothingIn(nameof(Build)), target: null));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var asset in Asset.Where(a => KeyOf(a) is not null))
        {
            // An asset has the number of its latest revision, which it does not mean.
            var revision = asset.Resource?.GetType() == typeof(OdcAsset) && !_isRevisionTyped ? null : Revision;
            foreach (var stage in Stage.Where(s => KeyOf(s) is not null))
                ReadFor(asset.Target, (caller, stopped) => TestAsync(asset, StageOf(stage.Key!), revision, caller, stopped), validations => validations.ToList().ForEach(Write));
        }
    }

    private async Task<IReadOnlyList<OdcMobileBuildValidation>> TestAsync(ObjectReference asset, OdcStage stage, RevisionChoice? revision, ICaller caller, CancellationToken cancellationToken)
    {
        var packaged = await MobileApps.PackagedAsync(Client, asset, stage, Build, revision, caller, cancellationToken);
        var body = MobileApps.BodyOf(packaged);
        // One request is enough for both.
        if (Platform is { Length: 1 })
            body.Add("mobilePlatform", Platform[0]);
        var request = MobileBuildsApi.ValidateBuild.Request([], body: body.ToContent());
        var rows = (await Client.SendAsync(request, MobileBuildsApi.ValidateBuild, caller, cancellationToken)).Of(packaged);
        return [.. rows.Where(row => Platform is null || Platform.Contains(row.Platform, StringComparer.OrdinalIgnoreCase))];
    }
}
