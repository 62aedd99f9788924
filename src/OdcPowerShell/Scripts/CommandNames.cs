using System.Management.Automation.Language;

namespace OdcPowerShell.Scripts;

/// <summary>Which command a name means in a script, with the functions and aliases that it defines.</summary>
internal sealed class CommandNames
{
    private readonly HashSet<string> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);

    internal CommandNames(Ast script)
    {
        foreach (var function in script.FindAll(a => a is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>())
            _functions.Add(function.Name.Substring(function.Name.IndexOf(':') + 1));
        foreach (var command in script.FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (Bare(command)?.ToUpperInvariant() is not ("SET-ALIAS" or "NEW-ALIAS" or "SAL" or "NAL"))
                continue;
            if (AliasOf(command) is ({ } alias, { } meant))
                _aliases[alias] = meant;
        }
    }

    /// <summary>The alias that a command sets and the command that it means; null for what is only known in a run.</summary>
    internal static (string? Alias, string? Meant) AliasOf(CommandAst command)
    {
        string? alias = null, meant = null;
        List<Ast> positional = [];
        for (var i = 1; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is not CommandParameterAst parameter)
            {
                positional.Add(command.CommandElements[i]);
                continue;
            }

            // All others but these two are switches, or take a value that is no name.
            var isAlias = IsBeginning(parameter.ParameterName, "Name");
            if (!isAlias && !IsBeginning(parameter.ParameterName, "Value"))
                continue;
            var value = (parameter.Argument ?? (i + 1 < command.CommandElements.Count ? command.CommandElements[++i] : null)) as StringConstantExpressionAst;
            if (isAlias)
                alias = value?.Value ?? "";
            else
                meant = value?.Value ?? "";
        }

        foreach (var value in positional)
        {
            if (alias is null)
                alias = (value as StringConstantExpressionAst)?.Value ?? "";
            else
                meant ??= (value as StringConstantExpressionAst)?.Value ?? "";
        }

        return (string.IsNullOrEmpty(alias) ? null : alias, string.IsNullOrEmpty(meant) ? null : meant);
    }

    private static bool IsBeginning(string typed, string name) => typed.Length > 0 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a function of the script has the name of a command of this module.</summary>
    internal bool IsHidden(CommandAst ast) => ast.GetCommandName() is { } name && _functions.Contains(name) && KnownCommand.Find(name) is not null;

    /// <summary>The command of this module that is called; null for any other.</summary>
    internal KnownCommand? Find(CommandAst ast)
    {
        var name = ast.GetCommandName();
        if (name is null || _functions.Contains(name))
            return null;
        return KnownCommand.Find(_aliases.TryGetValue(name, out var meant) ? meant : name);
    }

    /// <summary>Whether a function or an alias of the script is called.</summary>
    internal bool IsOwn(CommandAst ast) => ast.GetCommandName() is { } name && (_functions.Contains(name) || _aliases.ContainsKey(name));

    /// <summary>The name of a command without that of its module; null if it is only known in a run.</summary>
    internal static string? Bare(CommandAst ast) => ast.GetCommandName() is { } name ? IsPath(name) ? name : name.Substring(name.LastIndexOf('\\') + 1) : null;

    /// <summary>Whether the name is formed like those of this module, or is said to be of it.</summary>
    internal static bool IsOfModule(CommandAst ast) => ast.GetCommandName() is { } name && Bare(ast) is { } bare && !IsPath(bare)
        && (name.StartsWith(nameof(OdcPowerShell) + "\\", StringComparison.OrdinalIgnoreCase) || (name == bare && bare.IndexOf('-') is var dash && dash > 0
            && string.Compare(bare, dash + 1, "Odc", 0, "Odc".Length, StringComparison.OrdinalIgnoreCase) == 0 && bare.Length > dash + 1 + "Odc".Length && char.IsLetter(bare[dash + 1 + "Odc".Length])));

    private static bool IsPath(string name) => name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase);
}
