using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The switches for other processes, limits, and many callers at once.</summary>
public sealed class DeliveryControlTests
{
    private const string Control = "/_emulator/delivery";

    [Fact]
    public async Task Plans_and_durations_are_set_from_outside()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var plan = new JsonObject { ["operation"] = "Build", ["asset"] = key, ["fails"] = true, ["messages"] = new JsonArray("Broken.") };
        Assert.Equal(204, (await lab.PostAsync($"{Control}/plans", plan)).Status);
        var failed = await lab.BuildAsync(key, 6);
        var next = await lab.BuildAsync(key, 6);
        Assert.Equal("FinishedWithErrors", (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{failed}"))["status"]!);
        Assert.Equal("Finished", (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{next}"))["status"]!);

        await lab.PostAsync($"{Control}/plans", new JsonObject { ["operation"] = "Build", ["isEndless"] = true, ["times"] = null });
        Assert.Equal(204, (await lab.SendAsync("DELETE", $"{Control}/plans")).Status);
        Assert.Equal(204, (await lab.SendAsync("PUT", $"{Control}/operation-duration", new JsonObject { ["milliseconds"] = 1000 })).Status);
        Assert.Equal(TimeSpan.FromSeconds(1), lab.Delivery.OperationDuration);
        var started = await lab.PostAsync(DeliveryLab.Builds, new JsonObject { ["assetKey"] = key, ["assetRevision"] = 6, ["buildType"] = "Debug" });
        await lab.PostAsync($"{Control}/skip-time", new JsonObject { ["milliseconds"] = 1000 });
        Assert.Equal("Finished", (string)(await lab.GetAsync($"{DeliveryLab.Builds}/{started["buildKey"]}"))["status"]!);
    }

    [Fact]
    public async Task The_storage_is_set_and_asked_from_outside()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.SendAsync("PUT", $"{Control}/storage", new JsonObject { ["contentSize"] = 5, ["urlLifetimeSeconds"] = 60 });
        Assert.Equal((5, TimeSpan.FromMinutes(1)), (lab.Delivery.Storage.ContentSize, lab.Delivery.Storage.UrlLifetime));
        Assert.Equal(204, (await lab.PostAsync($"{Control}/expire-urls")).Status);
        Assert.Empty((await lab.GetAsync($"{Control}/refused-authorizations")).Json!.AsArray());
        Assert.Equal(400, (await lab.PostAsync($"{Control}/plans", new JsonObject { ["operation"] = "Fly" })).Status);
    }

    [Theory]
    [InlineData(DeliveryLab.Deployments)]
    [InlineData(DeliveryLab.Publications)]
    [InlineData(DeliveryLab.Builds)]
    [InlineData(DeliveryLab.Repository + "/assets")]
    public async Task A_start_is_limited_to_10_a_window(string path)
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.EnforceLimits = true;
        for (var i = 0; i < 10; i++)
            Assert.Equal(400, (await lab.PostAsync(path, new JsonObject())).Status);
        Assert.Equal(429, (await lab.PostAsync(path, new JsonObject())).Status);
    }

    [Fact]
    public async Task Many_callers_at_once_lose_nothing()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Order Desk");
        var builds = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => lab.PostAsync(
            DeliveryLab.Builds, new JsonObject { ["assetKey"] = key, ["assetRevision"] = 6, ["buildType"] = "Release" })));
        Assert.Equal(100, builds.Select(b => (string)b["buildKey"]!).Distinct().Count());
        lab.LetOperationsEnd();
        var deployments = await Task.WhenAll(builds.Select(b => lab.DeployAsync(key, 6, (string)b["buildKey"]!, lab.Qa)));
        var files = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => lab.PostAsync(
            DeliveryLab.Repository + "/assets",
            new JsonObject { ["assetCreationDetails"] = new JsonObject { ["assetName"] = $"New {i}", ["assetType"] = "Workflow" } })));
        lab.LetOperationsEnd();
        Assert.All(deployments, d => Assert.Equal(201, d.Status));
        Assert.Equal(100, (await lab.GetAsync($"{DeliveryLab.Deployments}?revision=6&environmentKey={lab.Qa}&assetKey={key}")).Results.Count);
        Assert.Equal(50, files.Select(f => (string)f["applicationKey"]!).Distinct().Count());
        Assert.Equal(6, lab.Delivery.DeployedRevision(key, lab.Qa));
    }
}
