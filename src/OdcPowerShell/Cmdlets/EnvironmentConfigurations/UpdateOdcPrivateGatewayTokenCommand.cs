namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Replaces the token of private gateways.</summary>
/// <remarks>
/// <para>The service shows the new token once. Connected connectors keep using the old token until their connection drops; then only the new one is accepted. Distribute the new token before that.</para>
/// <para>With -SecretName, the token goes into a SecretManagement vault and not into the output. The vault is tried before the token is issued: with a vault that is missing or locked, nothing is changed. If the vault fails afterwards, the command writes the token and an error, so that it is not lost.</para>
/// <para>The property Token does not show the token. ConvertFrom-SecureString -AsPlainText and Set-Secret accept it.</para>
/// </remarks>
/// <example>
/// <code>Update-OdcPrivateGatewayToken Production -SecretName odc-gateway-production -WhatIf</code>
/// <para>Shows what would be changed and where the token would be stored.</para>
/// </example>
/// <example>
/// <code>$new = Update-OdcPrivateGatewayToken Production -Confirm:$false</code>
/// <para>Replaces the token without asking and keeps it in a variable.</para>
/// </example>
[Cmdlet(VerbsData.Update, "OdcPrivateGatewayToken", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.RotatePrivateGatewayKey))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "to check the state", IsOptional = true)]
[OutputType(typeof(OdcPrivateGatewayToken))]
public sealed class UpdateOdcPrivateGatewayTokenCommand : GatewayTokenCommand
{
    private protected override Operation<OdcPrivateGatewayToken> Issue => EnvironmentConfigurationsApi.RotatePrivateGatewayKey;

    private protected override string Change(string stage) => $"token of the private gateway of {stage}: connectors that reconnect with the old one are rejected";

    private protected override OdcException? Rejection(OdcPrivateGateway now) => now.State switch
    {
        "Active" => null,
        "Deactivating" => new OdcException(OdcErrorCause.Conflict, $"The private gateway of stage {now.StageName ?? now.StageKey} is being deactivated.", "Activate it again with Enable-OdcPrivateGateway when it is inactive."),
        _ => new OdcException(OdcErrorCause.Conflict, $"The private gateway of stage {now.StageName ?? now.StageKey} is not active, so it has no token to replace.", "Enable-OdcPrivateGateway activates it. After an activation, wait until Get-OdcPrivateGateway shows it as active."),
    };
}
