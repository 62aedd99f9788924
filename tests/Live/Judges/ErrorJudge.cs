namespace OdcPowerShell.Live.Judges;

/// <summary>Compares an error answer with the documented one: ProblemDetails as application/json.</summary>
internal static class ErrorJudge
{
    private static readonly IReadOnlyDictionary<string, JsonValueKind> Members = new Dictionary<string, JsonValueKind>(StringComparer.Ordinal)
    {
        ["type"] = JsonValueKind.String,
        ["title"] = JsonValueKind.String,
        ["status"] = JsonValueKind.Number,
        ["detail"] = JsonValueKind.String,
        ["instance"] = JsonValueKind.String,
        ["traceId"] = JsonValueKind.String,
        ["errorCode"] = JsonValueKind.String,
        // Not documented, but usual for invalid requests: which fields are wrong.
        ["errors"] = JsonValueKind.Object,
    };

    internal static IEnumerable<Fault> Judge(Answer answer)
    {
        if (answer.Body.Length == 0)
            return [new Fault(Deviation.ErrorBody, "", "ProblemDetails", "no body")];
        if (!Answers.IsJson(answer.MediaType))
            return [new Fault(Deviation.ErrorBody, "", "application/json", MediaTypeOf(answer))];
        if (answer.Json is not { ValueKind: JsonValueKind.Object } body)
            return [new Fault(Deviation.ErrorBody, "", "ProblemDetails", answer.Json is { } other ? TypeJudge.Kind(other) : "no JSON")];
        return body.EnumerateObject().SelectMany(m => Member(m, answer.Status))
            .Concat(Members.Keys.Any(m => body.TryGetProperty(m, out _)) ? [] : [new Fault(Deviation.ErrorBody, "", "a member of ProblemDetails", "none")]);
    }

    /// <summary>The media type, if it is a usual one: whoever stands in front of the service may send anything.</summary>
    internal static string MediaTypeOf(Answer answer) =>
        answer.MediaType is null ? "no media type" : answer.MediaType is "application/json" or "application/problem+json" or "text/html" or "text/plain" or "application/octet-stream" or "application/xml" ? answer.MediaType : "another media type";

    private static IEnumerable<Fault> Member(JsonProperty member, int status)
    {
        if (!Members.TryGetValue(member.Name, out var kind))
            return [new Fault(Deviation.ErrorBody, Formats.Name(member.Name), "a member of ProblemDetails", TypeJudge.Kind(member.Value))];
        if (member.Value.ValueKind != JsonValueKind.Null && member.Value.ValueKind != kind)
            return [new Fault(Deviation.ErrorBody, member.Name, kind.ToString().ToLowerInvariant(), TypeJudge.Kind(member.Value))];
        return member is { Name: "status", Value.ValueKind: JsonValueKind.Number } && (!member.Value.TryGetInt32(out var said) || said != status)
            ? [new Fault(Deviation.ErrorBody, "status", "the status of the answer", "another one")]
            : [];
    }
}
