namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>Deactivates the private gateway of stages. Their apps lose the connection to the private network.</summary>
/// <remarks>
/// <para>The deactivation takes a while. The command writes the gateway at once, or with -Wait when it is inactive. An activation later keeps the gateway's address and token.</para>
/// </remarks>
/// <example>
/// <code>Disable-OdcPrivateGateway QA -WhatIf</code>
/// <para>Shows what would be deactivated.</para>
/// </example>
/// <example>
/// <code>Disable-OdcPrivateGateway Production -Wait -TimeoutSec 600 -Confirm:$false</code>
/// <para>Deactivates a gateway without asking, and waits until it is inactive.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "OdcPrivateGateway", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.DeactivatePrivateGateway))]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "to check the state, and to wait", IsOptional = true)]
[OutputType(typeof(OdcPrivateGateway))]
public sealed class DisableOdcPrivateGatewayCommand : StartCmdlet
{
    /// <summary>The stages: names, keys, or objects from Get-OdcStage or Get-OdcPrivateGateway.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Also = [typeof(OdcPrivateGateway)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var stage in Stage.Where(s => KeyOf(s) is not null))
            Defer(() => Deactivate(stage));
    }

    private void Deactivate(ObjectReference stage)
    {
        var label = Label(stage);
        var (now, failure) = Try(stopped => PrivateGateways.ReadAsync(Client, stage.Key!, Caller, stopped));
        // Without the permission to read, the service itself rejects what is wrong.
        if (failure is { Cause: not OdcErrorCause.AccessDenied })
        {
            WriteError(ErrorRecords.From(failure, stage.Target));
            return;
        }

        if (now is { State: "Inactive" })
        {
            WriteWarning($"The private gateway of {label} is not active. Nothing was changed. If it was activated a moment ago, wait until Get-OdcPrivateGateway shows it as active.");
            return;
        }

        // One that is being deactivated already is only waited for.
        if (now is not { State: "Deactivating" }
            && !SendChange($"private gateway of {label}: its apps lose the connection to the private network", stage.Target, EnvironmentConfigurationsApi.DeactivatePrivateGateway, [stage.Key!]))
            return;
        WriteOrWait(new OdcPrivateGateway { IsActive = now?.IsActive, Health = now?.Health, Url = now?.Url, IsDeactivating = true, StageKey = stage.Key, StageName = now?.StageName ?? stage.Name });
    }
}
