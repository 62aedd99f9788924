using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OdcPowerShell.Parameters;

/// <summary>Offers values for a parameter; other values may still be given.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private protected ValueCompleter()
    {
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        return from value in Values(fakeBoundParameters, typed).Distinct(StringComparer.OrdinalIgnoreCase)
               where value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               select new CompletionResult(Quoted(value), value, CompletionResultType.ParameterValue, value);
    }

    private protected abstract IEnumerable<string> Values(IDictionary boundParameters);

    private protected virtual IEnumerable<string> Values(IDictionary boundParameters, string typed) => Values(boundParameters);

    private static string Quoted(string value) =>
        value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') ? value : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
}
