namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that changes what belongs to a stage, such as a domain, which it finds by key or by name within the stage.</summary>
public abstract class StagePartCommand : ChangeCmdlet
{
    private string? _stageKey;

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

    // A name is looked up once its stage is known, which may come with the input.
    private protected override bool IsLookedUp(ObjectReference reference) => reference.Type.ListInStage is null || Stage is not null;

    /// <summary>The keys of the stage and of what belongs to it; null, with an error, when one was not found or it belongs to another stage than the specified one.</summary>
    private protected string[]? KeysOf(ObjectReference part)
    {
        var keys = KeysOf(part, Stage);
        _stageKey = keys?[0];
        return keys;
    }

    /// <summary>The stage in messages: its name, if known.</summary>
    private protected string StageText => Stage?.Name ?? Client.Names.Stages.NameOf(_stageKey) ?? Stage?.Text ?? _stageKey!;
}
