using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's rules for tags, notes and commit messages.</summary>
public sealed class DeliveryTagTests
{
    [Theory]
    [InlineData("1.10", "OS-APPS-40020")]
    [InlineData("v2.0.0", "OS-APPS-40020")]
    [InlineData("2.0.0-rc1", "OS-APPS-40020")]
    [InlineData("1.10.0", "OS-APPS-40021")]
    [InlineData("1.8.0", "OS-APPS-40021")]
    [InlineData("1.9.5", "OS-APPS-40022")]
    public async Task A_tag_must_be_new_and_higher(string tag, string code)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var answer = await lab.PatchAsync(Path(lab, 6), new JsonObject { ["tag"] = tag });
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal("1.10.0", lab.Delivery.Asset("Order Desk").HighestTag);
    }

    [Fact]
    public async Task A_tag_comes_with_its_time_and_tagger()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(204, (await lab.PatchAsync(Path(lab, 6), new JsonObject { ["tag"] = "1.11.0", ["releaseNotes"] = "Faster." })).Status);
        var revision = await lab.GetAsync(Path(lab, 6));
        Assert.Equal("1.11.0", (string)revision["tag"]!);
        Assert.Equal(lab.Tenant.Clients["admin"].ClientId, (string)revision["taggedBy"]!);
        Assert.InRange((DateTime)revision["taggedAt"]!, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal("Faster.", (string)(await lab.GetAsync($"{Path(lab, 6)}/release-notes"))["content"]!);
    }

    [Fact]
    public async Task Absent_keeps_the_tag_and_null_clears_it()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.PatchAsync(Path(lab, 4), new JsonObject { ["commitMessage"] = "Renamed" });
        Assert.Equal("1.10.0", (string)(await lab.GetAsync(Path(lab, 4)))["tag"]!);
        Assert.Equal("Renamed", (string)(await lab.GetAsync(Path(lab, 4)))["commitMessage"]!);
        await lab.PatchAsync(Path(lab, 4), new JsonObject { ["tag"] = null });
        Assert.Null((await lab.GetAsync(Path(lab, 4))).Json!["tag"]);
        Assert.Equal("Renamed", (string)(await lab.GetAsync(Path(lab, 4)))["commitMessage"]!);
        Assert.Equal("1.9.0", lab.Delivery.Asset("Order Desk").HighestTag);
    }

    [Fact]
    public async Task Notes_need_a_tag_and_a_refused_change_changes_nothing()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal("OS-APPS-40023", (await lab.PatchAsync(Path(lab, 6), new JsonObject { ["releaseNotes"] = "x" })).Code);
        Assert.Equal("OS-APPS-40023", (await lab.PatchAsync(Path(lab, 4), new JsonObject { ["tag"] = null, ["releaseNotes"] = "x" })).Code);
        Assert.Equal("1.10.0", lab.Delivery.Asset("Order Desk").HighestTag);
        Assert.Equal(204, (await lab.PatchAsync(Path(lab, 4), new JsonObject { ["releaseNotes"] = "x" })).Status);
    }

    [Theory]
    [InlineData("Asset management > Change", 204)]
    [InlineData("Release management > Release", 204)]
    [InlineData("Asset management > Open", 403)]
    public async Task Either_of_two_permissions_is_enough(string permission, int status)
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Clients["empty"].Permissions = [permission];
        await lab.SignInAsync("empty");
        Assert.Equal(status, (await lab.PatchAsync(Path(lab, 6), new JsonObject { ["tag"] = "2.0.0" })).Status);
    }

    private static string Path(DeliveryLab lab, int revision) => $"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}/revisions/{revision}";
}
