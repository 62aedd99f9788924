using System.Management.Automation.Language;

namespace OdcPowerShell.Scripts;

/// <summary>A place in a script: the file, or null for a script block that has none, and the line.</summary>
internal sealed record ScriptPlace(string? Path, int? Line)
{
    public override string ToString() => Line is null ? "" : FormattableString.Invariant($"{(Path is null ? "line " : System.IO.Path.GetFileName(Path) + ":")}{Line}");
}

/// <summary>What a script does at a place: it calls a command of the module, sends a request to a path, or does something that can't be read.</summary>
internal sealed record ScriptUse(ScriptPlace Place)
{
    internal ScriptCall? Call { get; init; }

    internal Operation? Operation { get; init; }

    /// <summary>Why it can't be read.</summary>
    internal string? Unread { get; init; }
}

/// <summary>Finds what scripts do with this module, without running them: in the scripts themselves, and in those that they call by a path that can be read.</summary>
internal sealed class ScriptReader
{
    // Its operation is the one of its path.
    private const string AnyRequest = "Invoke-OdcRestMethod";
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<ScriptUse> _uses = [];

    /// <summary>What was found, in the order of the scripts.</summary>
    internal IReadOnlyList<ScriptUse> Uses => _uses;

    /// <summary>Reads a file, unless it was read already.</summary>
    /// <exception cref="OdcException">There is no such file, it can't be read, or it is not a script.</exception>
    internal void ReadFile(string path)
    {
        if (!_seen.Add(path))
            return;
        if (Directory.Exists(path))
            throw new OdcException(OdcErrorCause.FileNotFound, $"{path} is a folder and not a script.", $"Specify its scripts: {Path.Combine(path, "*.ps1")}");
        if (!File.Exists(path))
            throw new OdcException(OdcErrorCause.FileNotFound, $"The file {path} does not exist.", "Check the path.");
        ScriptBlockAst script;
        ParseError[] errors;
        try
        {
            script = Parser.ParseFile(path, out _, out errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ParseException)
        {
            throw new OdcException(OdcErrorCause.FileFailed, $"The file {path} can't be read: {e.Message}", "Check the path and the permissions of the file.", e);
        }

        // A module or a type that this machine lacks is no error of the script.
        if (errors.TakeWhile(e => !IsConfiguration(e)).FirstOrDefault(e => e.ErrorId is not ("ModuleNotFoundDuringParse" or "TypeNotFound" or "CustomAttributeTypeNotFound")) is { } first)
        {
            var at = first.Extent;
            throw new OdcException(
                OdcErrorCause.InvalidRequest, FormattableString.Invariant($"{path} is not a script that PowerShell can run: line {at.StartLineNumber}, column {at.StartColumnNumber}: {first.Message.Split('\r', '\n')[0]}"),
                "Correct the script.");
        }

        foreach (var error in errors.Where(IsConfiguration))
            _uses.Add(new ScriptUse(new ScriptPlace(path, error.Extent.StartLineNumber)) { Unread = "this machine lacks DSC, without which PowerShell may not read the script from here on" });
        Read(script, path);
    }

    // PowerShell reads the keyword with DSC. Without it, the message is the text of an exception, and what follows may look wrong.
    private static bool IsConfiguration(ParseError error) =>
        error.Message.Contains("Exception:") && error.Extent.StartScriptPosition.Line.TrimStart().StartsWith("configuration ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a script block.</summary>
    internal void ReadBlock(ScriptBlock block) => Read(block.Ast, string.IsNullOrEmpty(block.File) ? null : block.File);

    private void Read(Ast script, string? path)
    {
        var names = new CommandNames(script);
        var values = new ValueReader(script, names.Find);
        var calls = new CallReader(values, names.Find);
        foreach (var ast in script.FindAll(a => a is CommandAst or InvokeMemberExpressionAst or AssignmentStatementAst or UsingStatementAst or StringConstantExpressionAst, searchNestedScriptBlocks: true))
        {
            if (ast is CommandAst command)
                ReadCommand(command, names, values, calls, path);
            else if (ast is UsingStatementAst { UsingStatementKind: UsingStatementKind.Module, Name: { } module } && ScriptOf(module, values, path) is { } file)
                Follow(ast, file, path);
            else if (ast is StringConstantExpressionAst text && IsNamed(text, names))
                NotRead(ast, path, $"what is done with the name of the command is only known in a run: {Short(text.Parent)}");
            else if (Unreadable(ast) is { } why)
                NotRead(ast, path, why);
        }
    }

    private void ReadCommand(CommandAst ast, CommandNames names, ValueReader values, CallReader calls, string? path)
    {
        if (names.Find(ast) is { } known)
        {
            var call = calls.Read(ast, known, (at, why) => NotRead(at, path, why));
            if (known.Name == AnyRequest)
                AddRequest(ast, call, values, path);
            else
                _uses.Add(new ScriptUse(Place(ast, path)) { Call = call });
            return;
        }

        if (names.IsHidden(ast))
        {
            NotRead(ast, path, $"whether the function of this name or the command is called is only known in a run: {Short(ast)}");
            return;
        }

        var first = ast.CommandElements[0];
        // A block is read where it stands, and so is a function of the script.
        if (first is ScriptBlockExpressionAst || names.IsOwn(ast))
            return;
        switch (CommandNames.Bare(ast)?.ToUpperInvariant())
        {
            case null when ScriptOf(first, values, path) is { } file:
                Follow(ast, file, path);
                break;
            case null:
                NotRead(ast, path, $"which command is called is only known in a run: {Short(first)}");
                break;
            case "INVOKE-EXPRESSION" or "IEX":
                NotRead(ast, path, $"the text that it runs is only known in a run: {Short(ast)}");
                break;
            case "PWSH" or "POWERSHELL" or "PWSH.EXE" or "POWERSHELL.EXE":
                FollowParameter(ast, values, path, "File", isChild: true);
                break;
            case "START-PROCESS" or "SAPS" or "START" when ast.Extent.Text.IndexOf("pwsh", StringComparison.OrdinalIgnoreCase) >= 0 || ast.Extent.Text.IndexOf("powershell", StringComparison.OrdinalIgnoreCase) >= 0:
                NotRead(ast, path, $"what it runs is not read: {Short(ast)}");
                break;
            case "START-JOB" or "START-THREADJOB" or "INVOKE-COMMAND" or "ICM":
                FollowParameter(ast, values, path, "FilePath", isChild: false);
                break;
            case "SET-ALIAS" or "NEW-ALIAS" or "SAL" or "NAL" when CommandNames.AliasOf(ast) is var (alias, meant) && (alias is null || meant is null) && (meant is null || KnownCommand.Find(meant) is not null):
                NotRead(ast, path, $"which alias means which command is only known in a run: {Short(ast)}");
                break;
            case "IMPORT-MODULE" or "IPMO" when ast.CommandElements.OfType<CommandParameterAst>().Any(p => IsWord(p.ParameterName, "Prefix")) && ast.Extent.Text.IndexOf("Odc", StringComparison.OrdinalIgnoreCase) >= 0:
                NotRead(ast, path, $"with a prefix the commands have other names, which are not read: {Short(ast)}");
                break;
            case "IMPORT-MODULE" or "IPMO" when ast.CommandElements.Skip(1).OfType<ExpressionAst>().Select(e => ScriptOf(e, values, path)).FirstOrDefault(f => f is not null) is { } module:
                Follow(ast, module, path);
                break;
            case { } name when CommandNames.IsOfModule(ast):
                NotRead(ast, path, $"this module has no command {CommandNames.Bare(ast)}{Meant(name)}");
                break;
            case { } name when IsScript(name):
                if (Full(ast.GetCommandName(), path) is { } named)
                    Follow(ast, named, path);
                else
                    NotRead(ast, path, $"the folder of this script is not known: {Short(first)}");
                break;
        }
    }

    /// <summary>Reads the script that a parameter of another command names, such as that of pwsh -File.</summary>
    private void FollowParameter(CommandAst ast, ValueReader values, string? path, string parameter, bool isChild)
    {
        var elements = ast.CommandElements;
        // Without a parameter the first argument is the script.
        if (isChild && elements.Count > 1 && elements[1] is ExpressionAst and not ScriptBlockExpressionAst)
        {
            if (ScriptOf(elements[1], values, path) is { } first)
                Follow(ast, first, path);
            else
                NotRead(ast, path, $"what it runs is not read: {Short(ast)}");
            return;
        }

        for (var i = 1; i < elements.Count; i++)
        {
            if (elements[i] is not CommandParameterAst { ParameterName: { Length: > 0 } name } named)
                continue;
            var isMeant = parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase);
            if (isMeant && (named.Argument ?? (i + 1 < elements.Count ? elements[i + 1] : null)) is { } value)
            {
                if (ScriptOf(value, values, path) is { } file)
                    Follow(ast, file, path);
                else
                    NotRead(ast, path, $"which script is run is only known in a run: {Short(value)}");
                return;
            }

            if (isChild && ("COMMAND".StartsWith(name, StringComparison.OrdinalIgnoreCase) || "ENCODEDCOMMAND".StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            {
                if (i + 1 >= elements.Count || elements[i + 1] is not ScriptBlockExpressionAst)
                    NotRead(ast, path, $"the text that it runs is not read: {Short(ast)}");
                return;
            }
        }
    }

    private void Follow(Ast at, string file, string? path)
    {
        try
        {
            ReadFile(file);
        }
        catch (OdcException e)
        {
            NotRead(at, path, e.Message.TrimEnd('.'));
        }
    }

    private void AddRequest(CommandAst ast, ScriptCall call, ValueReader values, string? path)
    {
        var method = call.Of("Method") is { } specified ? specified.Texts is { Count: 1 } literal && specified.Kind == ValueKind.Name ? literal[0].ToUpperInvariant() : null : call.IsOpen ? null : "GET";
        var text = call.Of("Path")?.Texts is { Count: 1 } whole ? whole[0]
            : ast.CommandElements.Skip(1).OfType<ExpandableStringExpressionAst>().Select(e => values.Text(e, _ => "0")).FirstOrDefault(t => t is not null);
        var open = call.Of("Method") is { IsDefault: true } ? "Method" : call.Of("Path") is { IsDefault: true } ? "Path" : null;
        if (open is not null)
            NotRead(ast, path, $"which operation is called is only known in a run, because the caller of the script can specify the value of -{open}: {Short(ast)}");
        else if (method is null || text is null)
            NotRead(ast, path, $"which operation is called is only known in a run: {Short(ast)}");
        else if (OperationCatalogue.FindAnywhere(new HttpMethod(method), text) is { } operation)
            _uses.Add(new ScriptUse(Place(ast, path)) { Operation = operation, Call = call });
        else
            NotRead(ast, path, $"{method} {text} is not an operation that this module knows");
    }

    // A name that is passed on, such as to ForEach-Object, an alias or AddCommand. Commands of this module that take names, and help, call nothing.
    private static bool IsNamed(StringConstantExpressionAst text, CommandNames names) => KnownCommand.Find(text.Value) is not null && text.Parent switch
    {
        CommandAst command when command.CommandElements[0] == text => false,
        // A text in a pipeline is only called by what runs it, which is another row.
        CommandExpressionAst { Parent: PipelineAst { Parent: not StatementBlockAst { Parent: ArrayExpressionAst } } } => false,
        CommandAst command => IsPassedOn(command, names),
        CommandParameterAst { Parent: CommandAst command } => IsPassedOn(command, names),
        ArrayLiteralAst { Parent: CommandAst command } => IsPassedOn(command, names),
        _ => true,
    };

    private static bool IsPassedOn(CommandAst command, CommandNames names) => names.Find(command) is null
        && CommandNames.Bare(command)?.ToUpperInvariant() is not ("GET-COMMAND" or "GCM" or "GET-HELP" or "HELP" or "MAN" or "WRITE-HOST" or "WRITE-OUTPUT" or "WRITE-VERBOSE" or "SET-ALIAS" or "NEW-ALIAS" or "SAL" or "NAL"
            or "PWSH" or "POWERSHELL" or "PWSH.EXE" or "POWERSHELL.EXE");

    private static string Meant(string name) =>
        NearNames.Of(name, KnownCommand.All.Select(c => c.Name)) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : "";

    private void NotRead(Ast at, string? path, string why) => _uses.Add(new ScriptUse(Place(at, path)) { Unread = why });

    // What PowerShell runs or adds without a command that shows it.
    private static string? Unreadable(Ast ast) => ast switch
    {
        InvokeMemberExpressionAst { Static: true, Expression: TypeExpressionAst type, Member: StringConstantExpressionAst member }
            when IsWord(member.Value, "Create") && IsWord(type.TypeName.Name.Split('.').Last(), "ScriptBlock") => $"the text of the script block is only known in a run: {Short(ast)}",
        InvokeMemberExpressionAst { Member: StringConstantExpressionAst member } when IsWord(member.Value, "InvokeScript") || IsWord(member.Value, "AddScript") || IsWord(member.Value, "NewScriptBlock") =>
            $"the text that it runs is only known in a run: {Short(ast)}",
        InvokeMemberExpressionAst { Expression: VariableExpressionAst variable } when IsWord(variable.VariablePath.UserPath, "PSDefaultParameterValues") => $"default values of parameters are not taken into account: {Short(ast)}",
        AssignmentStatementAst { Left: { } left } when left.Find(a => a is VariableExpressionAst v && IsWord(v.VariablePath.UserPath, "PSDefaultParameterValues"), searchNestedScriptBlocks: false) is not null
            && left.Extent.Text.IndexOf(":Connection", StringComparison.OrdinalIgnoreCase) < 0 => $"default values of parameters are not taken into account: {Short(ast)}",
        _ => null,
    };

    private static bool IsWord(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static bool IsScript(string name) => name.EndsWith(".PS1", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".PSM1", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of a script that an expression has: a literal, one with $PSScriptRoot, or Join-Path of these; null for all others.</summary>
    private static string? ScriptOf(Ast value, ValueReader values, string? path)
    {
        var folder = path is null ? null : Path.GetDirectoryName(path);
        var text = values.Text(value, Inserted);
        if (text is null && values.Source(value) is { } command && IsWord(command.GetCommandName() ?? "", "Join-Path"))
        {
            List<string?> parts = [.. command.CommandElements.Skip(1).OfType<ExpressionAst>().Select(e => values.Text(e, Inserted) ?? Inserted(e.Extent.Text))];
            text = parts.Count < 2 || parts.Contains(null) ? null : string.Join("/", parts);
        }

        return text is not null && IsScript(text) ? Full(text, path) : null;

        string? Inserted(string part) => part.Trim('$', '(', ')', '{', '}') is var name && IsWord(name, "PSScriptRoot") ? folder : null;
    }

    // A path without a folder is relative to where the script is run: that of the script is the likeliest.
    private static string? Full(string text, string? path)
    {
        var local = text.Replace('\\', Path.DirectorySeparatorChar).Replace('/', Path.DirectorySeparatorChar);
        if (Path.IsPathRooted(local))
            return Path.GetFullPath(local);
        return path is null || Path.GetDirectoryName(path) is not { } folder ? null : Path.GetFullPath(Path.Combine(folder, local));
    }

    private static ScriptPlace Place(Ast at, string? path) => new(path, at.Extent.StartLineNumber);

    private static string Short(Ast ast)
    {
        const int Most = 60;
        var text = ast.Extent.Text.Split('\n')[0].Trim();
        return Redactor.Clean(text.Length <= Most ? text : text.Substring(0, Most) + "…");
    }
}
