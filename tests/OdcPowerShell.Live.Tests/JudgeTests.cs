using System.Text.Json;
using OdcPowerShell.Identity;
using OdcPowerShell.Live.Checks;
using OdcPowerShell.Live.Judges;

namespace OdcPowerShell.Live.Tests;

/// <summary>The judges find each kind of difference, and show no value.</summary>
public sealed class JudgeTests
{
    private const string Schema = """
        { "components": { "schemas": {
            "Thing": { "type": "object", "additionalProperties": false, "required": ["key"], "properties": {
                "key": { "type": "string", "format": "uuid" }, "name": { "type": "string", "nullable": true }, "count": { "type": "integer", "format": "int32" },
                "kind": { "$ref": "#/components/schemas/Kind" }, "when": { "type": "string", "format": "date-time" }, "parts": { "type": "array", "items": { "allOf": [{ "$ref": "#/components/schemas/Thing" }] } },
                "map": { "type": "object", "additionalProperties": { "type": "integer" } }, "flag": { "type": "boolean" }, "any": { } } },
            "Kind": { "enum": ["One", "Two"], "type": "string" } } } }
        """;

    private const string Key = "\"key\": \"0a0a0a0a-1111-4222-8333-444455556666\"";

    [Theory]
    [InlineData("{ KEY, \"name\": null, \"count\": 1, \"kind\": \"One\", \"when\": \"2026-01-02T03:04:05Z\", \"parts\": [{ KEY }], \"map\": { \"Jane\": 1 }, \"flag\": true, \"any\": null }", null, null)]
    [InlineData("{ }", "MissingProperty", "key")]
    [InlineData("{ KEY, \"extra\": 1 }", "UnknownProperty", "extra")]
    [InlineData("{ KEY, \"count\": \"1\" }", "WrongType", "count")]
    [InlineData("{ KEY, \"count\": 3000000000 }", "WrongType", "count")]
    [InlineData("{ KEY, \"kind\": \"Three\" }", "UnknownValue", "kind")]
    [InlineData("{ KEY, \"when\": \"2026-01-02T03:04:05\" }", "DateFormat", "when")]
    [InlineData("{ KEY, \"count\": null }", "UnexpectedNull", "count")]
    [InlineData("{ KEY, \"parts\": [{ }] }", "MissingProperty", "parts[].key")]
    [InlineData("{ KEY, \"map\": { \"Jane\": \"x\" } }", "WrongType", "map.*")]
    [InlineData("{ KEY, \"flag\": 1 }", "WrongType", "flag")]
    [InlineData("[]", "WrongType", "")]
    [InlineData("{ \"key\": \"Jane\" }", "WrongType", "key")]
    [InlineData("{ KEY, \"name\": \"\\ud800\" }", "Unreadable", "name")]
    [InlineData("{ KEY, \"when\": \"\\ud800\" }", "Unreadable", "when")]
    public void A_schema_is_compared(string json, string? kind, string? path)
    {
        using var document = JsonDocument.Parse(Schema);
        using var value = JsonDocument.Parse(json.Replace("KEY", Key, StringComparison.Ordinal));
        var schema = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("Thing");
        Expect(new SchemaJudge(document.RootElement).Judge(value.RootElement, schema), kind, path);
    }

    [Theory]
    [InlineData("""{ "key": "k", "name": "Jane", "status": "Active" }""", null, null)]
    [InlineData("""{ "key": "k", "surname": "Jane" }""", "UnknownProperty", "surname")]
    [InlineData("""{ "key": "k", "jane@example.com": "Jane" }""", "UnknownProperty", "(a name that is not shown)")]
    [InlineData("""{ "name": "Jane" }""", "MissingProperty", "key")]
    [InlineData("""{ "key": "k", "name": 5 }""", "WrongType", "name")]
    [InlineData("""{ "key": "k", "status": "Jane" }""", "UnknownValue", "status")]
    [InlineData("""{ "key": "k", "lastLoginAt": "Jane" }""", "DateFormat", "lastLoginAt")]
    [InlineData("""{ "key": "k", "name": "\ud800" }""", "Unreadable", "name")]
    [InlineData("""{ "key": "k", "status": "\ud800" }""", "Unreadable", "status")]
    [InlineData("""{ "key": "k", "lastLoginAt": "\ud800" }""", "Unreadable", "lastLoginAt")]
    public void A_type_of_the_module_is_compared(string json, string? kind, string? path)
    {
        using var value = JsonDocument.Parse(json);
        Expect(TypeJudge.Judge(value.RootElement, typeof(OdcUser)), kind, path);
    }

    [Theory]
    [InlineData(true, "2", "10", "10", "30")]
    [InlineData(false, "10", "2", "30")]
    [InlineData(true, "Abc", "abd", "B")]
    [InlineData(true, "B", "abc")]
    [InlineData(false, "b", "a", "c")]
    [InlineData(true, "2026-01-02T03:04:05Z", "2026-01-02T03:04:06+00:00")]
    [InlineData(true)]
    public void An_order_is_recognized(bool isOrdered, params string[] values) => Assert.Equal(isOrdered, SortCheck.IsOrdered(values));

    [Fact]
    public void Every_reading_operation_is_in_the_checks() =>
        Assert.Equal(OperationCatalogue.All.Count(o => o.IsSafe), ShapeCheck.Operations.Count);

    private static void Expect(IEnumerable<Fault> faults, string? kind, string? path)
    {
        var found = faults.ToList();
        Assert.Equal(kind is null ? [] : [(kind, path)], found.Select(f => (f.Kind.ToString(), (string?)f.Path)));
        Assert.DoesNotContain(found, f => f.ToString().Contains("Jane", StringComparison.OrdinalIgnoreCase));
    }
}
