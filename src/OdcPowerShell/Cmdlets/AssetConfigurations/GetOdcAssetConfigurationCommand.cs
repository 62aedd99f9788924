using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Gets the configuration of apps and agents in stages, section by section.</summary>
/// <remarks>
/// <para>Settings, timers, integrations, the settings of libraries, and system configurations. Get-OdcAssetSetting writes the same as one row for each setting.</para>
/// <para>Libraries have no configuration of their own: their settings belong to each app that uses them. The values of secrets are never returned.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetConfiguration 'Order Desk' -Stage QA</code>
/// <para>Gets the configuration of the revision that runs in QA.</para>
/// </example>
/// <example>
/// <code>(Get-OdcAssetConfiguration 'Order Desk' -Stage QA -Section Timer).Timers</code>
/// <para>Gets the timers of an app.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetConfiguration", SupportsPaging = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration))]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationRevisionConfiguration), With = "Revision")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentRevisionConfiguration), With = "Revision", When = "for agents")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), Reads = "Asset", When = "for types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcAssetConfiguration))]
public sealed class GetOdcAssetConfigurationCommand : ConfigurationCommand
{
    private protected override void Write(OdcAssetConfiguration configuration, ObjectReference asset) => Write(configuration);
}
