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
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationRevisionConfiguration), When = "with -Revision", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "for agents", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentRevisionConfiguration), When = "for agents with -Revision", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "to look up assets and their types", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "to look up stages", IsOptional = true)]
[OutputType(typeof(OdcAssetConfiguration))]
public sealed class GetOdcAssetConfigurationCommand : ConfigurationCommand
{
    private protected override void Write(OdcAssetConfiguration configuration, ObjectReference asset) => Write(configuration);
}
