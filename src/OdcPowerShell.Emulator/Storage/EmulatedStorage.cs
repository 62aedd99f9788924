namespace OdcPowerShell.Emulator;

/// <summary>A request that brought a bearer to the storage, where it has no business.</summary>
public sealed record RefusedAuthorization(string Method, string PathAndQuery);

/// <summary>A file that was put.</summary>
public sealed record StoredFile(string Path, long Length, string? ContentType)
{
    // Null when it was too large to keep.
    internal byte[]? Content { get; init; }
}

/// <summary>The storage of a tenant: signed addresses on an origin of its own, where an access token is refused.</summary>
public sealed class EmulatedStorage
{
    private readonly ConcurrentQueue<RefusedAuthorization> _refused = new();
    private readonly ConcurrentDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private readonly UrlSigner _signer;
    private int _uploads;

    internal EmulatedStorage(Uri url, Derivation derive, Clock clock)
    {
        Url = url;
        _signer = new UrlSigner(url, derive, clock);
    }

    /// <summary>The origin.</summary>
    public Uri Url { get; }
    /// <summary>The size of generated files: source and generated code, signatures.</summary>
    public long ContentSize { get; set; } = 64 * 1024;
    /// <summary>The largest source file that an asset can be made from, in bytes.</summary>
    public long SourceLimit { get; set; } = 100 * 1024 * 1024;

    /// <summary>How long addresses signed from now on are good for.</summary>
    public TimeSpan UrlLifetime
    {
        get => _signer.Lifetime;
        set => _signer.Lifetime = value;
    }

    /// <summary>The requests refused because they had an Authorization header.</summary>
    public IReadOnlyList<RefusedAuthorization> RefusedAuthorizations => [.. _refused];
    /// <summary>The files put so far.</summary>
    public IReadOnlyList<StoredFile> Files => [.. _files.Values];

    /// <summary>Lets all addresses signed so far end now.</summary>
    public void ExpireUrls() => _signer.ExpireAll();
    internal string Sign(string verb, string path) => _signer.Sign(verb, path);

    /// <summary>Null when a request is signed and in time, else why not.</summary>
    internal string? Fault(HttpRequest request) => _signer.Fault(request);

    internal void Refuse(HttpRequest request) =>
        _refused.Enqueue(new RefusedAuthorization(request.Method, request.Path.Value + request.QueryString.Value));

    internal string NewUploadUrl() => Sign("PUT", $"/uploads/{Interlocked.Increment(ref _uploads)}.oml");
    internal void Keep(StoredFile file) => _files[file.Path] = file;

    /// <summary>The file put at an address of this storage; null when there is none.</summary>
    internal StoredFile? Find(Uri address) =>
        address.GetLeftPart(UriPartial.Authority) == Url.GetLeftPart(UriPartial.Authority)
            ? _files.GetValueOrDefault(address.AbsolutePath)
            : null;
}

/// <summary>Signs addresses of the storage for one method and a while.</summary>
internal sealed class UrlSigner(Uri origin, Derivation derive, Clock clock)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(derive.Text("storage"));
    private long _expiredUpTo;
    private int _signed;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Lets all addresses end that were signed so far.</summary>
    public void ExpireAll() => Volatile.Write(ref _expiredUpTo, Volatile.Read(ref _signed));

    public string Sign(string method, string path)
    {
        var number = Interlocked.Increment(ref _signed);
        var expires = (clock.Now + Lifetime).ToUnixTimeMilliseconds();
        return $"{new Uri(origin, path)}?X-Number={number}&X-Expires={expires}&X-Signature={Signature(method, path, number, expires)}";
    }

    /// <summary>Null when a request is signed and in time, else why not.</summary>
    public string? Fault(HttpRequest request)
    {
        if (!long.TryParse(request.Query["X-Number"], CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(request.Query["X-Expires"], CultureInfo.InvariantCulture, out var expires)
            || Signature(request.Method, request.Path.Value!, number, expires) != request.Query["X-Signature"].ToString())
            return "SignatureDoesNotMatch";
        return number <= Volatile.Read(ref _expiredUpTo) || expires <= clock.Now.ToUnixTimeMilliseconds() ? "AccessDenied" : null;
    }

    private string Signature(string method, string path, long number, long expires) => Convert.ToHexStringLower(HMACSHA256.HashData(
        _key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method} {path} {number} {expires}"))));
}
