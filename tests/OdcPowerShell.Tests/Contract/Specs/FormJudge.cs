using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using NJsonSchema;
using NSwag;

namespace OdcPowerShell.Tests.Contract.Specs;

/// <summary>Judges the parts of a form: their names, their types and what is in those that are JSON.</summary>
internal static class FormJudge
{
    internal static IReadOnlyList<string> Faults(byte[] body, MediaTypeHeaderValue type, OpenApiMediaType form)
    {
        if (type.Parameters.FirstOrDefault(p => p.Name == "boundary")?.Value is not { } boundary)
            return ["body: a form without a boundary"];
        try
        {
            var parts = Read(body, boundary.Trim('"')).ToList();
            return [.. parts.SelectMany(p => PartFaults(p, form)), .. Repeated(parts), .. parts.Count == 0 ? ["body: a form without parts"] : Array.Empty<string>()];
        }
        catch (IOException e)
        {
            return [$"body: {e.Message}"];
        }
    }

    internal static IEnumerable<(string Name, string Type, byte[] Content)> Read(byte[] body, string boundary)
    {
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            using var content = new MemoryStream();
            section.Body.CopyTo(content);
            yield return (section.GetContentDispositionHeader()?.Name.Value?.Trim('"') ?? "", section.ContentType ?? "", content.ToArray());
        }
    }

    private static IEnumerable<string> PartFaults((string Name, string Type, byte[] Content) part, OpenApiMediaType form)
    {
        if (!form.Schema.ActualSchema.Properties.TryGetValue(part.Name, out var schema))
            return [$"body part {part.Name}: unknown, the form has {string.Join(", ", form.Schema.ActualSchema.Properties.Keys)}"];
        // OpenAPI's default for these, which is also what the document's own encodings say; the library does not read those.
        var declared = schema.ActualSchema.ActualTypeSchema.Format == "binary" ? "application/octet-stream" : "application/json";
        if (part.Type != declared)
            return [$"body part {part.Name}: its type is {part.Type}, declared is {declared}"];
        return part.Type == "application/json" ? RequestJudge.JsonFaults($"body part {part.Name}", Encoding.UTF8.GetString(part.Content), schema.ActualSchema) : [];
    }

    private static IEnumerable<string> Repeated(IEnumerable<(string Name, string Type, byte[] Content)> parts) =>
        parts.GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => $"body part {g.Key}: sent {g.Count()} times");
}
