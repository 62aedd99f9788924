namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Activates the private gateway of stages and gets its token.</summary>
/// <remarks>
/// <para>The service shows the token once: store it, with -SecretName in a SecretManagement vault. Connectors need it together with the gateway's address, which Get-OdcPrivateGateway shows when the gateway is active. A gateway that was active before keeps its address and token.</para>
/// <para>The command writes the token at once, before -Wait waits for the gateway. The property Token does not show the token. ConvertFrom-SecureString -AsPlainText and Set-Secret accept it.</para>
/// </remarks>
/// <example>
/// <code>$token, $gateway = Enable-OdcPrivateGateway QA -Wait</code>
/// <para>Activates the gateway of a stage, and waits until it is active. The first object has the token, the second the address.</para>
/// </example>
/// <example>
/// <code>Enable-OdcPrivateGateway QA -SecretName odc-gateway-qa -VaultName ops -WhatIf</code>
/// <para>Shows what would be activated and where the token would be stored.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "OdcPrivateGateway", SupportsShouldProcess = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ActivatePrivateGateway))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "to check the state, and to wait", IsOptional = true)]
[OutputType(typeof(OdcPrivateGatewayToken), typeof(OdcPrivateGateway))]
public sealed class EnableOdcPrivateGatewayCommand : GatewayTokenCommand
{
    private WaitingLoop? _loop;

    /// <summary>Waits until the gateways are active, and writes each as soon as it is.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait, how many seconds to wait at most, for all gateways together. An activation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = StartCmdlet.UsualTimeout;

    private protected override Operation<OdcPrivateGatewayToken> Issue => EnvironmentConfigurationsApi.ActivatePrivateGateway;

    private protected override string Change(string stage) => $"private gateway of {stage}";

    private protected override OdcException? Rejection(OdcPrivateGateway now) => now.State switch
    {
        "Active" => new OdcException(OdcErrorCause.Conflict, $"The private gateway of stage {now.StageName ?? now.StageKey} is active already.", "Update-OdcPrivateGatewayToken issues a new token for it."),
        "Deactivating" => new OdcException(
            OdcErrorCause.Conflict, $"The private gateway of stage {now.StageName ?? now.StageKey} is being deactivated.", $"Wait until that has ended: Get-OdcPrivateGateway '{now.StageName ?? now.StageKey}' | Wait-OdcOperation"),
        _ => null,
    };

    private protected override void Issued(OdcPrivateGatewayToken token)
    {
        if (Wait)
            (_loop ??= NewLoop(TimeoutSec, stallTimeoutSec: 0)).Add(new OdcPrivateGateway { StageKey = token.StageKey, StageName = token.StageName, IsActivating = true });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_loop is not null)
        {
            this.WaitForAll(_loop, outcome =>
            {
                if (this.EndedWell(outcome))
                    Write((OdcResource)outcome.Operation);
            });
        }
    }
}
