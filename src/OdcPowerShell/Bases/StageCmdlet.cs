namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that reads something of each of the specified stages.</summary>
public abstract class StageCmdlet : ListCmdlet
{
    private protected StageCmdlet()
    {
    }

    /// <summary>The stages: objects from Get-OdcStage or with a property StageKey, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true)]
    [Names]
    public virtual ObjectReference[] Stage { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var stage in Stage)
        {
            if (!HasEnough && KeyOf(stage) is { } key)
                WriteOf(stage.Resource as OdcStage ?? StageOf(key), stage);
        }
    }

    /// <summary>Reads and writes what belongs to one stage.</summary>
    /// <param name="stage">The stage, with its name if the API client may see it.</param>
    /// <param name="input">The input, for errors.</param>
    private protected abstract void WriteOf(OdcStage stage, ObjectReference input);
}
