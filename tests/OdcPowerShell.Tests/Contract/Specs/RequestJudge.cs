using System.Net.Http.Headers;
using System.Text;
using NJsonSchema;
using NJsonSchema.Validation;
using NSwag;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>Judges a request by its operation: path, query and body.</summary>
internal static class RequestJudge
{
    /// <summary>Everything that is wrong with a request; empty when it is valid.</summary>
    internal static IReadOnlyList<string> Faults(WireRequest request, SpecifiedOperation operation) =>
        [.. PathFaults(request, operation), .. QueryFaults(request, operation), .. BodyFaults(request, operation)];

    private static IEnumerable<string> PathFaults(WireRequest request, SpecifiedOperation operation)
    {
        var segments = operation.Segments(request) ?? throw new ArgumentException($"{request} is not {operation.Name}.", nameof(request));
        return from parameter in operation.PathParameters
               let fault = ValueJudge.Fault(segments[parameter.Name], parameter.ActualSchema)
               where fault is not null
               select $"path {parameter.Name}: {fault}";
    }

    private static IEnumerable<string> QueryFaults(WireRequest request, SpecifiedOperation operation)
    {
        var known = operation.QueryParameters.ToDictionary(p => p.Name);
        foreach (var given in request.Query.GroupBy(q => q.Key, q => q.Value))
        {
            if (!known.TryGetValue(given.Key, out var parameter))
                yield return $"query {given.Key}: {operation.Name} has no such parameter";
            else
            {
                foreach (var fault in ValueFaults([.. given], parameter.ActualSchema))
                    yield return $"query {given.Key}: {fault}";
            }
        }

        foreach (var missing in known.Values.Where(p => p.IsRequired && !request.Query.Any(q => q.Key == p.Name)))
            yield return $"query {missing.Name}: required, and missing";
    }

    private static IEnumerable<string> ValueFaults(List<string> values, JsonSchema schema)
    {
        var isArray = schema.ActualTypeSchema.IsArray;
        if (!isArray && values.Count > 1)
            yield return $"not an array, and given {values.Count} times";
        foreach (var value in values)
        {
            if (isArray && value.Contains(',', StringComparison.Ordinal))
                yield return $"'{value}' is joined by commas: an array repeats its name";
            else if (ValueJudge.Fault(value, isArray ? schema.ActualTypeSchema.Item! : schema) is { } fault)
                yield return fault;
        }
    }

    private static IEnumerable<string> BodyFaults(WireRequest request, SpecifiedOperation operation)
    {
        if (request.Body is null)
            return operation.Body is { IsRequired: true } ? ["body: required, and missing"] : [];
        if (operation.Body is not { } declared)
            return [$"body: {operation.Name} takes none"];
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType! : "none";
        if (!declared.Content.TryGetValue(type, out var content))
            return [$"body: its type is {type}, allowed are {string.Join(", ", declared.Content.Keys)}"];
        return type switch
        {
            "multipart/form-data" => FormJudge.Faults(request.Body, parsed!, content),
            _ when type.EndsWith("json", StringComparison.Ordinal) => JsonFaults("body", Encoding.UTF8.GetString(request.Body), content.Schema),
            _ => [],
        };
    }

    internal static IEnumerable<string> JsonFaults(string where, string json, JsonSchema schema) =>
        Validate(json, schema).Select(e => $"{where} {e.Path}: {e.Kind}");

    internal static IEnumerable<ValidationError> Validate(string json, JsonSchema schema)
    {
        var settings = new JsonSchemaValidatorSettings();
        foreach (var strict in StrictFormat.All)
            settings.AddCustomFormatValidator(strict);
        return schema.Validate(json, SchemaType.OpenApi3, settings);
    }
}
