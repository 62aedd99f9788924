using System.Collections;
using System.Globalization;
using System.Security;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Secrets;

/// <summary>Reads an API client's credential from the shapes in which people keep it.</summary>
internal static class CredentialShape
{
    /// <summary>PSCredential, SecureString, text, or a hashtable with Tenant, ClientId and ClientSecret.</summary>
    /// <exception cref="OdcException">Another type, or nothing in it.</exception>
    internal static ClientCredential Read(object? value, string where) => EntryMetadata.Bare(value) switch
    {
        PSCredential credential => new ClientCredential(credential.UserName, NotEmpty(Secret.From(credential.Password), where)),
        SecureString secret => new ClientCredential(ClientId: null, NotEmpty(Secret.From(secret), where)),
        string secret => new ClientCredential(ClientId: null, NotEmpty(new Secret(secret), where)),
        IDictionary table => FromTable(table, where),
        var other => throw WrongType(where, other is null ? "nothing" : $"a {other.GetType().Name}"),
    };

    private static ClientCredential FromTable(IDictionary given, string where)
    {
        // As PowerShell's own are; SecretManagement makes one whose keys have case.
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry member in given)
            table[member.Key] = member.Value;
        var secret = EntryMetadata.Bare(table["ClientSecret"]) switch
        {
            SecureString text => Secret.From(text),
            string text => new Secret(text),
            _ => throw WrongType(where, "a hashtable without ClientSecret"),
        };
        return new ClientCredential(EntryMetadata.Text(table, EntryMetadata.ClientId), NotEmpty(secret, where))
        {
            Tenant = EntryMetadata.Text(table, EntryMetadata.Tenant),
            SecretExpiresOn = EntryMetadata.Date(table, EntryMetadata.ExpiresOn),
            Remark = EntryMetadata.Unread(table, where),
        };
    }

    private static Secret NotEmpty(Secret secret, string where)
    {
        var whole = secret.WithoutLineEnd();
        return whole.IsEmpty ? throw WrongType(where, "an empty secret") : whole;
    }

    private static OdcException WrongType(string where, string what) => new(
        OdcErrorCause.SecretWrongType, $"{MessageText.Capital(where)} contains {what}, not the credential of an API client.",
        "Store a PSCredential (user name = client id), a SecureString, or a hashtable with Tenant, ClientId and ClientSecret; Register-OdcCredential does it.");
}

/// <summary>The members that the module keeps beside a secret: whose it is and when it ends.</summary>
internal static class EntryMetadata
{
    internal const string Tenant = "Tenant";
    internal const string ClientId = "ClientId";
    internal const string ExpiresOn = "ExpiresOn";
    internal const string Kind = "Kind";

    // A vault may return the text members of a hashtable as SecureString.
    internal static string? Text(IDictionary metadata, string name)
    {
        var value = Bare(metadata[name]);
        var text = (value is SecureString hidden ? Secret.From(hidden).Reveal() : value?.ToString())?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A date in UTC; text without an offset is UTC too, and a day alone ends when ODC ends it.</summary>
    internal static DateTimeOffset? Date(IDictionary metadata, string name) => Bare(metadata[name]) switch
    {
        DateTimeOffset date => EndOfSecret(date),
        DateTime { Kind: DateTimeKind.Unspecified } date => EndOfSecret(new DateTimeOffset(date, TimeSpan.Zero)),
        DateTime date => EndOfSecret(new DateTimeOffset(date)),
        null => null,
        // Other orders of day and month than the international one mean another day to another reader.
        _ => Text(metadata, name) is { Length: >= 10 } text && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? EndOfSecret(date) : null,
    };

    /// <summary>The warning about an expiry date that can't be read; null where it can.</summary>
    internal static string? Unread(IDictionary metadata, string where) => Text(metadata, ExpiresOn) is { } text && Date(metadata, ExpiresOn) is null
        ? $"The expiry date of {where} can't be read: '{Http.Redactor.Excerpt(text)}'. Store it as yyyy-MM-dd."
        : null;

    /// <summary>Whether the entry is an API client's credential, and not a token or something else's.</summary>
    internal static bool IsCredential(IDictionary metadata) => Text(metadata, Tenant) is not null && Text(metadata, Kind) is null;

    /// <summary>ODC ends a secret at 23:59 UTC of the chosen day: a date without a time is that day's end, wherever this machine is.</summary>
    internal static DateTimeOffset EndOfSecret(DateTimeOffset given) => given.TimeOfDay == TimeSpan.Zero
        ? new DateTimeOffset(given.Date, TimeSpan.Zero).AddHours(23).AddMinutes(59)
        : given.ToUniversalTime();

    internal static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
