using System.Globalization;

namespace OdcPowerShell.Parameters;

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
