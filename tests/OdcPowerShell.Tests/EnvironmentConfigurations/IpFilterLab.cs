using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>A tenant, a shell that is signed in to it, and somebody else who changes IP filters meanwhile.</summary>
internal sealed class IpFilterLab : IAsyncDisposable
{
    private readonly TenantLab _lab;
    private readonly HttpClient _other = new();

    private IpFilterLab(TenantLab lab) => _lab = lab;

    internal TenantLab Tenant => _lab;

    internal Shell Shell => _lab.Shell;

    /// <summary>What was asked of the API of IP filters, as "METHOD last segment".</summary>
    internal IReadOnlyList<string> Sent => [.. _lab.Sent.Where(s => s.Contains("/ip-filter-groups", StringComparison.Ordinal)).Select(s => $"{s.Split(' ')[0]} {(s.EndsWith("/ip-filter-groups", StringComparison.Ordinal) ? "list" : "one")}")];

    internal static async Task<IpFilterLab> StartAsync(string client = "admin", params string[] addresses)
    {
        var lab = new IpFilterLab(await TenantLab.StartAsync(client: client));
        lab.Plant(addresses);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = lab._lab.Tenant.Clients["admin"].ClientId, ["client_secret"] = lab._lab.Tenant.Clients["admin"].Secret,
        });
        using var answer = await lab._other.PostAsync(lab._lab.Tenant.TokenEndpoint, form);
        lab._other.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!);
        lab._lab.Forget();
        return lab;
    }

    /// <summary>The addresses of this machine's interfaces.</summary>
    internal void Plant(params string[] addresses) =>
        Shell.Run("Get-OdcConnection -Default").Single<OdcConnection>().Client.LocalAddresses = new Planted([.. addresses.Select(IPAddress.Parse)]);

    internal Result Run(string script) => _lab.Run(script);

    internal void Forget() => _lab.Forget();

    internal string StageKey(string name) => _lab.Tenant.Stages.First(s => s.Name == name).Key.ToString();

    internal string AssetKey(string name) => _lab.Tenant.Delivery.Asset(name).Key.ToString();

    /// <summary>A group as the service has it.</summary>
    internal async Task<JsonNode> GroupAsync(string stage, string name)
    {
        var list = await _other.GetFromJsonAsync<JsonNode>(Url(stage));
        return list!["results"]!.AsArray().Single(g => (string)g!["name"]! == name)!;
    }

    /// <summary>The names of its rules.</summary>
    internal async Task<IReadOnlyList<string>> RulesAsync(string stage, string name) => [.. (await GroupAsync(stage, name))["ipRules"]!.AsArray().Select(r => (string)r!["name"]!)];

    /// <summary>A change by a client in another process.</summary>
    internal async Task ChangeElsewhereAsync(string stage, string name, JsonObject change)
    {
        var key = (string)(await GroupAsync(stage, name))["key"]!;
        using var answer = await _other.PatchAsync(new Uri($"{Url(stage)}/{key}"), JsonContent.Create(change));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        _lab.Forget();
    }

    internal static JsonArray Rules(params (string Name, string Range)[] rules) =>
        [.. rules.Select(r => new JsonObject { ["name"] = r.Name, ["ranges"] = new JsonArray(r.Range), ["isActive"] = true })];

    private Uri Url(string stage) => new(_lab.Tenant.Url, $"/api/environment-configurations/v1/environments/{StageKey(stage)}/ip-filter-groups");

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await _lab.DisposeAsync();
    }

    private sealed record Planted(IEnumerable<IPAddress> All) : ILocalAddresses;
}
