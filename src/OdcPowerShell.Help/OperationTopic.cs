using System.Management.Automation;
using System.Reflection;
using System.Text;
using OdcPowerShell.Http;

namespace OdcPowerShell.Help;

/// <summary>Writes the topic about_OdcOperations: every operation of the APIs, with the commands that call it and the permission that it needs.</summary>
internal static class OperationTopic
{
    private const int Width = 79;
    private const string Indent = "           ";

    internal static string From(IReadOnlyList<CmdletInfo> commands)
    {
        var called = commands.SelectMany(c => c.ImplementingType.GetCustomAttributes<ApiOperationAttribute>().Select(a => (Command: c.Name, Call: a))).ToLookup(c => c.Call.Operation);
        List<Operation> operations = [.. OperationCatalogue.All.OrderBy(o => o.Template, StringComparer.Ordinal).ThenBy(o => o.Method.Method, StringComparer.Ordinal)];
        var text = new StringBuilder($"""
            TOPIC
                about_OdcOperations

            SHORT DESCRIPTION
                The operations of the ODC APIs, with the commands that call them and
                the permission of the API client that they need.

            LONG DESCRIPTION
                The module has commands for {operations.Count} operations. Commands that call an
                operation only to look up names are left out; the NOTES in the help of
                a command name all operations that it calls. Invoke-OdcRestMethod calls
                any operation by its path.

            """.ReplaceLineEndings("\n"));
        foreach (var api in operations.GroupBy(o => string.Join("/", o.Template.Split('/').Take(4)), StringComparer.Ordinal))
        {
            text.Append("\n  ").Append(api.Key).Append('\n');
            foreach (var operation in api)
            {
                AppendWrapped(text, "    " + operation.Method.Method.PadRight(7), operation.Template.Substring(api.Key.Length), '/');
                AppendWrapped(text, Indent, string.Join(", ", Callers(called[operation])), ' ');
                AppendWrapped(text, Indent, $"Permission: {operation.Permission}", ' ');
            }
        }

        return text.Append("\nSEE ALSO\n    about_Odc\n    about_OdcRateLimits\n    Invoke-OdcRestMethod\n").ToString();
    }

    // An operation that is nothing but a look-up of names has the commands that do that.
    private static IEnumerable<string> Callers(IEnumerable<(string Command, ApiOperationAttribute Call)> calls)
    {
        var all = calls.ToList();
        var own = all.Where(c => !c.Call.IsOptional && !c.Call.IsLookUp).Select(c => c.Command).Distinct(StringComparer.Ordinal).ToList();
        return own.Count > 0 ? own : all.Select(c => c.Command).Distinct(StringComparer.Ordinal);
    }

    private static void AppendWrapped(StringBuilder text, string start, string words, char separator)
    {
        var line = start;
        for (var at = 0; at < words.Length;)
        {
            var next = words.IndexOf(separator, at + 1);
            var word = words.Substring(at, (next < 0 ? words.Length : next) - at);
            if (line.Length + word.Length > Width && line.Trim().Length > 0)
            {
                text.Append(line).Append('\n');
                line = Indent + "  ";
                word = word.TrimStart(' ');
            }

            line += word;
            at += next < 0 ? words.Length : next - at;
        }

        text.Append(line).Append('\n');
    }
}
