using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OdcPowerShell.Emulator;

/// <summary>Signs addresses of the storage for one method and a while.</summary>
internal sealed class UrlSigner(Uri origin, Derivation derive, DeliveryClock clock)
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
