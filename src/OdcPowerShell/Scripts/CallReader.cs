using System.Management.Automation.Language;

namespace OdcPowerShell.Scripts;

/// <summary>Binds the arguments of a command in a script to its parameters, as PowerShell will, as far as the script shows them.</summary>
internal sealed class CallReader(ValueReader values, Func<CommandAst, KnownCommand?> commandOf)
{
    /// <summary>The call; what of it can't be read goes to <paramref name="unread"/>.</summary>
    internal ScriptCall Read(CommandAst ast, KnownCommand command, Action<Ast, string> unread)
    {
        var binding = new Binding(command);
        List<CommandElementAst> elements = [.. ast.CommandElements.Skip(1)];
        var positional = new List<Ast>();
        for (var i = 0; i < elements.Count; i++)
        {
            switch (elements[i])
            {
                case CommandParameterAst named:
                    if (command.Parameter(named.ParameterName) is not { } parameter)
                    {
                        unread(named, $"{command.Name} has no parameter -{named.ParameterName}, or several that begin so");
                        binding.Open();
                        break;
                    }

                    var hasNext = named.Argument is null && !parameter.IsSwitch && i + 1 < elements.Count && elements[i + 1] is not CommandParameterAst;
                    Add(binding, parameter, named.Argument ?? (hasNext ? elements[++i] : null));
                    break;
                case VariableExpressionAst { Splatted: true } splatted:
                    Splat(binding, splatted, unread);
                    break;
                case { } value:
                    positional.Add(value);
                    break;
            }
        }

        foreach (var value in positional)
        {
            if (binding.NextPositional() is { } parameter)
                Add(binding, parameter, value);
            else
                unread(value, $"{command.Name} has no parameter for this argument");
        }

        if (ast.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(ast) is > 0 and var index)
            binding.Pipe(OutputsOf(pipeline, index - 1));
        return binding.Call();
    }

    private void Add(Binding binding, KnownParameter parameter, Ast? value)
    {
        var argument = parameter.IsSwitch
            ? ScriptArgument.Unknown with { IsCertain = values.Switch(value) }
            : value is null ? ScriptArgument.Unknown : values.Argument(value);
        binding.Add(parameter, argument);
    }

    private void Splat(Binding binding, VariableExpressionAst splatted, Action<Ast, string> unread)
    {
        if (values.Table(splatted.VariablePath.UserPath) is not { } table || !table.KeyValuePairs.All(pair => pair.Item1 is StringConstantExpressionAst))
        {
            binding.Open();
            return;
        }

        foreach (var (key, value) in table.KeyValuePairs.Select(pair => (((StringConstantExpressionAst)pair.Item1).Value, pair.Item2)))
        {
            if (binding.Command.Parameter(key) is { } parameter)
            {
                Add(binding, parameter, value);
            }
            else
            {
                unread(splatted, $"{binding.Command.Name} has no parameter -{key}, or several that begin so");
                binding.Open();
            }
        }
    }

    /// <summary>The types that an element of a pipeline writes; none if they are not known.</summary>
    private IReadOnlyList<Type> OutputsOf(PipelineAst pipeline, int index)
    {
        for (; index >= 0; index--)
        {
            var element = pipeline.PipelineElements[index];
            var command = element as CommandAst ?? values.Source(element);
            if (command is null)
                return [];
            if (commandOf(command) is { } known)
                return [.. known.Outputs.Where(t => typeof(OdcResource).IsAssignableFrom(t))];
            // What these pass on is what they get.
            if (element is not CommandAst || command.GetCommandName()?.ToUpperInvariant() is not ("WHERE-OBJECT" or "WHERE" or "?" or "SORT-OBJECT" or "SORT" or "TEE-OBJECT" or "TEE"))
                return [];
        }

        return [];
    }

    /// <summary>The arguments found so far, and the sets that have all of them.</summary>
    private sealed class Binding(KnownCommand command)
    {
        private readonly Dictionary<string, ScriptArgument> _bound = new(StringComparer.OrdinalIgnoreCase);
        private List<string> _sets = [.. command.Sets];
        private bool _isOpen;
        private bool _isPiped;

        internal KnownCommand Command { get; } = command;

        internal void Open() => _isOpen = true;

        internal void Add(KnownParameter parameter, ScriptArgument argument)
        {
            _bound[parameter.Name] = argument;
            Keep(set => parameter.In(set) is not null);
        }

        /// <summary>The parameter of the next argument without a name: of the default set, if it still has one.</summary>
        internal KnownParameter? NextPositional() => (
            from set in _sets.OrderBy(s => s == Command.DefaultSet ? 0 : 1)
            from parameter in Command.Parameters
            let position = parameter.In(set)?.Position ?? int.MinValue
            where position >= 0 && !_bound.ContainsKey(parameter.Name)
            orderby set == Command.DefaultSet ? 0 : 1, position
            select parameter).FirstOrDefault();

        internal void Pipe(IReadOnlyList<Type> types)
        {
            _isPiped = true;
            List<KnownParameter> takers = [.. Command.Parameters.Where(p => !_bound.ContainsKey(p.Name) && _sets.Any(s => p.In(s) is { ValueFromPipeline: true }))];
            List<KnownParameter> own = [.. takers.Where(p => types.Count > 0 && types.All(t => p.Reference is { } r && (r.ResourceType.Types.Contains(t) || r.Also.Contains(t))))];
            var chosen = own.Count == 1 ? own[0] : takers.Count == 1 ? takers[0] : null;
            if (chosen is not null)
                Add(chosen, ScriptArgument.Unknown with { Kind = own.Count == 1 ? ValueKind.Object : ValueKind.Unknown });
            foreach (var parameter in Command.Parameters.Where(p => !_bound.ContainsKey(p.Name) && _sets.Any(s => p.In(s) is { } here && (here.ValueFromPipelineByPropertyName || (chosen is null && here.ValueFromPipeline)))))
            {
                // An object of this module has the property or it has not.
                var isByName = !_sets.Any(s => parameter.In(s) is { ValueFromPipeline: true }) || chosen is not null;
                if (isByName && types.Count > 0 && !types.Any(t => parameter.Names.Any(n => t.GetProperty(n) is not null)))
                    continue;
                _bound[parameter.Name] = ScriptArgument.Possible with { Kind = types.Count > 0 && parameter.Reference is not null ? ValueKind.Object : ValueKind.Unknown };
            }
        }

        internal ScriptCall Call()
        {
            // A set whose mandatory parameter is missing is not meant.
            if (!_isOpen)
                Keep(set => Command.Parameters.All(p => p.In(set) is not { Mandatory: true } here || _bound.ContainsKey(p.Name) || (_isPiped && (here.ValueFromPipeline || here.ValueFromPipelineByPropertyName))));
            if (!_isOpen && !_isPiped && Command.DefaultSet is { } usual && _sets.Contains(usual))
                _sets = [usual];
            var isOnly = _sets.Count == 1;
            foreach (var parameter in Command.Parameters.Where(p => isOnly && p.In(_sets[0]) is { Mandatory: true } && _bound.TryGetValue(p.Name, out var possible) && possible.IsCertain == Answer.Maybe && !p.IsSwitch))
                _bound[parameter.Name] = _bound[parameter.Name] with { IsCertain = Answer.Yes };
            return new ScriptCall(Command, _bound, _sets, _isOpen);
        }

        private void Keep(Func<string, bool> fits)
        {
            var kept = _sets.Where(fits).ToList();
            if (kept.Count > 0)
                _sets = kept;
        }
    }
}
