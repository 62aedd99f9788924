using System.Reflection;

namespace OdcPowerShell.Scripts;

/// <summary>A command of the module as a script can call it: its parameters, their sets, and the operations that it calls.</summary>
internal sealed class KnownCommand
{
    /// <summary>The name of the set that each parameter without a set belongs to.</summary>
    internal const string AllSets = ParameterAttribute.AllParameterSets;

    private static readonly IReadOnlyDictionary<string, KnownCommand> Commands = Read();

    private KnownCommand(Type type, CmdletAttribute cmdlet)
    {
        Type = type;
        Name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
        Aliases = [.. type.GetCustomAttributes<AliasAttribute>(inherit: false).SelectMany(a => a.AliasNames)];
        Parameters = [.. type.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute))).Select(p => new KnownParameter(p)), .. KnownParameter.Common(cmdlet)];
        List<string> named = [.. Parameters.SelectMany(p => p.Sets.Keys).Where(s => s != AllSets).Distinct(StringComparer.Ordinal)];
        Sets = named.Count == 0 ? [AllSets] : [.. named.OrderBy(s => s, StringComparer.Ordinal)];
        DefaultSet = cmdlet.DefaultParameterSetName;
        Operations = CalledOperation.Of(this);
    }

    internal Type Type { get; }

    internal string Name { get; }

    internal IReadOnlyList<string> Aliases { get; }

    internal IReadOnlyList<KnownParameter> Parameters { get; }

    internal IReadOnlyList<string> Sets { get; }

    internal string? DefaultSet { get; }

    /// <summary>The operations of all parameter sets, with their conditions.</summary>
    internal IReadOnlyList<CalledOperation> Operations { get; }

    /// <summary>The types of what it writes.</summary>
    internal IEnumerable<Type> Outputs => Type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type).OfType<Type>();

    /// <summary>All commands of the module.</summary>
    internal static IEnumerable<KnownCommand> All => Commands.Values.Distinct();

    /// <summary>The command with a name or an alias, with or without the name of the module; null if it is not of this module.</summary>
    internal static KnownCommand? Find(string name)
    {
        var separator = name.LastIndexOf('\\');
        var isOurs = separator < 0 || string.Equals(name.Substring(0, separator), nameof(OdcPowerShell), StringComparison.OrdinalIgnoreCase);
        return isOurs && Commands.TryGetValue(name.Substring(separator + 1), out var found) ? found : null;
    }

    /// <summary>The parameter that a script means, by its name, an alias, or the unique beginning of one; null if there is none or several.</summary>
    internal KnownParameter? Parameter(string typed) =>
        Parameters.FirstOrDefault(p => p.Names.Contains(typed, StringComparer.OrdinalIgnoreCase))
        ?? (Parameters.Where(p => p.Names.Any(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase))).ToList() is { Count: 1 } only ? only[0] : null);

    private static Dictionary<string, KnownCommand> Read()
    {
        var found = new Dictionary<string, KnownCommand>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(KnownCommand).Assembly.GetTypes().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet)
                continue;
            var command = new KnownCommand(type, cmdlet);
            foreach (var name in command.Aliases.Prepend(command.Name))
                found[name] = command;
        }

        return found;
    }
}

/// <summary>A parameter of a command.</summary>
internal sealed class KnownParameter
{
    internal KnownParameter(PropertyInfo property)
    {
        Name = property.Name;
        IsSwitch = property.PropertyType == typeof(SwitchParameter);
        Names = [Name, .. property.GetCustomAttributes<AliasAttribute>().SelectMany(a => a.AliasNames)];
        Reference = property.GetCustomAttributes().OfType<ReferenceAttribute>().FirstOrDefault();
        Sets = property.GetCustomAttributes<ParameterAttribute>().GroupBy(p => p.ParameterSetName, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.First(), StringComparer.Ordinal);
    }

    private KnownParameter(string name, string alias, bool isSwitch)
    {
        (Name, IsSwitch, IsCommon) = (name, isSwitch, true);
        Names = alias.Length == 0 ? [name] : [name, alias];
        Sets = new Dictionary<string, ParameterAttribute>(StringComparer.Ordinal) { [KnownCommand.AllSets] = new() };
    }

    internal string Name { get; }

    /// <summary>Its name and its aliases.</summary>
    internal IReadOnlyList<string> Names { get; }

    internal bool IsSwitch { get; }

    /// <summary>Whether PowerShell adds it to commands.</summary>
    internal bool IsCommon { get; }

    /// <summary>What objects it takes; null if it takes none.</summary>
    internal ReferenceAttribute? Reference { get; }

    /// <summary>Its declaration in each set.</summary>
    internal IReadOnlyDictionary<string, ParameterAttribute> Sets { get; }

    internal ParameterAttribute? In(string set) => Sets.TryGetValue(set, out var own) || Sets.TryGetValue(KnownCommand.AllSets, out own) ? own : null;

    internal static IEnumerable<KnownParameter> Common(CmdletAttribute cmdlet)
    {
        var names = "Verbose:vb Debug:db ErrorAction=:ea WarningAction=:wa InformationAction=:infa ProgressAction=:proga ErrorVariable=:ev WarningVariable=:wv InformationVariable=:iv OutVariable=:ov OutBuffer=:ob PipelineVariable=:pv"
            + (cmdlet.SupportsShouldProcess ? " WhatIf:wi Confirm:cf" : "") + (cmdlet.SupportsPaging ? " IncludeTotalCount: Skip=: First=:" : "");
        return names.Split(' ').Select(n => n.Split(':')).Select(n => new KnownParameter(n[0].TrimEnd('='), n[1], isSwitch: !n[0].EndsWith("=", StringComparison.Ordinal)));
    }
}
