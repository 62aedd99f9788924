using System.Text;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>A request as it came over the wire: the path still escaped, the query split and decoded.</summary>
internal sealed record WireRequest(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Query, string? ContentType = null, byte[]? Body = null)
{
    internal IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>From a request target such as <c>/api/x?a=1&amp;a=2</c>.</summary>
    internal static WireRequest Parse(string method, string target, string? contentType = null, byte[]? body = null)
    {
        var parts = target.Split('?', 2);
        var query = parts.Length == 1 ? [] : parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair);
        return new WireRequest(method, parts[0], [.. query], contentType, body is { Length: 0 } ? null : body);
    }

    internal static WireRequest WithJson(string method, string target, string json) =>
        Parse(method, target, "application/json", Encoding.UTF8.GetBytes(json));

    public override string ToString() =>
        $"{Method} {Path}?{string.Join("&", Query.Select(q => q.Key + "=" + q.Value))} {(Body is null ? "" : Encoding.UTF8.GetString(Body))}".TrimEnd(' ', '?');

    private static KeyValuePair<string, string> Pair(string text)
    {
        var parts = text.Split('=', 2);
        return new(Decode(parts[0]), parts.Length == 1 ? "" : Decode(parts[1]));
    }

    // As the service reads it: a plus is a space.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
