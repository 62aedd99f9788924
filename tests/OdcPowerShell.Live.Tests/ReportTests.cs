using System.Text.Json;

namespace OdcPowerShell.Live.Tests;

/// <summary>The report has no value of the tenant.</summary>
public sealed class ReportTests(LiveEmulator emulator)
{
    [Fact]
    public async Task No_text_of_an_answer_is_in_the_report()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            // Values where they do not belong, which the report must not quote either.
            await emulator.PlantAsync("/api/organization/v1/organization", 200, """{ "name": 5, "jane.canary@example.com": "Jane Canary", "ring": "ring-canary", "createdOn": "canary 2026" }""");
            await emulator.PlantAsync("/api/identity/v1/users/count", 400, """{ "title": "canary title", "detail": "user canary-4711 of canary.example", "errors": { "canary@example.com": ["canary text"] } }""");
            var result = await emulator.RunAsync(new LiveOptions { Specifications = LiveEmulator.Specifications, AllowChanges = true, Stage = "Development" }, seen: answer => Collect(answer.Json, texts));
            Assert.Equal(1, result.ExitCode);
            Assert.True(texts.Count > 500, $"{texts.Count} texts");
            foreach (var text in new[] { result.Json, result.Markdown, result.Console })
            {
                Assert.Empty(texts.Where(t => t.Length > 3 && !IsWord(t) && text.Contains(t, StringComparison.OrdinalIgnoreCase)));
                Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(emulator.Clients["admin"].Secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(emulator.Clients["admin"].Id, text, StringComparison.Ordinal);
                Assert.DoesNotContain(emulator.Url.Authority, text, StringComparison.Ordinal);
            }
        }
        finally
        {
            await emulator.ClearAsync();
        }
    }

    // Words of the API itself, such as Active or WebApplication: letters without a space, and none of the tenant's names.
    private static bool IsWord(string text) => ApiWords.Contains(text) || text.All(char.IsAsciiLetterLower);

    private static readonly IReadOnlySet<string> ApiWords = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Active", "Inactive", "Invited", "PendingRegistration", "Development", "NonProduction", "Production", "Ready", "Deploy", "Undeploy", "Finished", "Running", "Release", "Debug",
        "Status", "Error", "Warning", "Info", "Android", "iOS", "Text", "Integer", "Boolean",
    };

    private static void Collect(JsonElement? json, HashSet<string> texts)
    {
        switch (json?.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(json.Value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.Value.EnumerateArray())
                    Collect(item, texts);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.Value.EnumerateObject())
                    Collect(member.Value, texts);
                break;
        }
    }
}
