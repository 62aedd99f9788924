namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets the messages of builds of mobile apps.</summary>
/// <remarks>
/// <para>The messages show each step of a build. The complete log of a finished build is a file: Save-OdcContent -Uri saves it from the property MobileBuildLogUrl.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcMobileBuild 'Driver Go' -Stage QA -First 1 | Get-OdcMobileBuildLog</code>
/// <para>Gets the messages of the last build of an app.</para>
/// </example>
/// <example>
/// <code>Get-OdcMobileBuild 'Driver Go' -Stage QA -Status Error | Get-OdcMobileBuildLog | Where-Object Severity -eq Error</code>
/// <para>Gets the errors of all builds that failed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcMobileBuildLog", SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetBuildLog))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the stages of builds", IsOptional = true)]
[OutputType(typeof(OdcOperationMessage))]
public sealed class GetOdcMobileBuildLogCommand : ListCmdlet
{
    /// <summary>The builds: objects from Get-OdcMobileBuild or Start-OdcMobileBuild, or keys with -Asset and -Stage.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MobileBuildKey")]
    [References(typeof(OdcMobileBuild), Follows = true)]
    public ObjectReference[] MobileBuild { get; set; } = [];

    /// <summary>For keys of builds, their app: a name, a key or an object.</summary>
    [Parameter(Position = 1)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(typeof(OdcAsset), Follows = true, IsOptional = true)]
    [Names]
    public ObjectReference? Asset { get; set; }

    /// <summary>For keys of builds, their stage: a name, a key or an object.</summary>
    [Parameter(Position = 2)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage), Follows = true, IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((Asset is not null && KeyOf(Asset) is null) || (Stage is not null && KeyOf(Stage) is null))
            return;
        foreach (var build in MobileBuild)
        {
            if (!HasEnough && KeyOf(build) is { } key && RunFor(build.Target, () => MobileApps.PlaceOf(build, Asset, Stage is null ? null : StageOf(Stage.Key!))) is { } place)
                WriteAll(MobileBuildOperations.Log(Client, place, key, WindowOfInput), build.Target);
        }
    }
}
