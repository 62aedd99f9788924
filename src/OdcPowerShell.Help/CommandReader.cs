using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>Reads what a cmdlet's documentation says, and notes what it lacks.</summary>
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
