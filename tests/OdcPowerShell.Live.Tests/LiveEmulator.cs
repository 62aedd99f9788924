using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;

[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: AssemblyFixture(typeof(OdcPowerShell.Live.Tests.LiveEmulator))]

namespace OdcPowerShell.Live.Tests;

/// <summary>An emulator in a process of its own, which the tests take for a live tenant: its control API only plants what they must find.</summary>
public sealed class LiveEmulator : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private Process? _process;

    internal Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Client ids and secrets by the client's name.</summary>
    internal IReadOnlyDictionary<string, (string Id, string Secret)> Clients { get; private set; } = new Dictionary<string, (string, string)>();

    /// <summary>The official specifications, which stand beside the repository; null where they are absent.</summary>
    internal static string? Specifications { get; } = Path.Combine(Repository, "..", "shared", "api", "openapi") is var folder && Directory.Exists(folder) ? folder : null;

    internal static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "OdcPowerShell.psd1")))
                folder = folder.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");
            return folder.FullName;
        }
    }

    public async ValueTask InitializeAsync()
    {
        var program = typeof(LiveEmulator).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Emulator").Value!;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository, program), "--port", "0", "--no-limits", "--users", "60"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start.");
        Url = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        using var state = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(Url, "/_emulator")));
        Clients = state.RootElement.GetProperty("tenants")[0].GetProperty("clients").EnumerateObject()
            .ToDictionary(c => c.Name, c => (c.Value.GetProperty("clientId").GetString()!, c.Value.GetProperty("secret").GetString()!), StringComparer.Ordinal);
        // Neither side has limits: the runs take seconds.
        RateBudgets.Shared.Set(Url, TimeSpan.Zero);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Plants an answer for a path.</summary>
    internal async Task PlantAsync(string path, int status, string body, string contentType = "application/json", int? times = null, string? method = null, string? retryAfter = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (retryAfter is not null)
            headers["Retry-After"] = retryAfter;
        using var answer = await _http.PutAsJsonAsync(new Uri(Url, "/_emulator/answers"), new { path, status, body, contentType, times, method, headers });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lets each request take longer.</summary>
    internal async Task SlowAsync(TimeSpan latency)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(Url, "/_emulator/latency"), new { milliseconds = latency.TotalMilliseconds });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Takes out all that was planted.</summary>
    internal async Task ClearAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri(Url, "/_emulator/answers"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs the program as its Main does.</summary>
    internal async Task<LiveResult> RunAsync(LiveOptions? options = null, string client = "admin", Action<Answer>? seen = null, CancellationToken stopped = default)
    {
        var folder = Directory.CreateTempSubdirectory("odc-live-");
        try
        {
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            options = (options ?? new LiveOptions { Specifications = Specifications }) with { Report = folder.FullName, Pause = TimeSpan.Zero };
            var code = await Program.RunAsync(options, name => Variable(name, client), output, seen, stopped);
            var json = Path.Combine(folder.FullName, "live-report.json");
            return new LiveResult(code, output.ToString(), File.Exists(json) ? await File.ReadAllTextAsync(json, CancellationToken.None) : "{}",
                File.Exists(json) ? await File.ReadAllTextAsync(Path.ChangeExtension(json, ".md"), CancellationToken.None) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal string? Variable(string name, string client = "admin") => name switch
    {
        "ODC_TENANT_URL" => Url.ToString(),
        "ODC_CLIENT_ID" => Clients[client].Id,
        "ODC_CLIENT_SECRET" => Clients[client].Secret,
        _ => null,
    };
}

/// <summary>What a run left: exit code, console, and both reports.</summary>
internal sealed record LiveResult(int ExitCode, string Console, string Json, string Markdown)
{
    private JsonNode Report => JsonNode.Parse(Json)!;

    /// <summary>Each deviation as "Kind operation path".</summary>
    internal IReadOnlyList<string> Deviations => [.. Rows("deviations").Select(d => $"{d["kind"]} {d["operation"]} {d["path"]}")];

    internal IReadOnlyList<JsonNode> Rows(string name) => [.. (Report[name]?.AsArray() ?? []).Select(n => n!)];

    internal void ExpectNothing() => Assert.True(Rows("deviations").Count == 0, string.Join('\n', Rows("deviations").Select(d => d.ToJsonString()).Append(Console)));

    internal JsonNode Operation(string name) => Rows("operations").Single(o => (string?)o["operation"] == name);
}
