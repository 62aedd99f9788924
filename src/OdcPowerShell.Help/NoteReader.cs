using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using OdcPowerShell.Http;

namespace OdcPowerShell.Help;

/// <summary>Makes the notes: which API operations a cmdlet calls, with the permission of each from the catalogue, and its aliases.</summary>
internal sealed class NoteReader(Faults faults)
{
    internal IReadOnlyList<string> Read(CmdletInfo command, XElement? remarks)
    {
        var named = DocText.Paragraphs(remarks, "operation");
        RequireAll(command, [.. named.Select(DocText.Plain)]);
        var operations = named.Select(o => Note(command, o)).ToList();
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

    /// <summary>What a cmdlet declares that it calls must be named in its remarks.</summary>
    private void RequireAll(CmdletInfo command, List<string> named)
    {
        foreach (var called in command.ImplementingType.GetCustomAttributes<ApiOperationAttribute>().Select(a => Text(a.Operation)).Where(o => !named.Contains(o)))
            faults.Add(command.Name, $"it calls '{called}', which no <para type=\"operation\"> of its remarks names.");
    }

    private static string Text(Operation operation) => $"{operation.Method.Method} {operation.Template}";

    private string Note(CmdletInfo command, XElement paragraph)
    {
        var named = DocText.Plain(paragraph);
        var known = OperationCatalogue.All.FirstOrDefault(o => Text(o) == named);
        if (known is null)
            faults.Add(command.Name, $"the operation '{named}' that its remarks name is not in the catalogue.");
        var when = paragraph.Attribute("when")?.Value is { } condition ? $" ({condition})" : "";
        return $"{named}{when}: {known?.Permission}.";
    }
}
