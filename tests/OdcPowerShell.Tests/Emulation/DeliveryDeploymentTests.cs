using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's deployments: what they need, change and say.</summary>
public sealed class DeliveryDeploymentTests
{
    [Fact]
    public async Task Stages_begin_with_newest_older_and_older_still()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        Assert.Equal((6, 5, 4), (lab.Delivery.DeployedRevision(key, lab.Development), lab.Delivery.DeployedRevision(key, lab.Qa),
            lab.Delivery.DeployedRevision(key, lab.Production)));
        var builds = await Task.WhenAll(lab.Delivery.Assets.Select(a => lab.GetAsync($"{DeliveryLab.Builds}?assetKey={a.Key}&assetRevision={a.LatestRevision}")));
        Assert.Equal(["Debug", "Release"], builds.SelectMany(b => b["builds"].AsArray()).Select(b => (string)b!["buildType"]!).Distinct().Order());
    }

    [Fact]
    public async Task A_deployment_changes_the_stage_when_it_ends_and_an_older_revision_rolls_back()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var build = await lab.BuildAsync(key, 6);
        var started = await lab.DeployAsync(key, 6, build, lab.Qa);
        Assert.Equal((201, "Running", "Order Desk"), (started.Status, (string)started["status"]!, (string)started["assetName"]!));
        Assert.Equal(0001, ((DateTime)started["finishedDateTime"]!).Year);
        Assert.Equal(5, lab.Delivery.DeployedRevision(key, lab.Qa));
        lab.LetOperationsEnd();
        var finished = await lab.GetAsync($"{DeliveryLab.Deployments}/{started["key"]}");
        Assert.Equal("Finished", (string)finished["status"]!);
        Assert.Equal(TimeSpan.FromHours(1), (DateTime)finished["finishedDateTime"]! - (DateTime)finished["startedDateTime"]!);
        Assert.Equal(6, lab.Delivery.DeployedRevision(key, lab.Qa));

        var old = await lab.GetAsync($"{DeliveryLab.Builds}?assetKey={key}&assetRevision=4&byBuildType=Release");
        await lab.DeployAsync(key, 4, (string)old["builds"][0]!["buildKey"]!, lab.Qa);
        lab.LetOperationsEnd();
        Assert.Equal(4, lab.Delivery.DeployedRevision(key, lab.Qa));
    }

    [Fact]
    public async Task A_deployment_needs_a_finished_Release_build_of_that_revision()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var release = await lab.BuildAsync(key, 6);
        var debug = await lab.BuildAsync(key, 6, "Debug");
        var running = await lab.PostAsync(DeliveryLab.Builds, new JsonObject { ["assetKey"] = key, ["assetRevision"] = 6, ["buildType"] = "Release" });
        Assert.Equal("OS-DEPL-40030", (await lab.DeployAsync(key, 5, release, lab.Qa)).Code);
        Assert.Equal("OS-DEPL-40030", (await lab.DeployAsync(lab.Key("Fleet"), 4, release, lab.Qa)).Code);
        Assert.Equal("OS-DEPL-40030", (await lab.DeployAsync(key, 6, Guid.NewGuid().ToString(), lab.Qa)).Code);
        Assert.Equal("OS-DEPL-40031", (await lab.DeployAsync(key, 6, debug, lab.Qa)).Code);
        Assert.Equal("OS-DEPL-40032", (await lab.DeployAsync(key, 6, (string)running["buildKey"]!, lab.Qa)).Code);
        Assert.Equal(404, (await lab.DeployAsync(key, 60, release, lab.Qa)).Status);
        Assert.Equal(404, (await lab.DeployAsync(key, 6, release, Guid.NewGuid())).Status);
    }

    [Theory]
    [InlineData("operation", "OS-DEPL-40001")]
    [InlineData("assetKey", "OS-DEPL-40004")]
    [InlineData("revision", "OS-DEPL-40004")]
    [InlineData("buildKey", "OS-DEPL-40004")]
    [InlineData("environmentKey", "OS-DEPL-40004")]
    public async Task Nothing_may_be_missing(string member, string code)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var body = new JsonObject
        {
            ["operation"] = "Deploy", ["assetKey"] = lab.Key("Fleet"), ["revision"] = 1, ["buildKey"] = Guid.NewGuid(), ["environmentKey"] = lab.Qa,
        };
        body.Remove(member);
        var answer = await lab.PostAsync(DeliveryLab.Deployments, body);
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Libraries_are_not_deployed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var build = await lab.BuildAsync(lab.Key("Money Formats"), 6);
        Assert.Equal("OS-DEPL-40033", (await lab.DeployAsync(lab.Key("Money Formats"), 6, build, lab.Qa)).Code);
    }

    [Fact]
    public async Task Undeploying_removes_and_needs_something_to_remove()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var body = new JsonObject { ["operation"] = "Undeploy", ["assetKey"] = lab.Key("Fleet"), ["environmentKey"] = lab.Production };
        Assert.Equal(201, (await lab.PostAsync(DeliveryLab.Deployments, body)).Status);
        Assert.NotNull(lab.Delivery.DeployedRevision(lab.Key("Fleet"), lab.Production));
        lab.LetOperationsEnd();
        Assert.Null(lab.Delivery.DeployedRevision(lab.Key("Fleet"), lab.Production));
        Assert.Equal("OS-DEPL-40034", (await lab.PostAsync(DeliveryLab.Deployments, body)).Code);
    }

    [Fact]
    public async Task Configurations_are_applied_to_a_revision()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var body = new JsonObject { ["operation"] = "ApplyConfigs", ["assetKey"] = lab.Key("Order Desk"), ["environmentKey"] = lab.Qa };
        Assert.Equal("OS-DEPL-40004", (await lab.PostAsync(DeliveryLab.Deployments, body)).Code);
        body["revision"] = 5;
        var started = await lab.PostAsync(DeliveryLab.Deployments, body);
        lab.LetOperationsEnd();
        var finished = await lab.GetAsync($"{DeliveryLab.Deployments}/{started["key"]}");
        Assert.Equal(("Finished", 5), ((string)finished["status"]!, (int)finished["revisions"][0]!));
    }

    [Fact]
    public async Task A_failure_is_planned_for_a_stage_and_changes_nothing()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var build = await lab.BuildAsync(key, 6);
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The database said no."), key, lab.Production);
        var good = await lab.DeployAsync(key, 6, build, lab.Qa);
        var bad = await lab.DeployAsync(key, 6, build, lab.Production);
        lab.LetOperationsEnd();
        Assert.Equal("Finished", (string)(await lab.GetAsync($"{DeliveryLab.Deployments}/{good["key"]}"))["status"]!);
        Assert.Equal("FinishedWithError", (string)(await lab.GetAsync($"{DeliveryLab.Deployments}/{bad["key"]}"))["status"]!);
        Assert.Equal(4, lab.Delivery.DeployedRevision(key, lab.Production));
        var errors = (await lab.GetAsync($"{DeliveryLab.Deployments}/{bad["key"]}/messages")).Results.Where(m => (string)m!["severity"]! == "Error");
        Assert.Equal("The database said no.", (string)Assert.Single(errors)!["message"]!);
    }

    [Fact]
    public async Task Publishing_brings_a_revision_to_Development_with_a_Debug_build()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var body = new JsonObject { ["operation"] = "Publish", ["assetKey"] = key, ["revision"] = 3 };
        var started = await lab.PostAsync(DeliveryLab.Publications, body);
        Assert.Equal((201, "Running"), (started.Status, (string)started["status"]!));
        lab.LetOperationsEnd();
        Assert.Equal("Finished", (string)(await lab.GetAsync($"{DeliveryLab.Publications}/{started["key"]}"))["status"]!);
        Assert.Equal(3, lab.Delivery.DeployedRevision(key, lab.Development));
        Assert.Equal("Debug", (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{started["buildKey"]}"))["buildType"]!);
        body["environmentKey"] = lab.Qa;
        Assert.Equal("OS-DEPL-40035", (await lab.PostAsync(DeliveryLab.Publications, body)).Code);
    }

    [Fact]
    public async Task A_failed_publication_has_a_failed_build()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Publish, OperationPlan.Failing("No."));
        var started = await lab.PostAsync(
            DeliveryLab.Publications, new JsonObject { ["operation"] = "Publish", ["assetKey"] = lab.Key("Fleet"), ["revision"] = 1 });
        lab.LetOperationsEnd();
        Assert.Equal("FinishedWithError", (string)(await lab.GetAsync($"{DeliveryLab.Publications}/{started["key"]}"))["status"]!);
        Assert.Equal("FinishedWithErrors", (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{started["buildKey"]}"))["status"]!);
        Assert.Equal(lab.Delivery.Asset("Fleet").LatestRevision, lab.Delivery.DeployedRevision(lab.Key("Fleet"), lab.Development));
    }

    [Fact]
    public async Task Operations_end_by_themselves_after_their_duration()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.OperationDuration = TimeSpan.FromMilliseconds(100);
        var body = new JsonObject { ["operation"] = "Undeploy", ["assetKey"] = lab.Key("Fleet"), ["environmentKey"] = lab.Qa };
        var started = await lab.PostAsync(DeliveryLab.Deployments, body);
        while ((string)(await lab.GetAsync($"{DeliveryLab.Deployments}/{started["key"]}"))["status"]! == "Running")
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Null(lab.Delivery.DeployedRevision(lab.Key("Fleet"), lab.Qa));
    }
}
