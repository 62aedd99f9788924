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
            var words = OwnWords();
            var today = (string)JsonNode.Parse(result.Json)!["date"]!;
            foreach (var text in new[] { result.Json, result.Markdown, result.Console })
            {
                var shown = text.Replace(today, "", StringComparison.Ordinal);
                Assert.DoesNotContain(texts, t => t.Length > 2 && shown.Contains(t, StringComparison.OrdinalIgnoreCase) && !words.Contains(t, StringComparison.OrdinalIgnoreCase));
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

    // What the report may say: the texts of the checks, the operations, and the closed lists of the specifications.
    private static string OwnWords()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(LiveEmulator.Repository, "tests", "Live"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(LiveEmulator.Repository, "src", "OdcPowerShell.Core"), "*Api.cs", SearchOption.AllDirectories));
        var lists = LiveEmulator.Specifications is null ? [] : Directory.EnumerateFiles(LiveEmulator.Specifications).SelectMany(f => Values(JsonNode.Parse(File.ReadAllText(f))));
        return string.Join('\n', sources.Select(File.ReadAllText).Concat(lists).Concat(OperationCatalogue.All.Select(o => o.Template)));
    }

    private static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m is { Key: "enum", Value: JsonArray list } ? list.Select(v => v!.ToString()) : Values(m.Value)),
        JsonArray items => items.SelectMany(Values),
        _ => [],
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
