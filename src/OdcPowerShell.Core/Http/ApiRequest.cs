using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>A request to the tenant's APIs; the path is escaped and starts with a slash.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path, Query? Query = null, ApiBody? Body = null, Operation? Operation = null)
{
    /// <summary>Whether sending it twice does no more than sending it once.</summary>
    internal bool IsSafe => Operation?.IsSafe ?? (Method == HttpMethod.Get || Method == HttpMethod.Head);

    /// <summary>The path as a message may show it: what a user wrote may have a query, and a signature in it.</summary>
    internal string Shown => Redactor.Clean(Path);

    internal HttpRequestMessage ToMessage(Uri origin)
    {
        // Put together as text: as a relative address, a path of two slashes would name another host.
        var message = new HttpRequestMessage(Method, new Uri(origin.GetLeftPart(UriPartial.Authority) + Path + Query)) { Content = Body?.ToContent() };
        // Without a content the runtime may send a request a second time by itself when a kept connection breaks.
        if (!IsSafe && message.Content is null)
            message.Content = new ByteArrayContent([]);
        message.Headers.Accept.ParseAdd("application/json");
        return message;
    }
}

/// <summary>The body of a request, kept so that it can be sent again.</summary>
internal record ApiBody(byte[] Bytes, string MediaType = "application/json")
{
    private readonly string? _shown;

    /// <summary>The secrets in the body, which are removed from what the service says about it.</summary>
    internal IReadOnlyList<Authentication.Secret> Secrets { get; init; } = [];

    /// <summary>The body as a user may see it.</summary>
    internal string Shown
    {
        get => _shown ?? (Array.IndexOf(Bytes, (byte)0) >= 0 ? $"({Bytes.Length} bytes of {MediaType})" : Redactor.Clean(Encoding.UTF8.GetString(Bytes)));
        init => _shown = value;
    }

    /// <exception cref="OdcException">The media type is none.</exception>
    internal virtual HttpContent ToContent()
    {
        if (MediaType.Any(char.IsControl) || !MediaTypeHeaderValue.TryParse(MediaType, out var type))
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, $"'{Redactor.Excerpt(MediaType)}' is not a media type.", "Specify one such as application/json or text/plain; charset=utf-8.");
        }

        return new ByteArrayContent(Bytes) { Headers = { ContentType = type } };
    }
}

/// <summary>The query of a request. What was not added is absent; each value is percent-encoded once.</summary>
internal sealed class Query
{
    private const int MostInAddress = 50;
    private readonly StringBuilder _text = new();

    internal Query Add(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    internal Query Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An array: its name is repeated, as OpenAPI's default style says.</summary>
    internal Query AddEach(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
            Add(name, value);
        return this;
    }

    /// <summary>The same for keys of which there may be many: an address has only so much room, so that there is a query for each part of them.</summary>
    internal IReadOnlyList<Query> AddInParts(string name, IReadOnlyCollection<string> values) => values.Count == 0 ? [this] :
        [.. values.Select((value, i) => (value, i)).GroupBy(v => v.i / MostInAddress, v => v.value).Select(part => Copy().AddEach(name, part))];

    /// <summary>A list in one plain string, joined by commas.</summary>
    internal Query AddJoined(string name, IEnumerable<string> values) => Add(name, string.Join(",", values));

    /// <summary>The order of most lists: a field, or their usual one, with a minus before it for the other way round.</summary>
    internal Query AddSort(string? field, bool descending, string usual = "name") => field is null && !descending ? this : Add("sort", (descending ? "-" : "") + (field ?? usual));

    /// <summary>A copy to which paging parameters can be added without changing this one.</summary>
    internal Query Copy()
    {
        var copy = new Query();
        copy._text.Append(_text);
        return copy;
    }

    /// <summary>Empty, or <c>?a=b&amp;c=d</c>.</summary>
    public override string ToString() => _text.ToString();
}
