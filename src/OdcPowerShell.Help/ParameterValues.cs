using System.Management.Automation;

namespace OdcPowerShell.Help;

/// <summary>Which values a parameter accepts, where its attributes or its type tell.</summary>
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
