using System.Globalization;

namespace OdcPowerShell.Binding;

/// <summary>
/// Takes dates as the module writes them, live or as text of a file, in the same way in every culture. A time without a zone is local time. A
/// bare number is refused: it would be a moment of the year 1.
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

    // What other calendars count is read as a year far away: 2569, 1448, 1405. The ends of time stand for no limit.
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

    // A file or a job brings a DateTimeOffset back as the properties that it had.
    private static object Unwrapped(PSObject wrapped) =>
        wrapped.BaseObject is PSCustomObject && wrapped.Properties["UtcDateTime"]?.Value is { } utc ? utc is PSObject inner ? inner.BaseObject : utc : wrapped.BaseObject;

    // At either end of time there is no room for a zone.
    private static DateTimeOffset Moment(DateTime moment)
    {
        if (moment.Kind == DateTimeKind.Utc || moment < DateTime.MinValue.AddDays(1) || moment > DateTime.MaxValue.AddDays(-1))
            return new DateTimeOffset(moment, TimeSpan.Zero);
        return new DateTimeOffset(moment);
    }
}

/// <summary>An empty text, as the empty cells of a CSV file give it, says nothing; without this it would become 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlankIsNothingAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}

/// <summary>
/// Takes objects of a type, live or as a file or a job gives them back, and nothing that could be turned into one: PowerShell would make a
/// build of any row that has a build's columns.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ExactlyAttribute(Type type) : ArgumentTransformationAttribute
{
    // The binder goes on to other parameters only where a cast failed.
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && PipedObject.Of(inputData).Resource is { } resource && type.IsInstanceOfType(resource)
            ? resource
            : throw new ArgumentTransformationMetadataException($"An object of the type {type.Name} is expected here.", new PSInvalidCastException());
}

/// <summary>Takes objects of this module, live or as a file or a job gives them back.</summary>
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

/// <summary>Accepts yes and no as the cells of a CSV file write them; an empty cell says nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class YesNoAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether an empty cell is a no, as for a switch, which can't say nothing.</summary>
    public bool BlankIsNo { get; set; }

    /// <summary>Whether other text is left to the command, which knows whose it is.</summary>
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
