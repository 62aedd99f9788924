using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's impact analyses.</summary>
public sealed class DeliveryAnalysisTests
{
    [Fact]
    public async Task A_harmless_deployment_has_no_issues()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var started = await StartAsync(lab, "Order Desk");
        Assert.Equal(201, started.Status);
        var path = $"{DeliveryLab.Dependencies}/deployment-analyses/{started["analysisKey"]}";
        var running = await lab.GetAsync(path);
        Assert.Equal("InProgress", (string)running["processStatus"]!);
        Assert.Null(running.Json!["report"]);
        lab.LetOperationsEnd();
        var finished = await lab.GetAsync(path);
        Assert.Equal(("Finished", "NoIssuesFound"), ((string)finished["processStatus"]!, (string)finished["report"]["status"]!));
    }

    [Fact]
    public async Task A_missing_producer_is_a_warning()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.PostAsync(DeliveryLab.Deployments, new JsonObject { ["operation"] = "Undeploy", ["assetKey"] = lab.Key("Warehouse"), ["environmentKey"] = lab.Qa });
        lab.LetOperationsEnd();
        var report = await ReportAsync(lab, "Order Desk");
        Assert.Equal("WarningsFound", (string)report["status"]!);
        Assert.Equal(lab.Key("Warehouse").ToString(), (string)report["impactedAssets"]![0]!["assetKey"]!);
        Assert.Equal("MissingApplication", (string)report["impactedAssets"]![0]!["applicationLevelIssues"]![0]!["conflictType"]!);
    }

    [Theory]
    [InlineData("NameCollision", true, "applicationLevelIssues", "ErrorsFound")]
    [InlineData("MissingApplication", false, "applicationLevelIssues", "WarningsFound")]
    [InlineData("UrlDiscrepancy", false, "applicationLevelIssues", "WarningsFound")]
    [InlineData("UnsupportedRuntime", true, "applicationLevelIssues", "ErrorsFound")]
    [InlineData("MissingElement", false, "elementLevelIssues", "WarningsFound")]
    [InlineData("IncompatibleElement", true, "elementLevelIssues", "ErrorsFound")]
    public async Task Every_conflict_can_be_asked_for(string type, bool isError, string level, string status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Finding(new AnalysisConflict(type, isError)
        {
            Asset = lab.Key("Customer Portal"), ReferenceType = "Consumer", ElementName = "GetOrders", ElementType = "ServiceAction",
            IncompatibilityType = type == "IncompatibleElement" ? "InputParameterMismatch" : null, Hint = "Look there.",
        }));
        var report = await ReportAsync(lab, "Order Desk");
        Assert.Equal(status, (string)report["status"]!);
        var asset = Assert.Single(report["impactedAssets"]!.AsArray())!;
        Assert.Equal("Consumer", (string)asset["referenceType"]!);
        var issue = Assert.Single(asset[level]!.AsArray())!;
        Assert.Equal((type, isError ? "Error" : "Warning", "Look there."), ((string)issue["conflictType"]!, (string)issue["conflictSeverity"]!, (string)issue["hint"]!));
        Assert.Equal("NoIssuesFound", (string)(await ReportAsync(lab, "Order Desk"))["status"]!);
    }

    [Fact]
    public async Task An_analysis_can_fail_or_never_end()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Failing("Out of memory."), stage: lab.Qa);
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Endless);
        var failed = await StartAsync(lab, "Order Desk");
        var endless = await StartAsync(lab, "Order Desk");
        lab.LetOperationsEnd();
        var answer = await lab.GetAsync($"{DeliveryLab.Dependencies}/deployment-analyses/{failed["analysisKey"]}");
        Assert.Equal(("Failed", "Out of memory."), ((string)answer["processStatus"]!, (string)answer["error"]["detail"]!));
        Assert.Equal("InProgress", (string)(await lab.GetAsync($"{DeliveryLab.Dependencies}/deployment-analyses/{endless["analysisKey"]}"))["processStatus"]!);
    }

    [Fact]
    public async Task A_deletion_touches_consumers_stages_and_domains()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var hub = await DeletionReportAsync(lab, "Supplier Hub");
        Assert.Equal("NoIssuesFound", (string)hub["status"]!);
        Assert.Equal(3, hub["deployedEnvironments"]!.AsArray().Count);
        var library = await DeletionReportAsync(lab, "PDF Tools");
        Assert.Equal("WarningsFound", (string)library["status"]!);
        Assert.Empty(library["deployedEnvironments"]!.AsArray());
        Assert.Equal(["Claims", "Invoicing", "Order Desk"], library["impactedAssets"]!.AsArray().Select(a => (string)a!["name"]!).Order());
        Assert.Equal(3, library["impactedAssets"]![0]!["deployedRevisions"]!.AsArray().Count);
        var portal = await DeletionReportAsync(lab, "Customer Portal");
        Assert.Equal(lab.Tenant.Stages[2].DefaultDomain, (string)Assert.Single(portal["impactedDomains"]!.AsArray())!["hostname"]!);
    }

    [Fact]
    public async Task Requests_must_be_complete()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.PostAsync($"{DeliveryLab.Dependencies}/deletion-analyses", new JsonObject())).Status);
        Assert.Equal(404, (await lab.PostAsync($"{DeliveryLab.Dependencies}/deletion-analyses", new JsonObject { ["assetKey"] = Guid.NewGuid() })).Status);
        Assert.Equal(400, (await lab.PostAsync($"{DeliveryLab.Dependencies}/deployment-analyses", new JsonObject { ["assetKey"] = lab.Key("Fleet") })).Status);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Dependencies}/deployment-analyses/{Guid.NewGuid()}")).Status);
    }

    private static Task<DeliveryAnswer> StartAsync(DeliveryLab lab, string asset) => lab.PostAsync($"{DeliveryLab.Dependencies}/deployment-analyses", new JsonObject
    {
        ["assetKey"] = lab.Key(asset).ToString(), ["revision"] = lab.Delivery.Asset(asset).LatestRevision, ["environmentKey"] = lab.Qa.ToString(),
    });

    private static async Task<JsonNode> ReportAsync(DeliveryLab lab, string asset)
    {
        var started = await StartAsync(lab, asset);
        lab.LetOperationsEnd();
        return (await lab.GetAsync($"{DeliveryLab.Dependencies}/deployment-analyses/{started["analysisKey"]}"))["report"];
    }

    private static async Task<JsonNode> DeletionReportAsync(DeliveryLab lab, string asset)
    {
        var started = await lab.PostAsync($"{DeliveryLab.Dependencies}/deletion-analyses", new JsonObject { ["assetKey"] = lab.Key(asset).ToString() });
        lab.LetOperationsEnd();
        return (await lab.GetAsync($"{DeliveryLab.Dependencies}/deletion-analyses/{started["analysisKey"]}"))["report"];
    }
}
