using OdcPowerShell.AssetConfigurations;

namespace OdcPowerShell.Cmdlets.AssetConfigurations;

/// <summary>Gets the system configurations of stages, such as the mail server (e-mail, SMTP): the values that assets use unless they have their own.</summary>
/// <remarks>
/// <para>Get-OdcAssetSetting -Section SystemConfiguration shows what an app uses.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcStageSystemConfiguration QA</code>
/// <para>Gets the system configurations of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcStageSystemConfiguration | Where-Object Name -like 'SMTP*' | Sort-Object Name | Format-Table Name, StageName, Value</code>
/// <para>Compares the e-mail servers of all stages.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcStageSystemConfiguration", SupportsPaging = true)]
[Alias("Get-OdcEnvironmentSystemConfiguration")]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetStageSystemConfiguration))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcConfigurationValue))]
public sealed class GetOdcStageSystemConfigurationCommand : StageCmdlet
{
    private protected override void WriteOf(OdcStage stage, ObjectReference input) =>
        ReadFor(input.Target, (caller, stopped) => ConfigurationReader.ReadStageAsync(Client, stage, caller, stopped), configuration =>
        {
            foreach (var setting in configuration.SystemConfigurations ?? [])
                Write(setting);
        });
}
