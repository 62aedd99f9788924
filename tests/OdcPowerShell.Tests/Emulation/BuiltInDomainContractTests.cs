using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Built-in and default domains answer as the official specifications say.</summary>
public sealed class BuiltInDomainContractTests
{
    private const string Organization = "/api/organization/v1/builtin-domains";

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var stage = Stage(lab);
        var requests = new List<(string Method, string Path, JsonObject? Body)>();
        foreach (var path in new[] { Organization, stage + "/builtin-domains" })
        {
            requests.AddRange([
                ("GET", path, null), ("POST", path + "/availability", Prefix("acme-new")), ("POST", path + "/availability", Prefix("globex")), ("POST", path, Prefix("acme-new")),
                ("PATCH", path + "/acme-new", null), ("POST", path, Prefix("acme-old")), ("DELETE", path + "/acme-old", null), ("GET", path, null),
            ]);
        }

        requests.AddRange([("GET", stage + "/default-domain", null), ("PATCH", stage + "/default-domain", new JsonObject { ["defaultDomain"] = "acme-new.outsystems.app" })]);
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
        var row = (await lab.GetAsync("/api/portfolios/v2/environments")).Results.Single(s => (string)s!["name"]! == "QA")!;
        Assert.Equal(("acme-new.outsystems.app", "acme-new.outsystems.app"), ((string)row["builtinDomain"]!, (string)row["defaultDomain"]!));
    }

    [Theory]
    [InlineData("POST", Organization, """{ "builtinDomainPrefix": "globex" }""", 400)]
    [InlineData("POST", Organization, """{ "builtinDomainPrefix": "Not Valid" }""", 400)]
    [InlineData("POST", Organization, "{}", 400)]
    [InlineData("PATCH", Organization + "/nothing", null, 404)]
    [InlineData("DELETE", Organization + "/nothing", null, 404)]
    [InlineData("DELETE", Organization + "/acme", null, 400)]
    [InlineData("DELETE", "{stage}/builtin-domains/acme-tst", null, 400)]
    [InlineData("POST", "{stage}/builtin-domains", """{ "builtinDomainPrefix": "acme-dev" }""", 400)]
    [InlineData("PATCH", "{stage}/default-domain", """{ "defaultDomain": "acme-dev.outsystems.app" }""", 400)]
    [InlineData("GET", "/api/environment-configurations/v1/environments/11111111-1111-4111-8111-111111111111/builtin-domains", null, 404)]
    [InlineData("GET", "/api/environment-configurations/v1/environments/nothing/default-domain", null, 400)]
    public async Task What_is_wrong_is_rejected(string method, string path, string? body, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var answer = await lab.SendAsync(method, path.Replace("{stage}", Stage(lab), StringComparison.Ordinal), body is null ? null : JsonNode.Parse(body)!.AsObject());
        Assert.Equal(status, answer.Status);
        Assert.Matches($"^OS-(ECFG|ORG)-{status}", answer.Code);
    }

    [Fact]
    public async Task The_default_domain_is_not_removed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = Stage(lab) + "/builtin-domains";
        await lab.SendAsync("POST", path, Prefix("acme-new"));
        await lab.SendAsync("PATCH", path + "/acme-new", (JsonNode?)null);
        Assert.Equal(400, (await lab.SendAsync("DELETE", path + "/acme-tst", (JsonNode?)null)).Status);
    }

    private static string Stage(DeliveryLab lab) => $"/api/environment-configurations/v1/environments/{lab.Qa}";

    private static JsonObject Prefix(string prefix) => new() { ["builtinDomainPrefix"] = prefix };
}
