using System.Globalization;
using System.Security;

namespace OdcPowerShell.Binding;

/// <summary>
/// Accepts dates as the module writes them, as objects or as text, in the same way in every culture. A time without a zone is local time. A
/// plain number is rejected: .NET would take it for a moment in the year 1.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DateAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var bare = inputData is PSObject wrapped ? Unwrapped(wrapped) : inputData;
        if (bare is null || (bare is string text && text.Trim().Length == 0))
            return null;
        if (TryRead(bare, out var date))
            return IsOfThisCalendar(date) ? date : throw new ArgumentTransformationMetadataException($"'{bare}' is in the year {date.Year}: specify the date in the Gregorian calendar, such as 2026-01-31. (OdcInvalidRequest)");
        throw new ArgumentTransformationMetadataException($"'{bare}' is not a date: specify one such as 2026-01-31, 2026-01-31T18:00 or (Get-Date).AddDays(-7). (OdcInvalidRequest)");
    }

    // Dates of other calendars are read as years like 2569, 1448 or 1405. The first and last date of .NET stand for no limit.
    private static bool IsOfThisCalendar(DateTimeOffset date) => date.UtcDateTime.Year is >= 1900 and <= 2200 || date <= DateTimeOffset.MinValue.AddDays(1) || date >= DateTimeOffset.MaxValue.AddDays(-1);

    internal static bool TryRead(object? value, out DateTimeOffset date)
    {
        switch (value)
        {
            case DateTimeOffset moment:
                date = moment;
                return true;
            case DateTime moment:
                date = Moment(moment);
                return true;
            case string text when !double.TryParse(text, NumberStyles.Any, CultureInfo.InvariantCulture, out _):
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out date);
            default:
                date = default;
                return false;
        }
    }

    // From a file or a job, a DateTimeOffset comes back as an object with its properties.
    private static object Unwrapped(PSObject wrapped) =>
        wrapped.BaseObject is PSCustomObject && wrapped.Properties["UtcDateTime"]?.Value is { } utc ? utc is PSObject inner ? inner.BaseObject : utc : wrapped.BaseObject;

    // The first and last date of .NET can't be converted to another zone.
    private static DateTimeOffset Moment(DateTime moment)
    {
        if (moment.Kind == DateTimeKind.Utc || moment < DateTime.MinValue.AddDays(1) || moment > DateTime.MaxValue.AddDays(-1))
            return new DateTimeOffset(moment, TimeSpan.Zero);
        return new DateTimeOffset(moment);
    }
}

/// <summary>Accepts a secret, and no plain text. PowerShell's own error would repeat the text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretValueAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null or SecureString => inputData,
        OdcSecretText secret => secret.ToSecureString(),
        _ => throw new ArgumentTransformationMetadataException(
            "A SecureString is expected here: specify one from Read-Host -AsSecureString or Get-Secret, or the name of a secret in a vault with the parameter that ends with SecretName. (OdcInvalidRequest)"),
    };
}

/// <summary>An empty text, as in the empty cells of a CSV file, counts as not specified; without this it would become 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlankIsNothingAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}

/// <summary>
/// Accepts objects of a type, live or read from a file or a job, and nothing that could be converted to one: PowerShell would make a
/// build from any row with a build's columns.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExactlyAttribute(Type type) : ArgumentTransformationAttribute
{
    // PowerShell tries other parameters only after a failed cast.
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && Tested(PipedObject.Of(inputData).Resource) is { } resource && type.IsInstanceOfType(resource)
            ? resource
            : throw new ArgumentTransformationMetadataException($"An object of the type {type.Name} is expected here.", new PSInvalidCastException());

    // What passed the test of its code quality is taken as if it were piped itself.
    private static OdcResource? Tested(OdcResource? resource) => resource is CodeQuality.OdcCodeQualityResult { Passed: true, Input: { } input } ? input : resource;
}

/// <summary>Accepts objects of this module, live or read from a file or a job.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourcesAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null or string => inputData,
        System.Collections.IEnumerable several and not System.Collections.IDictionary => several.Cast<object>().Select(One).ToArray(),
        _ => One(inputData!),
    };

    private static object One(object value) => value is null ? null! : (object?)PipedObject.Of(value).Resource ?? value;
}

/// <summary>Accepts yes and no as CSV files write them; an empty cell counts as not specified.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class YesNoAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether an empty cell means no, as for a switch.</summary>
    public bool BlankIsNo { get; set; }

    /// <summary>Whether the command itself reports other text, because it knows the row.</summary>
    public bool LeavesOther { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null => BlankIsNo ? false : null,
        string text when text.Trim().Length == 0 => BlankIsNo ? false : null,
        string text => text.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ when LeavesOther => text,
            _ => throw new ArgumentTransformationMetadataException($"'{text}' is neither yes nor no: specify $true or $false; a file may have true, false, yes, no, 1 or 0. (OdcInvalidRequest)"),
        },
        var other => other!,
    };
}
