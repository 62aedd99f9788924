namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Gets the private gateway of stages, through which apps reach systems in a private network.</summary>
/// <remarks>
/// <para>Every stage has one gateway, active or not. It is read from the service each time, because its health can change at any moment. The API allows 10 requests a minute for the whole organization, and this command takes one for each stage.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPrivateGateway Production</code>
/// <para>Shows whether the gateway of a stage is active and healthy, and the address that connectors use.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcPrivateGateway | Where-Object { $_.State -eq 'Active' -and $_.Health -ne 'Healthy' }</code>
/// <para>Lists the stages whose gateway is active and not healthy.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPrivateGateway", SupportsPaging = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Reads = "Stage")]
[OutputType(typeof(OdcPrivateGateway))]
public sealed class GetOdcPrivateGatewayCommand : StageCmdlet
{
    private protected override void WriteOf(OdcStage stage, ObjectReference input) =>
        ReadFor(input.Target, (caller, stopped) => PrivateGateways.ReadAsync(Client, stage.StageKey!, caller, stopped), Write);
}
