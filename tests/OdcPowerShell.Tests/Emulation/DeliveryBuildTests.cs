using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's builds and generated code.</summary>
public sealed class DeliveryBuildTests
{
    [Fact]
    public async Task A_build_waits_runs_and_finishes()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var started = await StartAsync(lab, 6, "Release");
        Assert.True((bool)started["isSuccessful"]!);
        var path = $"{DeliveryLab.Builds}/{started["buildKey"]}";
        var pending = await lab.GetAsync(path);
        Assert.Equal("Pending", (string)pending["status"]!);
        Assert.Null(pending.Json!["startedDateTime"]);
        lab.LetHalfPass();
        Assert.Equal("Running", (string)(await lab.GetAsync(path))["status"]!);
        Assert.Equal(3, (await lab.GetAsync($"{path}/log-messages")).Results.Count);
        lab.LetHalfPass();
        var finished = await lab.GetAsync(path);
        Assert.Equal("Finished", (string)finished["status"]!);
        Assert.Equal(TimeSpan.FromHours(1), (DateTime)finished["finishedDateTime"]! - (DateTime)finished["startedDateTime"]!);
        Assert.Equal(lab.Tenant.Clients["admin"].ClientId, (string)finished["builtBy"]!);
    }

    [Fact]
    public async Task The_list_is_called_builds_and_has_the_newest_first()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.BuildAsync(lab.Key("Order Desk"), 4, "Debug");
        var query = $"{DeliveryLab.Builds}?assetKey={lab.Key("Order Desk")}";
        Assert.Equal(["Debug", "Release"], (await lab.GetAsync($"{query}&assetRevision=4"))["builds"].AsArray().Select(b => (string)b!["buildType"]!));
        Assert.Equal(["Release"], (await lab.GetAsync($"{query}&assetRevision=4&byBuildType=Release"))["builds"].AsArray().Select(b => (string)b!["buildType"]!));
        Assert.Equal(404, (await lab.GetAsync($"{query}&assetRevision=9")).Status);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Builds}?assetKey={Guid.NewGuid()}")).Status);
        Assert.Equal(400, (await lab.GetAsync(DeliveryLab.Builds)).Status);
    }

    [Fact]
    public async Task A_failure_has_its_messages_in_the_log()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Build, OperationPlan.Failing("It does not compile.", "Twice."), lab.Key("Order Desk"));
        var other = await lab.BuildAsync(lab.Key("Fleet"), 1);
        var failed = await lab.BuildAsync(lab.Key("Order Desk"), 6);
        var next = await lab.BuildAsync(lab.Key("Order Desk"), 6);
        Assert.Equal("Finished", await StatusAsync(lab, other));
        Assert.Equal("FinishedWithErrors", await StatusAsync(lab, failed));
        Assert.Equal("Finished", await StatusAsync(lab, next));
        var log = (await lab.GetAsync($"{DeliveryLab.Builds}/{failed}/log-messages")).Results;
        Assert.Equal(["It does not compile.", "Twice."], log.Where(m => (string)m!["severity"]! == "Error").Select(m => (string)m!["message"]!));
    }

    [Fact]
    public async Task A_build_may_stay_running_or_be_refused_or_lose_its_artifacts()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Build, OperationPlan.Endless);
        lab.Delivery.Plan(EmulatedOperation.Build, new OperationPlan { IsRefused = true });
        var endless = await lab.BuildAsync(lab.Key("Order Desk"), 6);
        lab.Delivery.SkipTime(TimeSpan.FromDays(100));
        Assert.Equal("Running", await StatusAsync(lab, endless));
        var refused = await StartAsync(lab, 6, "Release");
        Assert.False((bool)refused["isSuccessful"]!);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Builds}/{refused["buildKey"]}")).Status);
        var build = await lab.BuildAsync(lab.Key("Order Desk"), 6);
        lab.Delivery.DeleteBuild(Guid.Parse(build));
        Assert.Equal("Deleted", await StatusAsync(lab, build));
        Assert.Equal("OS-DEPL-40032", (await lab.DeployAsync(lab.Key("Order Desk"), 6, build, lab.Qa)).Code);
    }

    [Theory]
    [InlineData("Fast", 400)]
    [InlineData("", 400)]
    [InlineData("release", 201)]
    public async Task The_type_is_checked(string type, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(status, (await StartAsync(lab, 6, type)).Status);
        Assert.Equal(404, (await StartAsync(lab, 60, "Release")).Status);
    }

    [Fact]
    public async Task Generated_code_is_there_after_it_was_packed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{DeliveryLab.Builds}/{await lab.BuildAsync(lab.Key("Order Desk"), 6)}/generated-code";
        Assert.Equal(404, (await lab.GetAsync(path)).Status);
        Assert.True((bool)(await lab.PostAsync(path))["isSuccessful"]!);
        Assert.Equal("NotStarted", (string)(await lab.GetAsync(path))["status"]!);
        lab.LetHalfPass();
        var running = await lab.GetAsync(path);
        Assert.Equal("Running", (string)running["status"]!);
        Assert.Null(running.Json!["uri"]);
        lab.LetHalfPass();
        var done = await lab.GetAsync(path);
        Assert.Equal("Finished", (string)done["status"]!);
        Assert.Equal("PK"u8.ToArray(), (await lab.Anonymous.GetByteArrayAsync((string)done["uri"]!))[..2]);
    }

    [Fact]
    public async Task Packing_needs_a_finished_build_and_can_time_out()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var running = await StartAsync(lab, 6, "Release");
        Assert.Equal(422, (await lab.PostAsync($"{DeliveryLab.Builds}/{running["buildKey"]}/generated-code")).Status);
        lab.Delivery.Plan(EmulatedOperation.GeneratedCode, new OperationPlan { FinalStatus = "TimedOut", Messages = ["Too slow."] });
        var path = $"{DeliveryLab.Builds}/{await lab.BuildAsync(lab.Key("Order Desk"), 6)}/generated-code";
        await lab.PostAsync(path);
        lab.LetOperationsEnd();
        var answer = await lab.GetAsync(path);
        Assert.Equal("TimedOut", (string)answer["status"]!);
        Assert.Equal(["Too slow."], answer["errors"].AsArray().Select(e => (string)e!["message"]!));
    }

    private static Task<DeliveryAnswer> StartAsync(DeliveryLab lab, int revision, string type) => lab.PostAsync(DeliveryLab.Builds, new JsonObject
    {
        ["assetKey"] = lab.Key("Order Desk"), ["assetRevision"] = revision, ["buildType"] = type,
    });

    private static async Task<string> StatusAsync(DeliveryLab lab, string build) => (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{build}"))["status"]!;
}
