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
            var words = command.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().Select(e => e.Value).ToList();
            if (words.Count >= 2)
                _aliases[words[0]] = words[1];
        }
    }

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

    private static bool IsPath(string name) => name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase);
}
