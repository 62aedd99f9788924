using System.Management.Automation;

namespace OdcPowerShell.Help;

/// <summary>What a cmdlet writes: its output types, with what the cmdlet's remarks or the type's own summary say of them.</summary>
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
