using System.Text.Json.Nodes;
using OdcPowerShell.Emulator;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The domains of the emulator answer as the official specification says, and what is done to them takes time.</summary>
public sealed class DomainContractTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var domains = Domains(lab.Production);
        var key = (string)(await lab.GetAsync(domains)).Results[1]!["id"]!;
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("GET", domains, null),
            ("GET", domains + "?limit=1&offset=1", null),
            ("GET", $"{domains}/{key}", null),
            ("POST", domains, new JsonObject { ["hostname"] = "shop.acme.example", ["name"] = "Shop" }),
            ("PATCH", $"{domains}/{key}", new JsonObject { ["defaultApplicationKey"] = lab.Key("Order Desk").ToString(), ["redirectOption"] = "Temporary" }),
            ("DELETE", $"{domains}/{key}", null),
            ("GET", domains, null),
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
    public async Task A_certificate_takes_time_and_its_record_is_known_after_a_while()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Delivery.OperationDuration = Hour;
        var created = await lab.SendAsync("POST", Domains(lab.Qa), new JsonObject { ["hostname"] = "shop.acme.example" });
        var path = $"{Domains(lab.Qa)}/{created["id"]}";
        Assert.Equal(("Creating", null), await CertificateAsync());
        lab.Tenant.Delivery.SkipTime(Hour / 2);
        var (status, record) = await CertificateAsync();
        Assert.Equal("PendingValidation", status);
        Assert.EndsWith(".shop.acme.example.", record, StringComparison.Ordinal);
        lab.Tenant.Delivery.SkipTime(Hour);
        Assert.Equal("Active", (await CertificateAsync()).Status);

        lab.Tenant.Delivery.Plan(EmulatedOperation.DomainCertificate, OperationPlan.Failing("CAA"));
        path = $"{Domains(lab.Qa)}/{(await lab.SendAsync("POST", Domains(lab.Qa), new JsonObject { ["hostname"] = "other.acme.example" }))["id"]}";
        lab.Tenant.Delivery.SkipTime(Hour * 2);
        var failed = (await lab.GetAsync(path))["certificate"];
        Assert.Equal(("Failed", "VALIDATION_TIMED_OUT", "CAA"), ((string?)failed["status"], (string?)failed["statusErrorCode"], (string?)failed["statusErrorMessage"]));

        async Task<(string? Status, string? Record)> CertificateAsync()
        {
            var certificate = (await lab.GetAsync(path))["certificate"];
            return ((string?)certificate["status"], (string?)certificate["cNameKey"]);
        }
    }

    [Fact]
    public async Task A_removal_takes_time_and_leaves_the_built_in_domain_as_the_default()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Delivery.OperationDuration = Hour;
        var domains = Domains(lab.Production);
        var custom = (await lab.GetAsync(domains)).Results[1]!;
        Assert.Equal((true, "apps.acme.example"), ((bool)custom["isDefault"]!, (string)custom["hostname"]!));
        Assert.Equal(204, (await lab.SendAsync("DELETE", $"{domains}/{custom["id"]}", (JsonNode?)null)).Status);
        Assert.Equal("Deleting", (string)(await lab.GetAsync(domains)).Results[1]!["certificate"]!["status"]!);
        lab.Tenant.Delivery.SkipTime(Hour * 2);
        var left = Assert.Single((await lab.GetAsync(domains)).Results)!;
        Assert.Equal((true, true), ((bool)left["isDefault"]!, (bool)left["builtIn"]!));
        Assert.Equal(404, (await lab.GetAsync($"{domains}/{custom["id"]}")).Status);
    }

    [Fact]
    public async Task A_member_that_is_missing_counts_as_null()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var domains = Domains(lab.Production);
        var path = $"{domains}/{(await lab.GetAsync(domains)).Results[1]!["id"]}";
        await lab.PatchAsync(path, new JsonObject { ["defaultApplicationKey"] = lab.Key("Order Desk").ToString(), ["redirectOption"] = "None" });
        await lab.PatchAsync(path, new JsonObject { ["redirectOption"] = "None" });
        Assert.Null((await lab.GetAsync(path)).Json!["defaultApplicationKey"]);
        await lab.PatchAsync(path, new JsonObject { ["defaultApplicationKey"] = lab.Key("Order Desk").ToString() });
        Assert.Equal("Permanent", (string)(await lab.GetAsync(path)).Json!["redirectOption"]!);
    }

    [Theory]
    [InlineData("POST", "", """{ "hostname": "https://x.acme.example" }""", 400)]
    [InlineData("POST", "", """{ "hostname": "Apps.acme.example" }""", 400)]
    [InlineData("POST", "", """{ "name": "x" }""", 400)]
    [InlineData("POST", "", """{ "hostname": "apps.acme.example" }""", 409)]
    [InlineData("PATCH", "/{key}", """{ "redirectOption": "Sometimes" }""", 400)]
    [InlineData("PATCH", "/{key}", """{ "defaultApplicationKey": "11111111-1111-4111-8111-111111111111" }""", 400)]
    [InlineData("PATCH", "/11111111-1111-4111-8111-111111111111", "{}", 404)]
    [InlineData("DELETE", "/11111111-1111-4111-8111-111111111111", null, 404)]
    [InlineData("GET", "/11111111-1111-4111-8111-111111111111", null, 404)]
    [InlineData("GET", "/nothing", null, 400)]
    [InlineData("GET", "?limit=101", null, 400)]
    public async Task What_is_wrong_is_rejected(string method, string path, string? body, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var domains = Domains(lab.Production);
        var key = (string)(await lab.GetAsync(domains)).Results[1]!["id"]!;
        var answer = await lab.SendAsync(method, domains + path.Replace("{key}", key, StringComparison.Ordinal), body is null ? null : JsonNode.Parse(body)!.AsObject());
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Permissions_are_those_of_the_stage()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Clients["admin"].SetPermissions(lab.Production, "Configuration management > View configurations");
        lab.Tenant.Clients["admin"].SetPermissions(lab.Qa);
        var body = new JsonObject { ["hostname"] = "shop.acme.example" };
        Assert.Equal(403, (await lab.GetAsync(Domains(lab.Qa))).Status);
        Assert.Equal(200, (await lab.GetAsync(Domains(lab.Production))).Status);
        Assert.Equal(403, (await lab.SendAsync("POST", Domains(lab.Production), body)).Status);
    }

    private static string Domains(Guid stage) => $"/api/environment-configurations/v1/environments/{stage}/domains";
}
