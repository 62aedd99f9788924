namespace OdcPowerShell.Cmdlets.MobileBuilds;

/// <summary>Gets what the iOS packages of mobile apps in stages are made with.</summary>
/// <remarks>
/// <para>The certificate with its password and the provisioning profile are secrets: they are not shown, even if the service returns them. Their property IsSet shows whether they were set.</para>
/// <para>There is no output for an app that runs in the stage and was never configured. An app that does not run there is an error.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcIosConfiguration 'Driver Go' -Stage QA</code>
/// <para>Gets the configuration of an app in QA.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcIosConfiguration -Asset 'Driver Go' | Select-Object StageName, BuildType, CertificateName, ProvisioningProfileName</code>
/// <para>Shows in each stage which files the packages of an app are signed with.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcIosConfiguration", SupportsPaging = true)]
[ApiOperation(typeof(MobileBuildsApi), nameof(MobileBuildsApi.GetIosConfiguration))]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "where there is no configuration")]
[OutputType(typeof(OdcIosConfiguration))]
public sealed class GetOdcIosConfigurationCommand : MobileAppCommand
{
    private protected override void Read(ObjectReference asset, MobilePlace place) => WriteConfiguration(asset, place, MobileBuildsApi.GetIosConfiguration);
}
