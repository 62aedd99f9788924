using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Help;

/// <summary>What a parameter is when it is not given: what a new cmdlet holds, or what the standard says.</summary>
internal sealed class ParameterDefaults(Type cmdlet)
{
    private readonly object _fresh = Activator.CreateInstance(cmdlet)!;

    /// <summary>The value as text; null where there is none, or none that means something to a reader.</summary>
    internal string? Of(ParameterMetadata parameter) =>
        StandardParameters.DefaultOf(parameter.Name) ?? Text(cmdlet.GetProperty(parameter.Name)?.GetValue(_fresh));

    private static string? Text(object? value) => value switch
    {
        SwitchParameter => "False",
        string { Length: > 0 } text => text,
        int or double or Enum => Convert.ToString(value, CultureInfo.InvariantCulture),
        string[] { Length: > 0 } list => string.Join(", ", (IEnumerable)list.Cast<object>()),
        _ => null,
    };
}
