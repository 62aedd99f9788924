using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

/// <summary>Namespaces and pieces of MAML, the XML that Get-Help reads.</summary>
internal static class Maml
{
    internal static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    internal static readonly XNamespace File = "http://msh";

    internal static XElement Paragraph(string text) => new(Text + "para", text);

    internal static XElement Description(params IEnumerable<string> paragraphs) => new(Text + "description", paragraphs.Select(Paragraph));

    internal static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name));

    internal static string YesNo(bool value) => value ? "true" : "false";
}

/// <summary>The help file of a module.</summary>
internal static class HelpFile
{
    internal static XDocument From(IEnumerable<CommandHelp> commands) => new(
        new XElement(
            Maml.File + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.Text),
            new XAttribute(XNamespace.Xmlns + "command", Maml.Command),
            new XAttribute(XNamespace.Xmlns + "dev", Maml.Dev),
            commands.Select(MamlCommand.From)));
}

/// <summary>A cmdlet in MAML.</summary>
internal static class MamlCommand
{
    internal static XElement From(CommandHelp help) => new(
        Maml.Command + "command",
        new XElement(
            Maml.Command + "details",
            new XElement(Maml.Command + "name", help.Command.Name),
            new XElement(Maml.Command + "verb", help.Command.Verb),
            new XElement(Maml.Command + "noun", help.Command.Noun),
            Maml.Description(help.Synopsis)),
        Maml.Description(help.Description.Append($"See also: {string.Join(", ", help.Related)}.")),
        new XElement(Maml.Command + "syntax", help.Command.ParameterSets.Select(s => Syntax(help, s))),
        new XElement(Maml.Command + "parameters", help.Parameters.Select(p => MamlParameter.InList(p, help.Command.DefaultParameterSet))),
        new XElement(Maml.Command + "inputTypes", help.Inputs.Select(i => Typed("inputType", i))),
        new XElement(Maml.Command + "returnValues", help.Outputs.Select(o => Typed("returnValue", o))),
        new XElement(Maml.Text + "alertSet", new XElement(Maml.Text + "alert", help.Notes.Select(Maml.Paragraph))),
        // No relatedLinks: with them PowerShell recommends -Online, which needs an address that does not exist yet.
        new XElement(Maml.Command + "examples", help.Examples.Select(Example)));

    private static XElement Syntax(CommandHelp help, CommandParameterSetInfo set)
    {
        // As Get-Command -Syntax does: positions first, then what is mandatory, then the rest as declared.
        var ordered = set.Parameters
            .OrderBy(p => p.Position == int.MinValue ? int.MaxValue : p.Position).ThenBy(p => p.IsMandatory ? 0 : 1);
        return new XElement(
            Maml.Command + "syntaxItem",
            new XElement(Maml.Text + "name", help.Command.Name),
            from place in ordered
            from parameter in help.Parameters
            where parameter.Name == place.Name
            select MamlParameter.InSyntax(parameter, place));
    }

    private static XElement Typed(string element, TypeHelp what) =>
        new(Maml.Command + element, Maml.Type(what.Name), Maml.Description(what.Text));

    private static XElement Example(ExampleHelp example, int index) => new(
        Maml.Command + "example",
        new XElement(Maml.Text + "title", string.Create(CultureInfo.InvariantCulture, $"---------------- Example {index + 1} ----------------")),
        new XElement(Maml.Dev + "code", example.Code),
        new XElement(Maml.Dev + "remarks", Maml.Paragraph(example.Explanation), Maml.Paragraph("")));
}

/// <summary>A parameter in MAML: in the syntax of one set, or in the list of all.</summary>
internal static class MamlParameter
{
    internal static XElement InSyntax(ParameterHelp help, CommandParameterInfo place)
    {
        var values = help.Values.Count == 0 ? null : new XElement(Maml.Command + "parameterValueGroup", help.Values.Select(v => Value(v, isRequired: false)));
        // No more than the syntax shows: Get-Help turns the whole file into objects before it shows anything of it.
        return new XElement(Maml.Command + "parameter", Required(place.IsMandatory), Position(place.Position), new XElement(Maml.Text + "name", help.Name), values, TypeValue(help));
    }

    internal static XElement InList(ParameterHelp help, string? defaultSet)
    {
        var sets = help.Parameter.ParameterSets;
        var place = defaultSet is not null && sets.TryGetValue(defaultSet, out var usual) ? usual : sets.Values.First();
        var pipeline = Pipeline(sets.Values.Any(s => s.ValueFromPipeline), sets.Values.Any(s => s.ValueFromPipelineByPropertyName));
        return new XElement(
            Maml.Command + "parameter",
            Required(place.IsMandatory),
            new XAttribute("variableLength", "true"),
            new XAttribute("globbing", Maml.YesNo(help.TakesWildcards)),
            new XAttribute("pipelineInput", pipeline),
            Position(place.Position),
            new XAttribute("aliases", help.Parameter.Aliases.Count == 0 ? "none" : string.Join(", ", help.Parameter.Aliases)),
            new XElement(Maml.Text + "name", help.Name),
            Maml.Description(Paragraphs(help)),
            TypeValue(help),
            Maml.Type(help.Type.Name),
            new XElement(Maml.Dev + "defaultValue", help.Default ?? "None"));
    }

    private static XAttribute Required(bool isMandatory) => new("required", Maml.YesNo(isMandatory));

    private static XAttribute Position(int position) => new("position", position == int.MinValue ? "named" : position);

    private static XElement? TypeValue(ParameterHelp help) => help.Parameter.SwitchParameter ? null : Value(help.Type.Name, isRequired: true);

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
