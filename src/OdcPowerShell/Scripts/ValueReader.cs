using System.Management.Automation.Language;

namespace OdcPowerShell.Scripts;

/// <summary>Reads values in a script without running it: literals, and variables that have one literal value.</summary>
internal sealed class ValueReader
{
    private const int Deepest = 20;
    private readonly Dictionary<string, List<Ast?>> _assigned = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _mentioned = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<CommandAst, KnownCommand?> _commandOf;

    internal ValueReader(Ast script, Func<CommandAst, KnownCommand?> commandOf)
    {
        _commandOf = commandOf;
        foreach (var ast in script.FindAll(a => a is AssignmentStatementAst or ParameterAst or ForEachStatementAst or UnaryExpressionAst or VariableExpressionAst or CommandAst, searchNestedScriptBlocks: true))
        {
            switch (ast)
            {
                case AssignmentStatementAst assignment:
                    Assign(assignment);
                    break;
                case ParameterAst parameter:
                    Assign(parameter.Name.VariablePath, parameter.DefaultValue);
                    _parameters.Add(NameOf(parameter.Name.VariablePath));
                    break;
                case VariableExpressionAst { Splatted: false } variable:
                    _mentioned[NameOf(variable.VariablePath)] = (_mentioned.TryGetValue(NameOf(variable.VariablePath), out var before) ? before : 0) + 1;
                    break;
                case CommandAst command when CommandNames.Bare(command)?.ToUpperInvariant() is "SET-VARIABLE" or "SV" or "NEW-VARIABLE" or "NV" or "SET":
                    foreach (var name in command.CommandElements.Skip(1).OfType<StringConstantExpressionAst>())
                        Assign(new VariablePath(name.Value), value: null);
                    break;
                case ForEachStatementAst each:
                    Assign(each.Variable.VariablePath, value: null);
                    break;
                case UnaryExpressionAst { TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus, Child: VariableExpressionAst counted }:
                    Assign(counted.VariablePath, value: null);
                    break;
            }
        }
    }

    /// <summary>The value of an argument.</summary>
    internal ScriptArgument Argument(Ast value) => Read(value, depth: 0);

    /// <summary>Whether a value is that of a parameter of the script, which its caller can specify.</summary>
    internal bool IsOfCaller(Ast? value, int depth = 0) => depth < Deepest && Bare(value) is VariableExpressionAst { VariablePath: var path }
        && (_parameters.Contains(NameOf(path)) || (OnlyValue(path.UserPath) is { } only && IsOfCaller(only, depth + 1)));

    /// <summary>Whether a switch is on; a switch without a value is.</summary>
    internal Answer Switch(Ast? value) => IsOfCaller(value) ? Answer.Maybe : Resolved(value) switch
    {
        null when value is null => Answer.Yes,
        VariableExpressionAst { VariablePath.UserPath: var name } when string.Equals(name, "true", StringComparison.OrdinalIgnoreCase) => Answer.Yes,
        VariableExpressionAst { VariablePath.UserPath: var name } when string.Equals(name, "false", StringComparison.OrdinalIgnoreCase) => Answer.No,
        ConstantExpressionAst { Value: int number } => number == 0 ? Answer.No : Answer.Yes,
        _ => Answer.Maybe,
    };

    /// <summary>The text of a value; variables in it become the text that is passed, and other values are null. So is what a caller of the script can specify.</summary>
    internal string? Text(Ast value, Func<string, string?> inserted)
    {
        if (IsOfCaller(value))
            return null;
        switch (Resolved(value))
        {
            case StringConstantExpressionAst constant:
                return constant.Value;
            case ExpandableStringExpressionAst text:
                var result = text.Value;
                foreach (var part in text.NestedExpressions.Select(n => n.Extent.Text).OrderByDescending(t => t.Length))
                {
                    if (inserted(part) is not { } replacement)
                        return null;
                    result = result.Replace(part, replacement);
                }

                return result;
            default:
                return null;
        }
    }

    /// <summary>The hashtable that a splatted variable has; null if a run can change it: by a caller, by another variable that has it too, or by one of its methods.</summary>
    internal HashtableAst? Table(string variable) =>
        _parameters.Contains(variable) || (_mentioned.TryGetValue(variable, out var times) && times > 1) ? null : Bare(OnlyValue(variable)) as HashtableAst;

    /// <summary>What a pipeline element that is an expression gets its objects from: the command at the end of the pipeline whose output it is.</summary>
    internal CommandAst? Source(Ast? value, int depth = 0) => depth > Deepest ? null : Bare(value) switch
    {
        CommandAst command => command,
        PipelineAst pipeline => pipeline.PipelineElements[pipeline.PipelineElements.Count - 1] is CommandExpressionAst expression ? Source(expression.Expression, depth + 1) : pipeline.PipelineElements[pipeline.PipelineElements.Count - 1] as CommandAst,
        ArrayExpressionAst { SubExpression.Statements: { Count: 1 } statements } => Source(statements[0], depth + 1),
        VariableExpressionAst variable => Source(OnlyValue(variable.VariablePath.UserPath), depth + 1),
        _ => null,
    };

    private void Assign(AssignmentStatementAst assignment)
    {
        var left = assignment.Left;
        while (left is AttributedExpressionAst attributed)
            left = attributed.Child;
        var variables = left is ArrayLiteralAst list ? list.Elements.OfType<VariableExpressionAst>().ToList() : left is VariableExpressionAst single ? [single] : [];
        foreach (var variable in variables)
            Assign(variable.VariablePath, variables.Count == 1 && assignment.Operator == TokenKind.Equals ? assignment.Right : null);
        // $table.Key = … and $table['Key'] = … change what the variable has.
        if (left is MemberExpressionAst { Expression: VariableExpressionAst owner })
            Assign(owner.VariablePath, value: null);
        if (left is IndexExpressionAst { Target: VariableExpressionAst table })
            Assign(table.VariablePath, value: null);
    }

    private void Assign(VariablePath variable, Ast? value)
    {
        var name = NameOf(variable);
        if (!_assigned.TryGetValue(name, out var values))
            _assigned[name] = values = [];
        values.Add(value);
    }

    // $script:x and $x may be one variable.
    private static string NameOf(VariablePath variable) => variable.UserPath.Substring(variable.UserPath.IndexOf(':') + 1);

    private Ast? Resolved(Ast? value, int depth = 0) =>
        Bare(value) is VariableExpressionAst variable && depth < Deepest && OnlyValue(variable.VariablePath.UserPath) is { } only ? Resolved(only, depth + 1) : Bare(value);

    /// <summary>The value of a variable that the script sets once; null for any other.</summary>
    private Ast? OnlyValue(string variable) => _assigned.TryGetValue(variable, out var values) && values.Count == 1 ? values[0] : null;

    // The expression in parentheses, casts and statements around it.
    private static Ast? Bare(Ast? value) => value switch
    {
        ParenExpressionAst inner => Bare(inner.Pipeline),
        CommandExpressionAst expression => Bare(expression.Expression),
        ConvertExpressionAst cast => Bare(cast.Child),
        PipelineAst { PipelineElements: { Count: 1 } elements } => Bare(elements[0]),
        SubExpressionAst { SubExpression.Statements: { Count: 1 } statements } => Bare(statements[0]),
        _ => value,
    };

    private ScriptArgument Read(Ast value, int depth)
    {
        if (depth > Deepest)
            return ScriptArgument.Unknown;
        if (IsOfCaller(value))
            return ReadResolved(value, depth) with { IsDefault = true };
        return ReadResolved(value, depth);
    }

    private ScriptArgument ReadResolved(Ast value, int depth)
    {
        switch (Resolved(value))
        {
            case StringConstantExpressionAst text:
                return Literal(text.Value);
            case ConstantExpressionAst { Value: { } constant }:
                return Literal(Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture) ?? "");
            case ArrayLiteralAst list:
                return Joined([.. list.Elements.Select(e => Read(e, depth + 1))]);
            case ArrayExpressionAst { SubExpression.Statements: { Count: > 0 } statements } when statements.All(s => s is PipelineAst { PipelineElements: { Count: 1 } elements } && elements[0] is CommandExpressionAst):
                return Joined([.. statements.Select(s => Read(s, depth + 1))]);
            case { } source when Source(source) is { } command && _commandOf(command) is not null:
                return ScriptArgument.Unknown with { Kind = ValueKind.Object };
            default:
                return ScriptArgument.Unknown;
        }
    }

    private static ScriptArgument Literal(string text) =>
        new(Answer.Yes, Guid.TryParse(text, out _) || text.Contains("://") ? ValueKind.Key : ValueKind.Name, [text], Count: 1);

    private static ScriptArgument Joined(IReadOnlyList<ScriptArgument> all)
    {
        List<ValueKind> kinds = [.. all.Select(a => a.Kind).Distinct()];
        // One name among other values is looked up.
        var kind = kinds.Count == 1 ? kinds[0] : kinds.Contains(ValueKind.Name) || kinds.Contains(ValueKind.Mixed) ? ValueKind.Mixed : ValueKind.Unknown;
        return new(Answer.Yes, kind, [.. all.SelectMany(a => a.Texts)], all.All(a => a.Count > 0) ? all.Sum(a => a.Count) : 0) { IsDefault = all.Any(a => a.IsDefault) };
    }
}
