using System.Text.Json.Nodes;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Every operation of the emulator's code quality API answers as the official specification says.</summary>
public sealed class CodeQualityContractTests
{
    private const string Base = "/api/code-quality/v1/";
    private const string All = "Since=2026-01-01T00:00:00";

    [Fact]
    public async Task Every_operation_answers_with_its_status_and_schema()
    {
        var specification = Specification.Required();
        await using var lab = await DeliveryLab.StartAsync();
        var (key, revision) = (lab.Key("Order Desk"), lab.Delivery.Asset("Order Desk").LatestRevision);
        var body = new JsonObject { ["assetKey"] = key.ToString(), ["assetRevision"] = revision };
        var running = (string)(await lab.PostAsync(Base + "code-analyses", body.DeepClone()))["analysisKey"]!;
        var ended = (string)(await lab.PostAsync(Base + "code-analyses", body.DeepClone()))["analysisKey"]!;
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Endless);
        lab.LetOperationsEnd();
        (string Method, string Path, JsonObject? Body)[] requests =
        [
            ("POST", "code-analyses", body),
            ("GET", $"code-analyses/{running}", null),
            ("GET", $"code-analyses/{ended}?Limit=2&Offset=1", null),
            ("GET", $"assets/{key}/revisions/{revision}/analysis-summary", null),
            ("GET", "findings", null),
            ("GET", $"findings?{All}&AssetKeys={key}&Status=Open&Severities=High&Severities=Low&Categories=security&Categories=performance&Limit=3&Sort=elementName&Sort=-discoveredOn", null),
            ("GET", $"findings?{All}&Fields=id&Fields=severity&IsLatest=true&AssetType=WebApplication&PatternIds=SEC-001", null),
            ("GET", $"assets-quality-metrics?{All}&Sort=-Score&ScoreRanges=0-49,50-100&Limit=5&Offset=1", null),
            ("GET", $"findings-summary?{All}&GroupBy=Category&GroupBy=Severity&FetchChange=true", null),
            ("GET", $"findings-trend?{All}&Limit=3&Offset=2", null),
            ("GET", "patterns?Limit=3&Offset=3", null),
            ("GET", "patterns/SEC-001", null),
            ("GET", "analysis-status", null),
            ("GET", $"analysis-status?portfolioKey={lab.Delivery.Portfolios[0].Key}", null),
        ];
        var faults = new List<string>();
        foreach (var (method, path, sent) in requests)
        {
            var request = sent is null ? WireRequest.Parse(method, Base + path) : WireRequest.WithJson(method, Base + path, sent.ToJsonString());
            var operation = specification.Find(request)!;
            faults.AddRange(RequestJudge.Faults(request, operation).Select(f => $"{request}: {f}"));
            var answer = await lab.SendAsync(method, Base + path, sent?.DeepClone());
            if (answer.Status != operation.Status)
                faults.Add($"{request}: {answer.Status} instead of {operation.Status}: {answer.Text}");
            else
                faults.AddRange(RequestJudge.Validate(answer.Text, operation.Answer!).Select(e => $"{request}: {e.Path} {e.Kind}"));
        }

        Faults.None(faults);
        Assert.Equal(
            specification.All.Select(o => o.Name).Where(n => n.Contains(Base, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            requests.Select(r => specification.Find(WireRequest.Parse(r.Method, Base + r.Path))!.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("findings?Categories=securty", 400)]
    [InlineData("findings?Severities=Huge", 400)]
    [InlineData("findings?Status=Gone", 400)]
    [InlineData("findings?Limit=1001", 400)]
    [InlineData("findings?Since=yesterday", 400)]
    [InlineData("findings?Since=2026-02-01&To=2026-01-01", 400)]
    [InlineData("findings?Sort=color", 400)]
    [InlineData("assets-quality-metrics?ScoreRanges=low", 400)]
    [InlineData("code-analyses/11111111-1111-4111-8111-111111111111", 404)]
    [InlineData("patterns/NONE-1", 404)]
    [InlineData("analysis-status?portfolioKey=11111111-1111-4111-8111-111111111111", 404)]
    public async Task What_is_wrong_is_rejected(string path, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var answer = await lab.GetAsync(Base + path);
        Assert.Equal(status, answer.Status);
        Assert.StartsWith($"OS-CODEQ-{status}", answer.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_is_there_after_an_analysis_and_counts_what_it_found()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var asset = lab.Delivery.Asset("Warehouse");
        var path = $"{Base}assets/{asset.Key}/revisions/{asset.LatestRevision}/analysis-summary";
        Assert.Equal(404, (await lab.GetAsync(path)).Status);
        var started = await lab.PostAsync(Base + "code-analyses", new JsonObject { ["assetKey"] = asset.Key.ToString(), ["assetRevision"] = asset.LatestRevision });
        Assert.Equal("Queued", (string)started["status"]!);
        lab.LetHalfPass();
        var poll = $"{Base}code-analyses/{started["analysisKey"]}";
        Assert.Equal("Running", (string)(await lab.GetAsync(poll))["status"]!);
        Assert.Equal(404, (await lab.GetAsync(path)).Status);
        lab.LetOperationsEnd();
        var analysis = await lab.GetAsync(poll);
        var summary = await lab.GetAsync(path);
        Assert.Equal("Completed", (string)analysis["status"]!);
        Assert.Equal(analysis["summary"].ToJsonString(), summary["summary"].ToJsonString());
        Assert.Equal((double)analysis["qualityScore"]!, (double)summary["qualityScore"]!);
        var open = analysis["findings"].AsArray().Count(f => (string)f!["status"]! != "Dismissed");
        Assert.Equal(open, summary["summary"]["categories"]!.AsObject().Sum(c => c.Value!.AsObject().Sum(n => (int)n.Value!)));
        Assert.Equal(100 - (double)summary["qualityScore"]! > 0, open > 0);
    }

    [Fact]
    public async Task Without_dates_only_the_last_14_days_count()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var since = DateTimeOffset.UtcNow.AddDays(-14).AddMinutes(-1);
        var usual = await lab.GetAsync($"{Base}findings?Limit=1000");
        var all = await lab.GetAsync($"{Base}findings?Limit=1000&{All}");
        Assert.InRange(usual.Results.Count, 1, all.Results.Count - 1);
        Assert.All(usual.All("discoveredOn"), at => Assert.True(DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture) >= since));
    }

    [Fact]
    public async Task An_analysis_can_fail_or_run_out_of_time_and_then_there_is_no_summary()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var asset = lab.Delivery.Asset("Customer Portal");
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Failing());
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, new OperationPlan { FinalStatus = "Timeout" });
        foreach (var status in new[] { "Failed", "Timeout" })
        {
            var started = await lab.PostAsync(Base + "code-analyses", new JsonObject { ["assetKey"] = asset.Key.ToString(), ["assetRevision"] = 1 });
            lab.LetOperationsEnd();
            Assert.Equal(status, (string)(await lab.GetAsync($"{Base}code-analyses/{started["analysisKey"]}"))["status"]!);
        }

        Assert.False(lab.Tenant.CodeQuality.IsAnalysed(asset.Key, 1));
    }

    [Fact]
    public async Task Each_operation_needs_its_permission_and_an_asset_that_can_be_analysed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        foreach (var (name, revision, status) in new[] { ("Order Desk", 99, 404), ("Claims Assistant", 1, 400) })
            Assert.Equal(status, (await lab.PostAsync(Base + "code-analyses", new JsonObject { ["assetKey"] = lab.Key(name).ToString(), ["assetRevision"] = revision })).Status);
        Assert.Equal(400, (await lab.PostAsync(Base + "code-analyses", new JsonObject { ["assetKey"] = lab.Key("Fleet").ToString() })).Status);
        lab.Tenant.Clients["admin"].Permissions = ["Analyze > View Code Quality findings"];
        Assert.Equal(200, (await lab.GetAsync(Base + "findings")).Status);
        Assert.Equal(403, (await lab.PostAsync(Base + "code-analyses", new JsonObject { ["assetKey"] = lab.Key("Fleet").ToString(), ["assetRevision"] = 1 })).Status);
        lab.Tenant.Clients["admin"].Permissions = ["Analyze > Manage code quality findings"];
        Assert.Equal(403, (await lab.GetAsync(Base + "findings")).Status);
    }
}
