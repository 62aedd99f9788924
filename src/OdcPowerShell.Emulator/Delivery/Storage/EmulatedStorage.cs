using System.Collections.Concurrent;

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

    internal EmulatedStorage(Uri url, Derivation derive, DeliveryClock clock)
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

    internal UrlSigner Signer => _signer;

    internal void Refuse(HttpRequest request) =>
        _refused.Enqueue(new RefusedAuthorization(request.Method, request.Path.Value + request.QueryString.Value));

    internal string NewUploadUrl() => _signer.Sign("PUT", $"/uploads/{Interlocked.Increment(ref _uploads)}.oml");

    internal void Keep(StoredFile file) => _files[file.Path] = file;

    /// <summary>The file put at an address of this storage; null when there is none.</summary>
    internal StoredFile? Find(Uri address) =>
        address.GetLeftPart(UriPartial.Authority) == Url.GetLeftPart(UriPartial.Authority)
            ? _files.GetValueOrDefault(address.AbsolutePath)
            : null;
}
