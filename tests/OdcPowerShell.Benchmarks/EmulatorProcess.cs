using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OdcPowerShell.Benchmarks;

/// <summary>The emulator in a process of its own, so that its work and its memory are not counted as the module's.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private const string Token = "protocol/openid-connect/token";
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private EmulatorProcess(Process process, JsonElement tenant)
    {
        _process = process;
        Url = new Uri(tenant.GetProperty("url").GetString()!);
        var admin = tenant.GetProperty("clients").GetProperty("admin");
        ClientId = admin.GetProperty("clientId").GetString()!;
        Secret = admin.GetProperty("secret").GetString()!;
        TokenEndpoint = new Uri($"{tenant.GetProperty("identityUrl").GetString()}auth/realms/{tenant.GetProperty("realmId").GetString()}/{Token}");
    }

    internal Uri Url { get; }

    internal string ClientId { get; }

    internal string Secret { get; }

    internal Uri TokenEndpoint { get; }

    internal static async Task<EmulatorProcess> StartAsync(int users, int assets = 0)
    {
        var start = new ProcessStartInfo("dotnet", [Files.Emulator, "--port", "0", "--no-limits", "--users", users.ToString(CultureInfo.InvariantCulture), "--assets", assets.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        // It complains of the broken answers that some scenarios ask for.
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start.");
        using var http = new HttpClient();
        var state = await http.GetByteArrayAsync(new Uri(new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]), "/_emulator"));
        using var document = JsonDocument.Parse(state);
        return new EmulatorProcess(process, document.RootElement.GetProperty("tenants")[0]);
    }

    /// <summary>A plain client with a token of its own: the baseline of every comparison.</summary>
    internal async Task<HttpClient> SignInAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ClientId,
            ["client_secret"] = Secret,
        });
        using var answer = await _http.PostAsync(TokenEndpoint, form);
        using var token = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        var client = new HttpClient { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.RootElement.GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>Hands the client's credentials to another process, where Connect-Odc -EnvironmentVariable finds them.</summary>
    internal void SignInBy(IDictionary<string, string?> environment)
    {
        environment["ODC_TENANT_URL"] = Url.ToString();
        environment["ODC_CLIENT_ID"] = ClientId;
        environment["ODC_CLIENT_SECRET"] = Secret;
    }

    /// <summary>Changes a setting of the emulator through its control API.</summary>
    internal async Task SetAsync(string setting, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        (await _http.PutAsync(new Uri(Url, "/_emulator/" + setting), body)).EnsureSuccessStatusCode();
    }

    internal async Task<int> Count429Async()
    {
        using var statistics = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(Url, "/_emulator/statistics")));
        return statistics.RootElement.GetProperty("requests").EnumerateArray().Count(r => r.GetProperty("status").GetInt32() == 429);
    }

    internal async Task ForgetRequestsAsync() => (await _http.DeleteAsync(new Uri(Url, "/_emulator/statistics"))).EnsureSuccessStatusCode();

    /// <summary>How many requests the APIs have answered since <see cref="ForgetRequestsAsync"/>.</summary>
    internal async Task<int> CountRequestsAsync()
    {
        using var statistics = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(Url, "/_emulator/statistics")));
        return statistics.RootElement.GetProperty("requests").EnumerateArray()
            .Count(r => r.GetProperty("pathAndQuery").GetString()!.StartsWith("/api/", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.Dispose();
    }
}
