namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that changes what belongs to a stage, such as a domain, which it finds by key or by name within the stage.</summary>
public abstract class StagePartCommand : ChangeCmdlet
{
    private protected StagePartCommand()
    {
    }

    /// <summary>The stage that it belongs to, by name or key. Piped objects and rows have it in a property StageKey, Stage or StageName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment", "StageName")]
    [Reference(typeof(OdcStage), IsOptional = true)]
    [Names]
    public ObjectReference? Stage { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage);

    /// <summary>The keys of the stage and of what belongs to it; null, with an error, when one was not found or it belongs to another stage than the specified one.</summary>
    private protected string[]? KeysOf(ObjectReference part)
    {
        if (Stage is null)
        {
            // The error of a name says this too.
            if (KeyOf(part) is not null)
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The stage of {part.Label} is not specified.", "Specify the stage with -Stage."), part.Target));
            return null;
        }

        if (KeyOf(Stage) is not { } stageKey || KeyOf(part) is not { } key)
            return null;
        if (part.Resource is IOfStage { StageKey: { } own } owned && !string.Equals(own, stageKey, StringComparison.OrdinalIgnoreCase))
        {
            WriteError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"{part.Label} belongs to stage {owned.StageName ?? own}, not to {StageText}.", "Leave -Stage out for piped objects, or specify their own stage."), part.Target));
            return null;
        }

        return [stageKey, key];
    }

    /// <summary>The stage in messages: its name, if known.</summary>
    private protected string StageText => Stage!.Name ?? Client.Names.Stages.NameOf(Stage.Key) ?? Stage.Text;
}
