namespace OdcPowerShell.Http;

/// <summary>A pre-signed URL. Whoever has it may use it, so only its host and path are ever shown.</summary>
internal sealed class StorageAddress
{
    private StorageAddress(Uri uri) => Uri = uri;

    /// <summary>The whole URL, for the wire only.</summary>
    internal Uri Uri { get; }

    /// <summary>The last part of the path.</summary>
    internal string FileName => Uri.UnescapeDataString(Uri.Segments[Uri.Segments.Length - 1].TrimEnd('/'));

    /// <exception cref="OdcException">Not an address, or one that would cross a network in the clear.</exception>
    internal static StorageAddress Parse(string? text) => TryParse(text) ?? throw new OdcException(
        OdcErrorCause.InvalidRequest, "The URL of the file is not an https address.", "Give the whole URL as the service wrote it. The file was not asked for.");

    /// <summary>Null where <see cref="Parse"/> throws. The text itself is told to nobody.</summary>
    internal static StorageAddress? TryParse(string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (IsHttps(uri) || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? new StorageAddress(uri)
            : null;

    /// <summary>Where a redirection leads: to the same scheme only.</summary>
    /// <exception cref="OdcException">It leads elsewhere, or nowhere.</exception>
    internal StorageAddress Redirected(Uri? location)
    {
        var next = location is null ? null : TryParse(new Uri(Uri, location).AbsoluteUri);
        return next is not null && next.Uri.Scheme == Uri.Scheme
            ? next
            : throw new OdcException(
                OdcErrorCause.UnexpectedResponse, $"{this} redirects to {(location is null ? "nowhere" : Redactor.Whole(location))}, which is not followed.", "A proxy or gateway may have answered instead of the storage.");
    }

    /// <summary>A text of a server without what it repeats of the query.</summary>
    internal string RemoveQueryFrom(string text) => Uri.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Substring(pair.IndexOf('=') + 1)).Where(value => value.Length > 3)
        .Aggregate(text, (clean, value) => new Authentication.Secret(Uri.UnescapeDataString(value)).RemoveFrom(clean));

    /// <summary>Without the query, which holds the signature.</summary>
    public override string ToString() => Uri.GetLeftPart(UriPartial.Path);

    private static bool IsHttps(Uri uri) => uri.Scheme == Uri.UriSchemeHttps;
}
