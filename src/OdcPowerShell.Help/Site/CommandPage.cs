using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Help.Site;

/// <summary>The page of a command: what Get-Help -Full shows.</summary>
internal static class CommandPage
{
    internal static Page From(CommandHelp help, string? task) => new(help.Command.Name, help.Command.Name, help.Synopsis, [.. Blocks(help, task)]);

    private static IEnumerable<Block> Blocks(CommandHelp help, string? task)
    {
        if (task is not null)
            yield return new Paragraph($"Task: {task}.");
        foreach (var paragraph in help.Description)
            yield return new Paragraph(paragraph);
        yield return new Heading(2, "Syntax");
        yield return new CodeLines(string.Join("\n\n", help.Command.ParameterSets.Select(s => $"{help.Command.Name} {s}")), "powershell");
        yield return new Heading(2, "Examples");
        foreach (var (example, number) in help.Examples.Select((e, i) => (e, i + 1)))
        {
            yield return new Heading(3, string.Create(CultureInfo.InvariantCulture, $"Example {number}"));
            yield return new CodeLines(example.Code, "powershell");
            yield return new Paragraph(example.Explanation);
        }

        yield return new Heading(2, "Parameters");
        yield return help.Parameters.Count == 0 ? new Paragraph("None but the common parameters.") : new Rows(["Parameter", "Type", "What it does"], [.. help.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Row)]);
        yield return new Heading(2, "Input");
        yield return new Rows(["Type", "For"], [.. help.Inputs.Select(i => (string[])[i.Name, i.Text])]);
        yield return new Heading(2, "Output");
        yield return new Rows(["Type", "What it is"], [.. help.Outputs.Select(o => (string[])[o.Name, o.Text])]);
        yield return new Heading(2, "Notes");
        yield return new Bullets(help.Notes);
        yield return new Heading(2, "See also");
        yield return new Bullets(help.Related);
    }

    private static string[] Row(ParameterHelp parameter) => ["-" + parameter.Name, parameter.Type.Name, string.Join(' ', Sentences(parameter))];

    private static IEnumerable<string> Sentences(ParameterHelp help)
    {
        yield return help.Text;
        if (help.Values.Count > 0)
            yield return $"Accepted values: {string.Join(", ", help.Values)}.";
        if (help.Range is not null)
            yield return $"Accepted values: {help.Range}.";
        var sets = help.Parameter.ParameterSets.Values;
        if (sets.All(s => s.IsMandatory))
            yield return "Mandatory.";
        if (sets.Where(s => s.Position >= 0).Select(s => (int?)s.Position).FirstOrDefault() is { } position)
            yield return string.Create(CultureInfo.InvariantCulture, $"Position: {position}.");
        if (help.Default is { } value && !help.Parameter.SwitchParameter)
            yield return $"Default: {value}.";
        if (help.TakesWildcards)
            yield return "Wildcards work.";
        if (sets.Any(s => s.ValueFromPipeline || s.ValueFromPipelineByPropertyName))
            yield return "Takes pipeline input.";
        if (help.Parameter.Aliases.Count > 0)
            yield return $"Alias: {string.Join(", ", help.Parameter.Aliases)}.";
    }
}
