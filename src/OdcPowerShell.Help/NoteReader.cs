using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using OdcPowerShell.Http;
using OdcPowerShell.Resources;

namespace OdcPowerShell.Help;

/// <summary>Makes the notes: which API operations a cmdlet calls, with the permission of each, and its aliases.</summary>
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
        return called.Select(c => Note(c.Operation, c.When)).Concat(found);
    }

    private static string Note(Operation operation, string? when) => $"{operation.Method.Method} {operation.Template}{(when is null ? "" : $" ({when})")}: {operation.Permission}.";
}
