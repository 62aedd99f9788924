using System.Text.Json;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The control API of the emulator documents itself.</summary>
public sealed class ControlRouteTests
{
    private static readonly string[] Keys = ["verb", "path", "body", "does"];

    [Fact]
    public async Task It_lists_every_route_with_a_body_that_it_takes()
    {
        await using var emulator = await Lab.StartAsync();
        using var client = new HttpClient { BaseAddress = emulator["acme"].Url };
        using var state = JsonDocument.Parse(await client.GetStringAsync("/_emulator", TestContext.Current.CancellationToken));
        var routes = state.RootElement.GetProperty("routes").EnumerateArray().ToList();
        Assert.All(routes, r => Assert.Equal(Keys, r.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(
            Mapped().Order(StringComparer.Ordinal),
            routes.Select(r => r.GetProperty("path").GetString()!["/_emulator".Length..].TrimStart('/')).Distinct().Order(StringComparer.Ordinal));
        foreach (var route in routes.Where(r => r.GetProperty("verb").GetString() != "GET"))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.GetProperty("verb").GetString()!), route.GetProperty("path").GetString()!.Replace("{name}", "admin", StringComparison.Ordinal));
            if (route.GetProperty("body").GetString() is { } body)
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{request.Method} {request.RequestUri}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_readme_has_the_same_table()
    {
        await using var emulator = await Lab.StartAsync();
        using var client = new HttpClient { BaseAddress = emulator["acme"].Url };
        using var state = JsonDocument.Parse(await client.GetStringAsync("/_emulator", TestContext.Current.CancellationToken));
        var rows = state.RootElement.GetProperty("routes").EnumerateArray().Select(r =>
            $"| `{r.GetProperty("verb").GetString()} {r.GetProperty("path").GetString()}` | {Body(r)} | {r.GetProperty("does").GetString()} |");
        var readme = await File.ReadAllLinesAsync(Path.Combine(ModuleFiles.Repository, "README.md"), TestContext.Current.CancellationToken);
        Assert.Equal(rows, readme.Where(l => l.Contains(" /_emulator", StringComparison.Ordinal) && l.StartsWith("| `", StringComparison.Ordinal)));
    }

    private static string Body(JsonElement route) => route.GetProperty("body").GetString() is { } body ? $"`{body}`" : "";

    /// <summary>The paths in the source, with which the list must agree.</summary>
    private static IEnumerable<string> Mapped() => Matches(
        File.ReadAllText(Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell.Emulator", "Control", "ControlApi.cs")),
        """(?<=\bCall(?:<[\w\[\]]+>)?\(\s*"[A-Z]+",\s*")[^"]*""").Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Matches(string text, string pattern) =>
        System.Text.RegularExpressions.Regex.Matches(text, pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value);
}
