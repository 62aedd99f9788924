using NJsonSchema;
using NSwag;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>An operation of a specification: verb, path template with the base, and what the document says about it.</summary>
internal sealed record SpecifiedOperation(string Method, string Template, OpenApiOperation Document)
{
    internal string Name => Method + " " + Template;

    internal IEnumerable<OpenApiParameter> PathParameters => Document.ActualParameters.Where(p => p.Kind == OpenApiParameterKind.Path);

    internal IEnumerable<OpenApiParameter> QueryParameters => Document.ActualParameters.Where(p => p.Kind == OpenApiParameterKind.Query);

    internal OpenApiRequestBody? Body => Document.RequestBody;

    /// <summary>Status of the successful answer.</summary>
    internal int Status => int.Parse(Success.Key, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Schema of the successful answer; null where it has no JSON.</summary>
    internal JsonSchema? Answer => Success.Value.Content.TryGetValue("application/json", out var json) ? json.Schema : null;

    /// <summary>Schema of a refusal with a status; null where the document does not have it.</summary>
    internal JsonSchema? Refusal(int status) =>
        Document.ActualResponses.TryGetValue(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response)
        && response.Content.TryGetValue("application/json", out var json) ? json.Schema : null;

    private KeyValuePair<string, OpenApiResponse> Success => Document.ActualResponses.First(r => r.Key.StartsWith('2'));

    internal bool Matches(WireRequest request) => request.Method == Method && Segments(request) is not null;

    /// <summary>Each placeholder with its value in a request's path, decoded; null when the path is another's.</summary>
    internal IReadOnlyDictionary<string, string>? Segments(WireRequest request)
    {
        var mine = Template.Split('/');
        var theirs = request.Path.Split('/');
        if (mine.Length != theirs.Length || mine.Zip(theirs).Any(s => !IsPlaceholder(s.First) && s.First != s.Second))
            return null;
        return mine.Zip(theirs).Where(s => IsPlaceholder(s.First)).ToDictionary(s => s.First.Trim('{', '}'), s => Uri.UnescapeDataString(s.Second));
    }

    private static bool IsPlaceholder(string segment) => segment.StartsWith('{');
}
