namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets what the Android packages of mobile apps in stages are made with.</summary>
/// <remarks>
/// <para>The keystore, its password, and the alias of the key with its password are secrets: the service does not return them. Their property IsSet shows whether they were set.</para>
/// <para>There is no output for an app that runs in the stage and was never configured. An app that does not run there is an error.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAndroidConfiguration 'Driver Go' -Stage QA</code>
/// <para>Gets the configuration of an app in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcAndroidConfiguration -Asset 'Driver Go' | Where-Object { -not $_.Keystore.IsSet }</code>
/// <para>Finds the stages in which an app has no keystore.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAndroidConfiguration", SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetAndroidConfiguration))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "where there is no configuration")]
[OutputType(typeof(OdcAndroidConfiguration))]
public sealed class GetOdcAndroidConfigurationCommand : MobileAppCommand
{
    private protected override void Read(ObjectReference asset, MobilePlace place) => WriteConfiguration(asset, place, MobileBuildsApi.GetAndroidConfiguration);
}
