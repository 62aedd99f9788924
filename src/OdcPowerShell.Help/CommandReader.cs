using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Xml.Linq;
using OdcPowerShell.Http;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Help;

/// <summary>Reads the documentation of a cmdlet, and reports what is missing.</summary>
internal sealed class CommandReader(XmlDocs docs, Faults faults)
{
    internal CommandHelp Read(CmdletInfo command)
    {
        var member = docs.Of(command.ImplementingType);
        var synopsis = DocText.Plain(member?.Element("summary"));
        if (synopsis.Length == 0)
            faults.Add(command.Name, "its class has no summary, which is the synopsis.");
        var description = DocText.Paragraphs(member?.Element("remarks"));
        if (description.Count == 0)
            faults.Add(command.Name, "its class has no paragraph in remarks, which is the description.");
        return new CommandHelp(command, synopsis, [.. description.Select(DocText.Plain)], [.. Parameters(command)])
        {
            Examples = Examples(command, member),
            Notes = NoteReader.Read(command, member?.Element("remarks")),
            Outputs = [.. new OutputReader(docs, faults).Read(command)],
        };
    }

    private IEnumerable<ParameterHelp> Parameters(CmdletInfo command)
    {
        var defaults = new ParameterDefaults(command.ImplementingType);
        foreach (var parameter in command.Parameters.Values.Where(p => !Cmdlet.CommonParameters.Contains(p.Name)))
        {
            var property = command.ImplementingType.GetProperty(parameter.Name);
            var text = StandardParameters.TextOf(parameter.Name) ?? (property is null ? "" : DocText.Plain(docs.Of(property)?.Element("summary")));
            if (text.Length == 0)
                faults.Add(command.Name, $"parameter -{parameter.Name} has no summary{Where(property)}.");
            yield return new ParameterHelp(parameter, text) { Default = defaults.Of(parameter), Values = ParameterValues.Of(parameter), Range = ParameterValues.RangeOf(parameter) };
        }
    }

    private static string Where(PropertyInfo? property) => property is null ? "" : $" in {property.DeclaringType!.Name}";

    private List<ExampleHelp> Examples(CmdletInfo command, XElement? member)
    {
        List<ExampleHelp> examples = [.. (member?.Elements("example") ?? [])
            .Select(e => new ExampleHelp(DocText.Code(e.Element("code")), string.Join(" ", e.Elements("para").Select(DocText.Plain))))];
        if (examples.Count < 2)
            faults.Add(command.Name, $"two examples are needed, and it has {examples.Count}.");
        foreach (var empty in examples.Where(e => e.Code.Length == 0 || e.Explanation.Length == 0))
            faults.Add(command.Name, $"example {examples.IndexOf(empty) + 1} has no {(empty.Code.Length == 0 ? "code" : "explanation in a para")}.");
        return examples;
    }
}

/// <summary>The pipeline input of a cmdlet.</summary>
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

/// <summary>The output types of a cmdlet, with their description from the cmdlet's remarks or the type's summary.</summary>
internal sealed class OutputReader(XmlDocs docs, Faults faults)
{
    internal IEnumerable<TypeHelp> Read(CmdletInfo command)
    {
        var isSilent = command.Parameters.ContainsKey("PassThru");
        if (isSilent || command.OutputType.Count == 0)
            yield return new TypeHelp("None", isSilent ? "Unless -PassThru is specified." : "Nothing is written.");
        foreach (var output in command.OutputType)
        {
            var text = Own(command, output.Name) ?? DocText.Plain(output.Type is null ? null : docs.Of(output.Type)?.Element("summary"));
            if (text.Length == 0)
                faults.Add(command.Name, $"""its output {output.Name} is described neither by the type's summary nor by <para type="output" name="{output.Name}"> in its remarks.""");
            yield return new TypeHelp(output.Name, isSilent ? "With -PassThru. " + text : text);
        }
    }

    private string? Own(CmdletInfo command, string type) => DocText.Paragraphs(docs.Of(command.ImplementingType)?.Element("remarks"), "output")
        .Where(p => p.Attribute("name")?.Value == type).Select(DocText.Plain).FirstOrDefault();
}

/// <summary>Makes the notes: the API operations that a cmdlet calls, with the permission of each, and its aliases.</summary>
internal static class NoteReader
{
    internal static IReadOnlyList<string> Read(CmdletInfo command, XElement? remarks)
    {
        var operations = Operations(command).ToList();
        var notes = DocText.Paragraphs(remarks, "note").Select(DocText.Plain).ToList();
        if (operations.Count > 0)
            notes.InsertRange(0, operations.Prepend("API operations, and the permission of the API client that each needs:"));
        else if (notes.Count == 0)
            notes.Add("Calls no API operation, so the API client needs no permission for it.");
        var aliases = command.ImplementingType.GetCustomAttributes(inherit: false).OfType<AliasAttribute>().SelectMany(a => a.AliasNames).ToList();
        if (aliases.Count > 0)
            notes.Add("Alias: " + string.Join(", ", aliases));
        return notes;
    }

    private static IEnumerable<string> Operations(CmdletInfo command)
    {
        var called = command.ImplementingType.GetCustomAttributes<ApiOperationAttribute>().ToList();
        var found = from type in command.Parameters.Values.SelectMany(p => p.Attributes.OfType<IResourceParameter>()).Select(p => p.ResourceType).Distinct()
                    where type.List is { } list && called.All(c => c.Operation != list.Operation)
                    select Note(type.List!.Operation, $"to look up {type.Plural} by {type.FoundBy}");
        return called.Select(c => Note(c.Operation, c.Text)).Concat(found);
    }

    private static string Note(Operation operation, string? when) => $"{operation.Method.Method} {operation.Template}{(when is null ? "" : $" ({when})")}: {operation.Permission}.";
}

/// <summary>The cmdlets as PowerShell sees them after importing the module.</summary>
internal static class ModuleCommands
{
    internal static IReadOnlyList<CmdletInfo> Of(string assembly)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Path.GetFullPath(assembly)]);
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        // PowerShell reads parameters on first use, which needs the runspace.
        Runspace.DefaultRunspace = runspace;
        var module = Path.GetFileNameWithoutExtension(assembly);
        return [.. runspace.SessionStateProxy.InvokeCommand.GetCommands("*", CommandTypes.Cmdlet, nameIsPattern: true)
            .OfType<CmdletInfo>().Where(c => c.ModuleName == module && c.ParameterSets.Count > 0).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }
}

/// <summary>Missing documentation, and columns that are not possible; each of them fails the build.</summary>
internal sealed class Faults
{
    private readonly List<string> _messages = [];

    internal void Add(string what, string message) => _messages.Add($"{what}: {message}");

    /// <summary>Writes each fault in the form that MSBuild shows as an error, and returns whether there was any.</summary>
    internal bool Report(TextWriter output)
    {
        foreach (var message in _messages)
            output.WriteLine("OdcPowerShell.Help : error ODCHELP: " + message);
        return _messages.Count > 0;
    }
}
