using System.Globalization;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>Judges the text of a path or query parameter by its schema.</summary>
internal static partial class ValueJudge
{
    /// <summary>What is wrong with a value; null when nothing is.</summary>
    internal static string? Fault(string text, JsonSchema schema)
    {
        var actual = schema.ActualTypeSchema;
        if (actual.Enumeration.Count > 0)
            return actual.Enumeration.Any(e => Equals(e?.ToString(), text)) ? null : $"'{text}' is not one of {string.Join(", ", actual.Enumeration)}";
        if (actual.Type.HasFlag(JsonObjectType.Boolean))
            return text is "true" or "false" ? null : $"'{text}' is not true or false";
        if (actual.Type.HasFlag(JsonObjectType.Integer))
            return IntegerFault(text, actual);
        if (actual.Type.HasFlag(JsonObjectType.Number))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : $"'{text}' is not a number";
        if (actual.MinLength > text.Length || actual.MaxLength < text.Length)
            return $"'{text}' is {text.Length} characters long, allowed are {actual.MinLength} to {actual.MaxLength}";
        return IsOfFormat(text, actual.Format) ? null : $"'{text}' is not a {actual.Format}";
    }

    /// <summary>Strict: a date-time has its offset, because one without is another instant on another machine.</summary>
    internal static bool IsOfFormat(string text, string? format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        null or "binary" => true,
        _ => throw new NotSupportedException($"The specifications have a new format, '{format}': teach it to {nameof(ValueJudge)}."),
    };

    private static string? IntegerFault(string text, JsonSchema schema)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || (schema.Format == "int32" && number is > int.MaxValue or < int.MinValue))
            return $"'{text}' is not an integer ({schema.Format})";
        return number < schema.Minimum || number > schema.Maximum ? $"{text} is not in {schema.Minimum}..{schema.Maximum}" : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex DateTimePattern();
}
