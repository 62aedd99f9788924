using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>An answer of the emulator.</summary>
internal sealed record Answer(string Request, int Status, string Text)
{
    internal JsonElement Json => JsonDocument.Parse(Text).RootElement;

    internal IReadOnlyList<JsonElement> Results => [.. Json.GetProperty("results").EnumerateArray()];

    internal IReadOnlyList<Guid> Keys => [.. Results.Select(r => r.GetProperty("key").GetGuid())];

    internal int Total => Json.GetProperty("page").GetProperty("totalResults").GetInt32();

    internal Guid Key => Json.GetProperty("key").GetGuid();

    internal Answer MustBe(int status)
    {
        Assert.True(Status == status, $"{Request}: {Status} {Text}");
        return this;
    }

    internal void MustFail(int status, string? member = null)
    {
        var problem = MustBe(status).Json;
        Assert.StartsWith($"OS-IDENT-{status}", problem.GetProperty("errorCode").GetString(), StringComparison.Ordinal);
        if (member is not null)
            Assert.NotEmpty(problem.GetProperty("errors").GetProperty(member).EnumerateArray());
    }
}

/// <summary>The identity API of an emulated tenant, called without the module.</summary>
internal sealed class IdentityLab : IAsyncDisposable
{
    private const string Base = "api/identity/v1/";
    private readonly OdcEmulator _emulator;
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _tokens = [];

    private IdentityLab(OdcEmulator emulator) => _emulator = emulator;

    internal EmulatedTenant Tenant => _emulator["acme"];

    internal EmulatedIdentity Identity => Tenant.Identity;

    internal static async Task<IdentityLab> StartAsync(int users = 250) => new(await Lab.StartAsync(users));

    internal Task<Answer> GetAsync(string path, string client = "admin") => SendAsync("GET", path, null, client);

    internal Task<Answer> PostAsync(string path, string? json = null, string client = "admin") => SendAsync("POST", path, json, client);

    internal Task<Answer> PatchAsync(string path, string json, string client = "admin") => SendAsync("PATCH", path, json, client);

    internal Task<Answer> DeleteAsync(string path, string? json = null, string client = "admin") => SendAsync("DELETE", path, json, client);

    internal async Task<Guid> CreateUserAsync(string email) => (await PostAsync("users", $$"""{ "email": "{{email}}" }""")).MustBe(201).Key;

    internal async Task<Answer> SendAsync(string method, string path, string? json, string client)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Tenant.Url, Base + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return new Answer($"{method} {path}", (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    private async Task<string> TokenAsync(string name)
    {
        if (_tokens.TryGetValue(name, out var token))
            return token;
        var client = Tenant.Clients[name];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client.ClientId, ["client_secret"] = client.Secret,
        });
        using var answer = await _http.PostAsync(Tenant.TokenEndpoint, form);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return _tokens[name] = json.RootElement.GetProperty("access_token").GetString()!;
    }
}
