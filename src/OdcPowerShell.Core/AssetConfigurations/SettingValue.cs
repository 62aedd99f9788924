using System.Globalization;

namespace OdcPowerShell.AssetConfigurations;

/// <summary>Checks values of settings against their type and writes them as text, the same in every culture.</summary>
internal static class SettingValue
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    private static string[] Dates => ["yyyy-MM-dd"];
    private static string[] Times => ["HH:mm:ss", "HH:mm"];

    private static string[] DateTimes =>
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>The text of a value. PowerShell's numbers, dates and switches become texts in the form of the type.</summary>
    internal static string Text(object value, string? dataType) => value switch
    {
        string text when dataType == "Boolean" && bool.TryParse(text, out var flag) => flag ? "True" : "False",
        string text when dataType is "Integer" or "LongInteger" or "Decimal" or "Currency" or "Date" or "Time" or "DateTime" => text.Trim(),
        string text => text,
        bool flag => flag ? "True" : "False",
        DateTimeOffset date => Text(date, dataType),
        // A time without a zone is local time, as in all parameters.
        DateTime date => Text(new DateTimeOffset(date), dataType),
        byte[] bytes => Convert.ToBase64String(bytes),
        // Without the digits that only binary numbers have, such as those of 0.1 + 0.2, and without an exponent.
        double or float => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IFormattable date when value.GetType().FullName == "System.DateOnly" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable time when value.GetType().FullName == "System.TimeOnly" => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What a value of the type looks like, when the text is none; null when it is one. Types that the module does not know take every text.</summary>
    internal static string? Expected(string text, string? dataType) => dataType switch
    {
        "Integer" => int.TryParse(text, Whole, CultureInfo.InvariantCulture, out _) ? null : $"a whole number from {int.MinValue} to {int.MaxValue}",
        "LongInteger" => long.TryParse(text, Whole, CultureInfo.InvariantCulture, out _) ? null : "a whole number of at most 64 bits",
        "Decimal" or "Currency" => decimal.TryParse(text, Fraction, CultureInfo.InvariantCulture, out _) ? null : "a number with a decimal point, such as 12.5",
        "Boolean" => bool.TryParse(text, out _) ? null : "True or False",
        "Date" => IsDate(text, Dates) ? null : "a date, such as 2026-01-31",
        "Time" => IsDate(text, Times) ? null : "a time, such as 18:30:00",
        "DateTime" => IsDate(text, DateTimes) ? null : "a date and time, such as 2026-01-31T18:30:00Z",
        "Email" => text.Length == 0 || (text.IndexOf('@') is > 0 and var at && at < text.Length - 1 && !text.Any(char.IsWhiteSpace)) ? null : "an e-mail address",
        _ => null,
    };

    /// <summary>Whether two texts are the same value of the type: 1.50 and 1.5, true and True.</summary>
    internal static bool IsSame(string? one, string? other, string? dataType)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
            return true;
        if (one is null || other is null)
            return false;
        return dataType switch
        {
            "Boolean" => string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
            "Integer" or "LongInteger" or "Decimal" or "Currency" =>
                decimal.TryParse(one, Fraction, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(other, Fraction, CultureInfo.InvariantCulture, out var b) && a == b,
            _ => false,
        };
    }

    private static string Number(double number) => Math.Abs(number) < 1e15
        ? ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset date, string? dataType) => dataType switch
    {
        "Date" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "Time" => date.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        _ => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private static bool IsDate(string text, string[] forms) => DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
