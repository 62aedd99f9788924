namespace OdcPowerShell.Scripts;

/// <summary>A call of a command in a script: which parameters it has, and what is known of their values.</summary>
internal sealed class ScriptCall
{
    private readonly Dictionary<string, ScriptArgument> _arguments;

    internal ScriptCall(KnownCommand command, IEnumerable<KeyValuePair<string, ScriptArgument>> arguments, IReadOnlyList<string> sets, bool isOpen)
    {
        Command = command;
        Sets = sets;
        IsOpen = isOpen;
        _arguments = new(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
            _arguments[argument.Key] = argument.Value;
    }

    internal KnownCommand Command { get; }

    /// <summary>The parameter sets that it may be of.</summary>
    internal IReadOnlyList<string> Sets { get; }

    /// <summary>Whether it may have any other parameter too, because it is splatted from something unknown.</summary>
    internal bool IsOpen { get; }

    /// <summary>The operations that it calls, or may call.</summary>
    internal IEnumerable<(CalledOperation Called, Answer Answer)> Operations => Command.Operations.Select(o => (o, o.Applies(this))).Where(o => o.Item2 != Answer.No);

    /// <summary>The stages that the script names.</summary>
    internal IEnumerable<string> Stages =>
        from parameter in Command.Parameters
        where parameter.Reference?.Resource == typeof(OdcStage)
        from text in Of(parameter.Name)?.Texts ?? []
        select text;

    internal ScriptArgument? Of(string parameter) => _arguments.TryGetValue(parameter, out var found) ? found
        : IsOpen && Command.Parameters.FirstOrDefault(p => string.Equals(p.Name, parameter, StringComparison.OrdinalIgnoreCase)) is { IsCommon: false } possible && Sets.Any(s => possible.In(s) is not null) ? ScriptArgument.Possible
        : null;

    /// <summary>Whether it has a parameter, with the value if one is asked for.</summary>
    internal Answer Has(ParameterChoice asked)
    {
        var argument = Of(asked.Parameter);
        if (argument is null || argument.IsCertain == Answer.No)
            return Answer.No;
        if (asked.Value is null)
            return argument.IsCertain;
        if (argument.IsDefault)
            return Answer.Maybe;
        if (argument.Texts.Contains(asked.Value, StringComparer.OrdinalIgnoreCase))
            return argument.IsCertain;
        return argument.Kind == ValueKind.Unknown ? Answer.Maybe : Answer.No;
    }

    /// <summary>Whether a parameter has one key and nothing else.</summary>
    internal Answer IsOneKey(string parameter) => Ask(parameter, argument => argument.Kind switch
    {
        ValueKind.Key when argument.Count == 1 => Answer.Yes,
        ValueKind.Key or ValueKind.Name => Answer.No,
        _ => Answer.Maybe,
    });

    /// <summary>Whether a parameter has a name that is looked up.</summary>
    internal Answer IsNamed(string parameter) => Ask(parameter, argument => argument.Kind switch
    {
        ValueKind.Name or ValueKind.Mixed => HasTextKey(parameter) ? Answer.No : Answer.Yes,
        ValueKind.Key or ValueKind.Object => Answer.No,
        _ => HasTextKey(parameter) ? Answer.No : Answer.Maybe,
    });

    /// <summary>Whether a parameter has a key or a name, so that the object is not known.</summary>
    internal Answer IsNoObject(string parameter) => Ask(parameter, argument => argument.Kind switch
    {
        ValueKind.Name or ValueKind.Key or ValueKind.Mixed => Answer.Yes,
        _ => Answer.Maybe,
    });

    /// <summary>Whether a parameter has the tag of a revision, and not its number.</summary>
    internal Answer IsTag(string parameter) => Ask(parameter, argument => argument.Kind == ValueKind.Name && argument.Texts.Count == argument.Count
        ? argument.Texts.Any(text => RevisionChoice.Read(text) is { Tag: not null }) ? Answer.Yes : Answer.No
        : Answer.Maybe);

    private bool HasTextKey(string parameter) => Command.Parameters.First(p => p.Name == parameter).Reference?.ResourceType.HasTextKey == true;

    private Answer Ask(string parameter, Func<ScriptArgument, Answer> ask) => Of(parameter) is { } argument
        ? (Answer)Math.Min((int)argument.IsCertain, (int)(argument.IsDefault && !HasTextKey(parameter) ? Answer.Maybe : ask(argument)))
        : Answer.No;
}

/// <summary>What a script shows of the value of a parameter.</summary>
/// <param name="IsCertain">Whether the parameter has a value: a switch can be false, and a pipeline may bind another parameter.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Texts">The values that are literals.</param>
/// <param name="Count">How many values there are; 0 if that is not known.</param>
internal sealed record ScriptArgument(Answer IsCertain, ValueKind Kind, IReadOnlyList<string> Texts, int Count)
{
    /// <summary>Whether a value is the default of a parameter of the script, whose caller can specify another.</summary>
    internal bool IsDefault { get; init; }

    /// <summary>A parameter that may be there.</summary>
    internal static ScriptArgument Possible => new(Answer.Maybe, ValueKind.Unknown, [], Count: 0);

    /// <summary>A parameter with a value that only a run shows.</summary>
    internal static ScriptArgument Unknown => Possible with { IsCertain = Answer.Yes };
}

/// <summary>What a value is.</summary>
internal enum ValueKind
{
    /// <summary>Only a run shows it.</summary>
    Unknown,

    /// <summary>Keys, or URLs of pages, which contain keys.</summary>
    Key,

    /// <summary>Other texts.</summary>
    Name,

    /// <summary>Keys and names.</summary>
    Mixed,

    /// <summary>Objects of commands of this module.</summary>
    Object,
}
