namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>A cmdlet that reads what stages have from an API that allows few requests a minute: lists are read once in five minutes unless something changes.</summary>
public abstract class KeptStageCommand : StageCmdlet
{
    private protected KeptStageCommand()
    {
    }

    /// <summary>Reads from the service again. Without it, a list that this connection read in the last five minutes is used again, unless something was changed by this process.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        WhenReused = new AgeWarning(this).Warn;
        // The names in the parameters are looked up in the base.
        if (Refresh)
            Client.Kept.Forget();
        base.BeginProcessing();
    }
}
