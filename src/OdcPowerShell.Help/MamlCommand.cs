using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace OdcPowerShell.Help;

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
        // No relatedLinks: where there are any, PowerShell recommends -Online, which needs an address that there is not yet.
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
