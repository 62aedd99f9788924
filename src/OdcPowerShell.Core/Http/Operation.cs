using System.Reflection;
using System.Text;

namespace OdcPowerShell.Http;

/// <summary>One operation of an API: verb, path template with host-relative base, and the permission it needs.</summary>
internal class Operation(HttpMethod method, string template, Permission permission)
{
    internal HttpMethod Method { get; } = method;

    internal string Template { get; } = template;

    internal Permission Permission { get; } = permission;

    /// <summary>Whether it answers with JSON of a known shape.</summary>
    internal virtual bool HasAnswer => false;

    /// <summary>Makes sure that an answer to a request of this operation is one.</summary>
    /// <exception cref="OdcApiException">It is not.</exception>
    internal virtual void Require(ApiAnswer answer, ApiRequest request) => Answers.RequireDone(answer, request with { Operation = this });

    /// <summary>Whether it answers with a page of a list.</summary>
    internal virtual bool IsPaged => false;

    /// <summary>Whether its path names objects.</summary>
    internal bool HasKeys => Template.IndexOf('{') >= 0;

    /// <summary>The status of a success, as its documentation says.</summary>
    internal int Success { get; init; } = method == HttpMethod.Get ? 200 : method == HttpMethod.Post ? 201 : 204;

    /// <summary>Whether its list has no pages: the answer is always the whole list.</summary>
    internal bool IsWholeList { get; init; }

    /// <summary>Whether the names of its query parameters begin with capitals.</summary>
    internal bool IsQueryInCapitals { get; init; }

    /// <summary>The query parameter for the size of a page.</summary>
    internal string LimitName => IsQueryInCapitals ? "Limit" : "limit";

    /// <summary>The query parameter for the first object of a page.</summary>
    internal string OffsetName => IsQueryInCapitals ? "Offset" : "offset";

    /// <summary>Whether it only reads, so that it may be repeated.</summary>
    internal bool IsSafe { get; init; } = method == HttpMethod.Get;

    /// <summary>The permission without which the service leaves out all rows of a list that is never empty: it answers with none, and not with 403.</summary>
    internal string? NeededForRows { get; init; }

    /// <summary>The error of such a list without rows.</summary>
    internal OdcException WithoutRows(string permission) => new(
        OdcErrorCause.AccessDenied, $"{Method} {Template}: the list is empty, because the API client lacks a permission: {permission}.",
        $"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.");

    /// <summary>The template with its placeholders filled in order, each value percent-encoded as one path segment.</summary>
    internal string Path(params string[] values)
    {
        var path = new StringBuilder();
        var next = 0;
        foreach (var segment in Template.Substring(1).Split('/'))
            path.Append('/').Append(IsPlaceholder(segment) ? EscapeSegment(values[next++]) : segment);
        return path.ToString();
    }

    /// <summary>A request of this operation.</summary>
    internal ApiRequest Request(string[] keys, Query? query = null, ApiBody? body = null) => new(Method, Path(keys), query, body, this);

    internal bool Matches(HttpMethod method, string path)
    {
        if (method != Method)
            return false;
        var mine = Template.Split('/');
        var theirs = path.TrimEnd('/').Split('/');
        return mine.Length == theirs.Length
            && mine.Zip(theirs, (m, t) => IsPlaceholder(m) || string.Equals(m, t, StringComparison.OrdinalIgnoreCase)).All(same => same);
    }

    private static bool IsPlaceholder(string segment) => segment.StartsWith("{", StringComparison.Ordinal);

    // A lone dot or two dots would be folded away as navigation, even when a value is escaped.
    private static string EscapeSegment(string? value) => value is null or "" or "." or ".."
        ? throw new OdcException(OdcErrorCause.InvalidRequest, $"'{value}' is not a key or name.", "Specify the key or name of an existing object.")
        : Uri.EscapeDataString(value);
}

/// <summary>An operation whose answer is JSON of a known shape.</summary>
internal sealed class Operation<T>(HttpMethod method, string template, Permission permission) : Operation(method, template, permission)
{
    internal override bool HasAnswer => true;

    /// <summary>Whether an answer may be used again within five minutes, because its API allows few requests; null for never.</summary>
    internal Func<T, bool>? CanKeep { get; init; }

    internal override void Require(ApiAnswer answer, ApiRequest request) => Answers.Read(answer, OdcJson.Of<T>(), request with { Operation = this });

    internal override bool IsPaged => typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Page<>);
}

internal static class Verbs
{
    internal static HttpMethod Get => HttpMethod.Get;

    internal static HttpMethod Post => HttpMethod.Post;

    internal static HttpMethod Delete => HttpMethod.Delete;

    /// <summary>netstandard2.0 has no name for it.</summary>
    internal static HttpMethod Patch { get; } = new("PATCH");
}

/// <summary>Every operation that the module knows, so that the error of a raw request has the permission too.</summary>
internal static class OperationCatalogue
{
    // A domain's operations are the fields of its static class, <Domain>Api.
    private static IEnumerable<Type> Apis => typeof(OperationCatalogue).Assembly.GetTypes().Where(t => t is { IsAbstract: true, IsSealed: true } && t.Name.EndsWith("Api", StringComparison.Ordinal));

    /// <summary>The operations of all APIs, as their fields name them.</summary>
    internal static IEnumerable<Operation> All =>
        Apis.SelectMany(api => api.GetFields(BindingFlags.Static | BindingFlags.NonPublic)).Select(f => f.GetValue(obj: null)).OfType<Operation>();

    /// <summary>The operation that a request calls; exact paths win over those with placeholders.</summary>
    internal static Operation? Find(HttpMethod method, string path) =>
        All.Where(o => o.Matches(method, path)).OrderBy(o => o.Template.Count(c => c == '{')).FirstOrDefault();

    /// <summary>The operation of a path, which may have a query, or of a URL with such a path.</summary>
    internal static Operation? FindAnywhere(HttpMethod method, string pathOrUrl)
    {
        var afterScheme = pathOrUrl.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + "://".Length : 0;
        var start = pathOrUrl.IndexOf('/', afterScheme);
        return start < 0 ? null : Find(method, pathOrUrl.Substring(start).Split('?')[0]);
    }
}
