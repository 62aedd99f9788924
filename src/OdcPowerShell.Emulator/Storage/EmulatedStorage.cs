using Microsoft.AspNetCore.WebUtilities;

namespace OdcPowerShell.Emulator;

public sealed record StoredFile(string Path, long Length, string? ContentType)
{
    // Null when it was too large to keep.
    internal byte[]? Content { get; init; }
}

/// <summary>The storage of a tenant: signed URLs on an origin of its own, each for one method and a while; an access token is rejected.</summary>
public sealed class EmulatedStorage
{
    private readonly ConcurrentQueue<RecordedRequest> _refused = new();
    private readonly ConcurrentDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private readonly byte[] _signingKey;
    private readonly Clock _clock;
    private long _expiredUpTo;
    private int _signed;
    private int _uploads;

    internal EmulatedStorage(Uri url, Derivation derive, Clock clock)
    {
        Url = url;
        _signingKey = Encoding.UTF8.GetBytes(derive.Text("storage"));
        _clock = clock;
    }

    public Uri Url { get; }
    /// <summary>The size of generated files: source and generated code, signatures.</summary>
    public long ContentSize { get; set; } = 64 * 1024;
    /// <summary>The largest source file that an asset can be made from, in bytes.</summary>
    public long SourceLimit { get; set; } = 100 * 1024 * 1024;
    /// <summary>How long URLs signed from now on are valid.</summary>
    public TimeSpan UrlLifetime { get; set; } = TimeSpan.FromMinutes(30);
    /// <summary>The requests rejected because they had an access token, which they must not.</summary>
    public IReadOnlyList<RecordedRequest> RefusedAuthorizations => [.. _refused];
    public IReadOnlyList<StoredFile> Files => [.. _files.Values];

    public void ExpireUrls() => Volatile.Write(ref _expiredUpTo, Volatile.Read(ref _signed));

    internal string Sign(string method, string path)
    {
        var number = Interlocked.Increment(ref _signed);
        var expires = (_clock.Now + UrlLifetime).ToUnixTimeMilliseconds();
        return $"{new Uri(Url, path)}?X-Number={number}&X-Expires={expires}&X-Signature={Signature(method, path, number, expires)}";
    }

    internal string NewUploadUrl() => Sign("PUT", NewPath("oml"));

    /// <summary>The URLs for a library's package: one to upload it, one to download it.</summary>
    internal object NewLibraryUpload()
    {
        var path = NewPath("zip");
        return new { UploadUrl = Sign("PUT", path), DownloadUrl = Sign("GET", path) };
    }

    /// <summary>Null when a request is signed and has not expired, else why it is rejected.</summary>
    internal string? Fault(HttpRequest request) => Fault(request.Method, request.Path.Value!, request.Query);

    private string? Fault(string method, string path, IQueryCollection query)
    {
        if (!long.TryParse(query["X-Number"], CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(query["X-Expires"], CultureInfo.InvariantCulture, out var expires)
            || Signature(method, path, number, expires) != query["X-Signature"].ToString())
            return "SignatureDoesNotMatch";
        return number <= Volatile.Read(ref _expiredUpTo) || expires <= _clock.Now.ToUnixTimeMilliseconds() ? "AccessDenied" : null;
    }

    internal void Refuse(RecordedRequest request) => _refused.Enqueue(request);

    internal void Keep(StoredFile file) => _files[file.Path] = file;

    /// <summary>The uploaded file of a path; null when there is none.</summary>
    internal StoredFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>The uploaded file of a URL to download it; null when there is none, or the URL has expired.</summary>
    internal StoredFile? Open(Uri address) =>
        Fault("GET", address.AbsolutePath, new QueryCollection(QueryHelpers.ParseQuery(address.Query))) is null ? Find(address) : null;

    private string NewPath(string extension) => $"/uploads/{Interlocked.Increment(ref _uploads)}.{extension}";

    /// <summary>The file uploaded to a URL of this storage; null when there is none.</summary>
    internal StoredFile? Find(Uri address) =>
        address.GetLeftPart(UriPartial.Authority) == Url.GetLeftPart(UriPartial.Authority)
            ? _files.GetValueOrDefault(address.AbsolutePath)
            : null;

    private string Signature(string method, string path, long number, long expires) => Convert.ToHexStringLower(HMACSHA256.HashData(
        _signingKey, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method} {path} {number} {expires}"))));
}
