using System.Text.Json;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>The emulator's two tenants as the soak uses them. Their secrets pass through the environment, where a rotated one is found.</summary>
internal sealed class SoakTenants(Uri emulator) : IDisposable
{
    private readonly HttpClient _http = new();
    private List<(string Name, Uri Url, string ClientId)> _tenants = [];

    /// <summary>Publishes a connection to each tenant; the provider reads the secret as it is then.</summary>
    internal string ConnectScript => string.Join("\n", _tenants.Select(t =>
        $"Connect-Odc {t.Url} -Name {t.Name} -Scope Process -CredentialProvider {{ [pscredential]::new('{t.ClientId}', [System.Net.NetworkCredential]::new('', $env:{Variable(t.Name)}).SecurePassword) }}"));

    internal async Task PrepareAsync(string faults)
    {
        using var state = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(emulator, "/_emulator")));
        _tenants = [.. state.RootElement.GetProperty("tenants").EnumerateArray().Select(Read)];
        foreach (var tenant in _tenants)
        {
            RateBudgets.Shared.Set(tenant.Url, TimeSpan.FromSeconds(1));
            await PutAsync(tenant.Url, "token-lifetime", """{"seconds":5}""");
            await PutAsync(tenant.Url, "limits", """{"enforce":true,"windowSeconds":1}""");
            await PutAsync(tenant.Url, "faults", faults);
        }
    }

    /// <summary>Gives each client another secret, and forgets the requests, which would fill the emulator's memory.</summary>
    internal async Task RotateAsync()
    {
        foreach (var tenant in _tenants)
        {
            (await _http.PostAsync(new Uri(tenant.Url, "/_emulator/clients/admin/rotate"), content: null)).EnsureSuccessStatusCode();
            (await _http.DeleteAsync(new Uri(tenant.Url, "/_emulator/statistics"))).EnsureSuccessStatusCode();
        }

        using var state = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(emulator, "/_emulator")));
        foreach (var tenant in state.RootElement.GetProperty("tenants").EnumerateArray())
            Read(tenant);
    }

    private static (string Name, Uri Url, string ClientId) Read(JsonElement tenant)
    {
        var (name, admin) = (tenant.GetProperty("name").GetString()!, tenant.GetProperty("clients").GetProperty("admin"));
        Environment.SetEnvironmentVariable(Variable(name), admin.GetProperty("secret").GetString());
        return (name, new Uri(tenant.GetProperty("url").GetString()!), admin.GetProperty("clientId").GetString()!);
    }

    private static string Variable(string tenant) => "SOAK_" + tenant.ToUpperInvariant();

    private async Task PutAsync(Uri tenant, string setting, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        (await _http.PutAsync(new Uri(tenant, "/_emulator/" + setting), body)).EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
