namespace OdcPowerShell.Cmdlets.EnvironmentConfigurations;

/// <summary>A cmdlet that changes what belongs to a stage, such as a domain, which it finds by key or by name within the stage.</summary>
public abstract class StagePartCommand : ChangeCmdlet
{
    private readonly Dictionary<string, IReadOnlyList<OdcResource>?> _lists = new(StringComparer.OrdinalIgnoreCase);
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

    /// <summary>
    /// The keys of the stage and of what belongs to it; null, with an error, when one was not found, when it belongs to another stage than the
    /// specified one, or when a row contradicts itself.
    /// </summary>
    private protected string[]? KeysOf(ObjectReference part)
    {
        _stageKey = null;
        if (part.Failure is null && StageCheck.Wrong(this, part.Label, part.OwnStage, Stage, IsShown) is { } wrong)
        {
            WriteError(ErrorRecords.From(wrong, part.Target));
            return null;
        }

        if (KeysOf(part, Stage) is not { } keys)
            return null;
        _stageKey = keys[0];
        if (WrongKey(part, keys) is not { } error)
            return keys;
        WriteError(ErrorRecords.From(error, part.Target));
        return null;
    }

    /// <summary>The stage in messages: its name, if known.</summary>
    private protected string StageText => Stage?.Name ?? Client.Names.Stages.NameOf(_stageKey) ?? Stage?.Text ?? _stageKey!;

    // A row or a key alone does not show what it is the key of. It is looked up when the user will see it, or when that costs no request.
    private OdcException? WrongKey(ObjectReference part, string[] keys)
    {
        if (part.Resource is not null || !(IsShown || StageParts.IsListKept(Client, part.Type, keys[0])) || PresentOf(part, keys) is not { } list)
            return null;
        if (Find(list, keys[1]) is not { } present)
            return new OdcException(OdcErrorCause.NotFound, $"Stage {StageText} has no such {part.Type.Noun}: {part.NameInRow ?? keys[1]}.", part.Type.ChoicesOf(list));
        part.Learn(present);
        // The column with the name is the new name if the command changes it.
        var isNew = MyInvocation.MyCommand.Parameters.ContainsKey(part.Type.NameProperty);
        var name = isNew ? part.Column(part.Type.Prefix + "Name") : part.NameInRow;
        return name is null || part.Type.NamesOf(present).Any(n => NameText.IsSame(n, name))
            ? null
            : new OdcException(
                OdcErrorCause.InvalidRequest, $"The row contradicts itself: its key is that of {part.Label} in {StageText}, and it names {name}.", "Correct the key or the name in the row.");
    }

    // A list that was kept is read again if it lacks the key: another client may have added it since.
    private IReadOnlyList<OdcResource>? PresentOf(ObjectReference part, string[] keys)
    {
        var isFirst = !_lists.TryGetValue(keys[0], out var list);
        var wasKept = isFirst && StageParts.IsListKept(Client, part.Type, keys[0]);
        if (isFirst)
            list = _lists[keys[0]] = Read(part, keys[0]);
        if (!wasKept || list is null || Find(list, keys[1]) is not null)
            return list;
        Client.Kept.Forget();
        return _lists[keys[0]] = Read(part, keys[0]);
    }

    // A client that may not see the list sees keys in messages.
    private IReadOnlyList<OdcResource>? Read(ObjectReference part, string stageKey) =>
        Try<IReadOnlyList<OdcResource>>(async stopped => await part.Type.ListInStage!(Client, stageKey).ReadAllAsync(Caller, stopped)).Result;

    private static OdcResource? Find(IReadOnlyList<OdcResource> list, string key) => list.FirstOrDefault(r => string.Equals((r as INamed)?.Key, key, StringComparison.OrdinalIgnoreCase));
}
