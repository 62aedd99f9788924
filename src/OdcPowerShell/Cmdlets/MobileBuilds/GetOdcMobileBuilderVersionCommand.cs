namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets the versions of the mobile builder (MABS), which makes the packages of mobile apps.</summary>
/// <remarks>
/// <para>Set-OdcAndroidConfiguration and Set-OdcIosConfiguration choose a version with -BuilderVersion.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcMobileBuilderVersion</code>
/// <para>Gets all versions.</para>
/// </example>
/// <example>
/// <code>Get-OdcMobileBuilderVersion | Where-Object EndOfSupportDate -lt (Get-Date).AddDays(90)</code>
/// <para>Finds the versions whose support ends within 90 days.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcMobileBuilderVersion")]
[Alias("Get-OdcMabsVersion")]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.ListBuilderVersions))]
[OutputType(typeof(OdcMobileBuilderVersion))]
public sealed class GetOdcMobileBuilderVersionCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var version in Run(stopped => Client.GetAsync(MobileBuildsApi.ListBuilderVersions, [], query: null, Caller, stopped)).Results ?? [])
            Write(version);
    }
}
