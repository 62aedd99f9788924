using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Help;

/// <summary>The default value of a parameter: the value in a new cmdlet, or the standard one.</summary>
internal sealed class ParameterDefaults(Type cmdlet)
{
    private readonly object _fresh = Activator.CreateInstance(cmdlet)!;

    /// <summary>The value as text; null if there is none, or none that is useful for a reader.</summary>
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

/// <summary>The values that a parameter accepts, from its attributes or its type.</summary>
internal static class ParameterValues
{
    internal static IReadOnlyList<string> Of(ParameterMetadata parameter)
    {
        var set = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault();
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        return set is not null ? [.. set.ValidValues] : type.IsEnum ? Enum.GetNames(type) : [];
    }

    internal static string? RangeOf(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<ValidateRangeAttribute>().FirstOrDefault() is { } range ? $"{range.MinRange} to {range.MaxRange}" : null;
}

/// <summary>The parameters that PowerShell itself adds to a cmdlet that supports paging or -WhatIf.</summary>
internal static class StandardParameters
{
    internal static string? TextOf(string parameter) => parameter switch
    {
        "First" => "Gets only this many objects, and requests no more pages than they need.",
        "Skip" => "Skips this many objects at the start of the list.",
        "IncludeTotalCount" => "Writes the total number of objects in the list before the first of them. The number has a property Accuracy: 1 when it is exact.",
        "WhatIf" => "Shows what would be done, and changes nothing.",
        "Confirm" => "Asks for confirmation before anything is changed.",
        _ => null,
    };

    internal static string? DefaultOf(string parameter) => parameter switch
    {
        "First" => "all",
        "Skip" => "0",
        "IncludeTotalCount" or "WhatIf" or "Confirm" => "False",
        _ => null,
    };
}
