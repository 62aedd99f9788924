using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Every operation of the subscription API answers as the official specification says.</summary>
public sealed class SubscriptionContractTests
{
    private const string Base = "/api/subscription/v1/";
    private const string Usage = "organization/entitlements/usage";

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var stage = $"environments/{lab.Production}/entitlements";
        const string Period = "since=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z";
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("GET", "organization/entitlements", null),
            ("GET", Usage, null),
            ("GET", $"{Usage}?granularity=month&{Period}&entitlementIds=internalUsers,applicationObjects&aggregations=Total,P95", null),
            ("GET", stage, null),
            ("GET", $"{stage}/usage?granularity=day&{Period}&assetKeys={lab.Key("Fleet")}", null),
            ("GET", $"{stage}/usage/by-asset", null),
            ("GET", $"{stage}/usage/by-asset?limit=2&offset=2&sortBy=-applicationObjects,%2BmaxComputeReplicas&assetName=e&detailName=changed&{Period}", null),
            ("GET", "organization/configurations", null),
            ("PATCH", "organization/configurations", new JsonObject { ["areAllEmailDomainsInternal"] = true, ["internalEmailDomains"] = null }),
        ];
        var faults = new List<string>();
        foreach (var (method, path, body) in requests)
        {
            var request = body is null ? WireRequest.Parse(method, Base + path) : WireRequest.WithJson(method, Base + path, body.ToJsonString());
            var operation = specification.Find(request)!;
            faults.AddRange(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            var answer = await lab.SendAsync(method, Base + path, body);
            if (answer.Status != operation.Status)
                faults.Add($"{request}: {answer.Status} instead of {operation.Status}: {answer.Text}");
            else if (operation.Answer is { } schema)
                faults.AddRange(RequestJudge.Validate(answer.Text, schema).Select(e => $"{request}: {e.Path} {e.Kind}"));
            else if (answer.Text.Length > 0)
                faults.Add($"{request}: a body where none belongs");
        }

        Faults.None(faults);
        Assert.Equal(
            specification.All.Select(o => o.Name).Where(n => n.Contains(Base, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            requests.Select(r => specification.Find(WireRequest.Parse(r.Method, Base + r.Path))!.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Usage + "?granularity=week", 400)]
    [InlineData(Usage + "?entitlementIds=maxDbStorage", 400)]
    [InlineData(Usage + "?aggregations=avg", 400)]
    [InlineData(Usage + "?since=yesterday", 400)]
    [InlineData(Usage + "?since=2026-02-01&to=2026-01-01", 400)]
    [InlineData(Usage + "?granularity=hour&since=2020-01-01", 400)]
    [InlineData("environments/nothing/entitlements", 400)]
    [InlineData("environments/11111111-1111-4111-8111-111111111111/entitlements", 404)]
    public async Task What_is_wrong_is_rejected(string path, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var answer = await lab.GetAsync(Base + path);
        Assert.Equal(status, answer.Status);
        Assert.StartsWith($"OS-SUBS-{status}", answer.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_count_assets_and_have_every_entitlement()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{Base}environments/{lab.Qa}/entitlements/usage/by-asset";
        var all = await lab.GetAsync(path);
        var total = (int)all["page"]["totalResults"]!;
        var second = await lab.GetAsync($"{path}?limit=3&offset=3");
        Assert.Equal((3, 6, total), ((int)second["page"]["count"]!, (int)second["page"]["nextPageOffset"]!, (int)second["page"]["totalResults"]!));
        Assert.Equal(4, second.Results.Count);
        Assert.All(second.Results, block => Assert.Equal(3, block!["assets"]!.AsArray().Count));
        Assert.Equal(all.Results[0]!["assets"]!.AsArray().Skip(3).Take(3).Select(a => (string)a!["name"]!), second.Results[0]!["assets"]!.AsArray().Select(a => (string)a!["name"]!));
    }

    [Fact]
    public async Task A_change_needs_its_permission_and_its_flag()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.PatchAsync(Base + "organization/configurations", new JsonObject { ["internalEmailDomains"] = new JsonArray("acme.com") })).Status);
        await lab.SignInAsync("auditor");
        foreach (var path in new[] { Usage, "organization/configurations", $"environments/{lab.Qa}/entitlements/usage" })
            Assert.Equal(403, (await lab.GetAsync(Base + path)).Status);
        Assert.Null((await lab.GetAsync(Base + "organization/entitlements")).Json!["activationCode"]);
        Assert.False(lab.Tenant.Subscription.AreAllInternal);
    }
}
