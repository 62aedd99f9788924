using System.Management.Automation;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>A parameter in MAML: in the syntax of one set, or in the list of all.</summary>
internal static class MamlParameter
{
    internal static XElement InSyntax(ParameterHelp help, CommandParameterInfo place)
    {
        var pipeline = Pipeline(place.ValueFromPipeline, place.ValueFromPipelineByPropertyName);
        var values = help.Values.Count == 0 ? null : new XElement(Maml.Command + "parameterValueGroup", help.Values.Select(v => Value(v, isRequired: false)));
        return Element(help, place.IsMandatory, place.Position, pipeline, values);
    }

    internal static XElement InList(ParameterHelp help, string? defaultSet)
    {
        var sets = help.Parameter.ParameterSets;
        var place = defaultSet is not null && sets.TryGetValue(defaultSet, out var usual) ? usual : sets.Values.First();
        var pipeline = Pipeline(sets.Values.Any(s => s.ValueFromPipeline), sets.Values.Any(s => s.ValueFromPipelineByPropertyName));
        return Element(help, place.IsMandatory, place.Position, pipeline, values: null);
    }

    private static XElement Element(ParameterHelp help, bool isMandatory, int position, string pipeline, XElement? values) => new(
        Maml.Command + "parameter",
        new XAttribute("required", Maml.YesNo(isMandatory)),
        new XAttribute("variableLength", "true"),
        new XAttribute("globbing", Maml.YesNo(help.TakesWildcards)),
        new XAttribute("pipelineInput", pipeline),
        new XAttribute("position", position == int.MinValue ? "named" : position),
        new XAttribute("aliases", help.Parameter.Aliases.Count == 0 ? "none" : string.Join(", ", help.Parameter.Aliases)),
        new XElement(Maml.Text + "name", help.Name),
        Maml.Description(Paragraphs(help)),
        values,
        help.Parameter.SwitchParameter ? null : Value(help.Type.Name, isRequired: true),
        Maml.Type(help.Type.Name),
        new XElement(Maml.Dev + "defaultValue", help.Default ?? "None"));

    private static IEnumerable<string> Paragraphs(ParameterHelp help)
    {
        yield return help.Text;
        if (help.Values.Count > 0)
            yield return $"Accepted values: {string.Join(", ", help.Values)}.";
        if (help.Range is not null)
            yield return $"Accepted values: {help.Range}.";
    }

    private static XElement Value(string text, bool isRequired) => new(
        Maml.Command + "parameterValue", new XAttribute("required", Maml.YesNo(isRequired)), new XAttribute("variableLength", "false"), text);

    private static string Pipeline(bool byValue, bool byName) => (byValue, byName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
