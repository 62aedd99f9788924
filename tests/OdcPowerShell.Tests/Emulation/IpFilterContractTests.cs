using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>IP filter groups answer as the official specification and the documentation say.</summary>
public sealed class IpFilterContractTests
{
    private const string Base = "/api/environment-configurations/v1/environments/";

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var groups = Groups(lab.Qa);
        var made = (string)(await lab.PostAsync(groups, Body("First")))["key"]!;
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("GET", groups, null),
            ("GET", $"{groups}?appKeys={lab.Key("HR Self Service")}&appKeys={lab.Key("Claims")}", null),
            ("GET", $"{groups}/{made}", null),
            ("POST", groups, Body("Second")),
            ("PATCH", $"{groups}/{made}", new JsonObject { ["description"] = null, ["ipRules"] = new JsonArray(), ["appKeys"] = new JsonArray(lab.Key("Claims")) }),
            ("DELETE", $"{groups}/{made}", null),
            ("GET", "/api/organization/v1/ip-filter-group", null),
        ];
        var faults = new List<string>();
        foreach (var (method, path, body) in requests)
        {
            var request = body is null ? WireRequest.Parse(method, path) : WireRequest.WithJson(method, path, body.ToJsonString());
            var operation = specification.Find(request)!;
            faults.AddRange(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            var answer = await lab.SendAsync(method, path, body);
            if (answer.Status != operation.Status)
                faults.Add($"{request}: {answer.Status} instead of {operation.Status}: {answer.Text}");
            else if (operation.Answer is { } schema)
                faults.AddRange(RequestJudge.Validate(answer.Text, schema).Select(e => $"{request}: {e.Path} {e.Kind}"));
            else if (answer.Text.Length > 0)
                faults.Add($"{request}: a body where none belongs");
        }

        Faults.None(faults);
    }

    [Fact]
    public async Task Lists_are_replaced_whole_and_the_rest_stays()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var one = $"{Groups(lab.Qa)}/{(string)(await lab.PostAsync(Groups(lab.Qa), Body("First", lab.Key("Claims"))))["key"]!}";
        Assert.Equal(204, (await lab.PatchAsync(one, new JsonObject { ["ipRules"] = Rules(2) })).Status);
        var now = await lab.GetAsync(one);
        Assert.Equal(("First", "About First", 2, 1), ((string)now["name"]!, (string)now["description"]!, now["ipRules"].AsArray().Count, now["appKeys"].AsArray().Count));
        Assert.Equal(204, (await lab.PatchAsync(one, new JsonObject { ["description"] = null, ["appKeys"] = new JsonArray() })).Status);
        now = await lab.GetAsync(one);
        Assert.Equal((null, 2, 0), ((string?)now.Json!["description"], now["ipRules"].AsArray().Count, now["appKeys"].AsArray().Count));
        Assert.Equal(["Default", "Office", "First"], (await lab.GetAsync(Groups(lab.Qa))).All("name"));
        Assert.Equal(["Office"], (await lab.GetAsync($"{Groups(lab.Qa)}?appKeys={lab.Key("HR Self Service")},{lab.Key("Claims")}")).All("name"));
        Assert.Equal(["Default", "Office"], (await lab.GetAsync(Groups(lab.Production))).All("name"));
    }

    public static TheoryData<string, int> Wrong => new()
    {
        { """{ "name": "A" }""", 400 },
        { """{ "accessType": "DENYLIST" }""", 400 },
        { """{ "name": "A", "accessType": "ALLOW" }""", 400 },
        { """{ "name": "office", "accessType": "DENYLIST" }""", 409 },
        { """{ "name": "A", "accessType": "DENYLIST", "appKeys": ["11111111-1111-4111-8111-111111111111"] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "appKeys": ["{Claims Assistant}"] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "appKeys": ["{Common UI}"] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "appKeys": ["{HR Self Service}"] }""", 409 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": {21} }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": [{ "name": "", "ranges": ["10.0.0.1"], "isActive": true }] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": [{ "name": "R", "ranges": [], "isActive": true }] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": [{ "name": "R", "ranges": ["10.0.0.0/33"], "isActive": true }] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": [{ "name": "R", "ranges": ["10.0.0.9-10.0.0.1"], "isActive": true }] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": [{ "name": "R", "ranges": ["office"], "isActive": true }] }""", 400 },
        { """{ "name": "A", "accessType": "DENYLIST", "ipRules": {20} }""", 201 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_rejected(string body, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        foreach (var asset in lab.Delivery.Assets)
            body = body.Replace($"{{{asset.Name}}}", asset.Key.ToString(), StringComparison.Ordinal);
        body = body.Replace("{20}", Rules(20).ToJsonString(), StringComparison.Ordinal).Replace("{21}", Rules(21).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(status, (await lab.PostAsync(Groups(lab.Qa), JsonNode.Parse(body))).Status);
    }

    [Fact]
    public async Task The_default_group_stays_and_alone_changes_its_type()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var groups = (await lab.GetAsync(Groups(lab.Qa))).Results;
        string Of(int index) => $"{Groups(lab.Qa)}/{(string)groups[index]!["key"]!}";
        Assert.Equal(400, (await lab.SendAsync("DELETE", Of(0))).Status);
        Assert.Equal(204, (await lab.PatchAsync(Of(0), new JsonObject { ["accessType"] = "ALLOWLIST" })).Status);
        Assert.Equal(400, (await lab.PatchAsync(Of(1), new JsonObject { ["accessType"] = "DENYLIST" })).Status);
        Assert.Equal(204, (await lab.SendAsync("DELETE", Of(1))).Status);
        Assert.Equal(404, (await lab.GetAsync(Of(1))).Status);
    }

    [Fact]
    public async Task Permissions_are_those_of_the_stage()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var admin = lab.Tenant.Clients["admin"];
        admin.Permissions = ["Configuration management > View configurations"];
        Assert.Equal((200, 403), ((await lab.GetAsync(Groups(lab.Qa))).Status, (await lab.PostAsync(Groups(lab.Qa), Body("A"))).Status));
        Assert.Equal(403, (await lab.GetAsync("/api/organization/v1/ip-filter-group")).Status);
        admin.SetPermissions(lab.Production, "Configuration management > Manage IP filters");
        Assert.Equal((201, 403), ((await lab.PostAsync(Groups(lab.Production), Body("A"))).Status, (await lab.GetAsync(Groups(lab.Production))).Status));
    }

    private static string Groups(Guid stage) => $"{Base}{stage}/ip-filter-groups";

    private static JsonObject Body(string name, params Guid[] apps) => new()
    {
        ["name"] = name, ["description"] = $"About {name}", ["accessType"] = "ALLOWLIST", ["ipRules"] = Rules(1), ["appKeys"] = new JsonArray([.. apps.Select(app => (JsonNode)app)]),
    };

    private static JsonArray Rules(int count) => [.. Enumerable.Range(1, count).Select(i => new JsonObject { ["name"] = $"Rule {i}", ["ranges"] = new JsonArray($"10.0.{i}.0/24", $"2001:db8:{i}::/48"), ["isActive"] = true })];
}
