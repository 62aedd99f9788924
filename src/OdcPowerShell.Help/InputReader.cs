namespace OdcPowerShell.Help;

/// <summary>What goes into a cmdlet by the pipeline.</summary>
internal static class InputReader
{
    internal static IReadOnlyList<TypeHelp> Read(IEnumerable<ParameterHelp> parameters)
    {
        List<TypeHelp> inputs = [.. parameters.Select(p => (Parameter: p, Ways: Ways(p))).Where(p => p.Ways.Length > 0)
            .Select(p => new TypeHelp(p.Parameter.Type.FullName!, $"For -{p.Parameter.Name}, {p.Ways}. {p.Parameter.Text}"))];
        return inputs.Count > 0 ? inputs : [new TypeHelp("None", "Nothing is taken from the pipeline.")];
    }

    private static string Ways(ParameterHelp parameter)
    {
        var sets = parameter.Parameter.ParameterSets.Values;
        List<string> ways = [];
        if (sets.Any(s => s.ValueFromPipeline))
            ways.Add("as objects");
        if (sets.Any(s => s.ValueFromPipelineByPropertyName))
            ways.Add($"from objects with a property {parameter.Name}");
        return string.Join(", or ", ways);
    }
}
