using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Secrets;

/// <summary>The members that the module keeps beside a secret: whose it is and when it ends.</summary>
internal static class EntryMetadata
{
    internal const string Tenant = "Tenant";
    internal const string ClientId = "ClientId";
    internal const string ExpiresOn = "ExpiresOn";
    internal const string Kind = "Kind";

    internal static string? Text(IDictionary metadata, string name)
    {
        var text = Bare(metadata[name])?.ToString()?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A date in UTC; text without an offset is UTC too.</summary>
    internal static DateTimeOffset? Date(IDictionary metadata, string name) => Bare(metadata[name]) switch
    {
        DateTimeOffset date => date.ToUniversalTime(),
        DateTime { Kind: DateTimeKind.Unspecified } date => new DateTimeOffset(date, TimeSpan.Zero),
        DateTime date => new DateTimeOffset(date.ToUniversalTime()),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) => date,
        _ => null,
    };

    /// <summary>Whether the entry is an API client's credential, and not a token or something else's.</summary>
    internal static bool IsCredential(IDictionary metadata) => Text(metadata, Tenant) is not null && Text(metadata, Kind) is null;

    /// <summary>ODC ends a secret at 23:59 UTC of the chosen day.</summary>
    internal static DateTime EndOfSecret(DateTime given) => given.TimeOfDay == TimeSpan.Zero
        ? DateTime.SpecifyKind(given.Date.AddHours(23).AddMinutes(59), DateTimeKind.Utc)
        : given.ToUniversalTime();

    internal static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
