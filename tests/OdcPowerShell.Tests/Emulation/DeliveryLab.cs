using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>An answer as it came.</summary>
internal sealed record DeliveryAnswer(int Status, JsonNode? Json, string Text, HttpResponseHeaders Headers)
{
    internal JsonNode this[string member] => Json![member]!;

    internal string Code => (string)this["errorCode"]!;

    internal JsonArray Results => this["results"].AsArray();

    internal List<string> All(string member) => [.. Results.Select(item => item![member]!.ToString())];
}

/// <summary>An emulator and a plain client of its tenant acme, with a token; time passes only when a test says so.</summary>
internal sealed class DeliveryLab : IAsyncDisposable
{
    internal const string Repository = "/api/asset-repository/v1";
    internal const string Builds = "/api/builds/v1/build-operations";
    internal const string Deployments = "/api/deployments/v1/deployment-operations";
    internal const string Publications = "/api/deployments/v1/publish-operations";
    internal const string Dependencies = "/api/dependency-management/v1";
    internal const string Portfolios = "/api/portfolios/v2";

    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private readonly OdcEmulator _emulator;
    private readonly HttpClient _http;

    private DeliveryLab(OdcEmulator emulator)
    {
        _emulator = emulator;
        _http = new HttpClient { BaseAddress = Tenant.Url };
        Delivery.OperationDuration = s_long;
    }

    internal EmulatedTenant Tenant => _emulator["acme"];

    internal EmulatedDelivery Delivery => Tenant.Delivery;

    /// <summary>A client without a token.</summary>
    internal HttpClient Anonymous { get; } = new();

    internal Guid Development => Tenant.Stages[0].Key;

    internal Guid Qa => Tenant.Stages[1].Key;

    internal Guid Production => Tenant.Stages[2].Key;

    internal static async Task<DeliveryLab> StartAsync(string client = "admin", int assets = 0)
    {
        var lab = new DeliveryLab(await OdcEmulator.StartAsync(new EmulatorOptions { HasGlobex = false, Users = 1, Assets = assets, EnforceLimits = false }));
        await lab.SignInAsync(client);
        return lab;
    }

    internal async Task SignInAsync(string client)
    {
        var credentials = Tenant.Clients[client];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = credentials.ClientId,
            ["client_secret"] = credentials.Secret,
        });
        using var answer = await Anonymous.PostAsync(Tenant.TokenEndpoint, form);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Lets everything end that was started with the usual duration.</summary>
    internal void LetOperationsEnd() => Delivery.SkipTime(s_long);

    internal void LetHalfPass() => Delivery.SkipTime(s_long / 2);

    internal Guid Key(string asset) => Delivery.Asset(asset).Key;

    internal Task<DeliveryAnswer> GetAsync(string path) => SendAsync("GET", path);

    internal Task<DeliveryAnswer> PostAsync(string path, JsonNode? body = null) => SendAsync("POST", path, body);

    internal Task<DeliveryAnswer> PatchAsync(string path, JsonNode body) => SendAsync("PATCH", path, body);

    internal Task<DeliveryAnswer> SendAsync(string method, string path, JsonNode? body = null) =>
        SendAsync(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    internal async Task<DeliveryAnswer> SendAsync(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        return new DeliveryAnswer((int)answer.StatusCode, isJson ? JsonNode.Parse(text) : null, text, answer.Headers);
    }

    /// <summary>The key of a finished build of a revision.</summary>
    internal async Task<string> BuildAsync(Guid asset, int revision, string type = "Release")
    {
        var started = await PostAsync(Builds, new JsonObject { ["assetKey"] = asset, ["assetRevision"] = revision, ["buildType"] = type });
        Assert.Equal(201, started.Status);
        LetOperationsEnd();
        return (string)started["buildKey"]!;
    }

    internal Task<DeliveryAnswer> DeployAsync(Guid asset, int revision, string build, Guid stage) => PostAsync(Deployments, new JsonObject
    {
        ["operation"] = "Deploy", ["assetKey"] = asset, ["revision"] = revision, ["buildKey"] = build, ["environmentKey"] = stage,
    });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Anonymous.Dispose();
        await _emulator.DisposeAsync();
    }
}
