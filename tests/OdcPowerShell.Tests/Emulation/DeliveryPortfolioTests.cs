using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's portfolios API: what runs where, libraries, stages and portfolios.</summary>
public sealed class DeliveryPortfolioTests
{
    private const string Deployed = DeliveryLab.Portfolios + "/deployed-assets";
    private const string Stages = DeliveryLab.Portfolios + "/environments";
    private const string Libraries = DeliveryLab.Portfolios + "/libraries";

    [Fact]
    public async Task Each_asset_has_its_deployments_newest_first()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var all = await lab.GetAsync(Deployed);
        Assert.Equal(15, all.Results.Count);
        Assert.Equal(["Agent", "MobileApplication", "WebApplication", "Workflow"], all.All("type").Distinct().Order());
        var desk = Assert.Single((await lab.GetAsync($"{Deployed}?key={lab.Key("Order Desk")}")).Results)!["deployments"]!.AsArray();
        Assert.Equal(3, desk.Count);
        var dates = desk.Select(d => (DateTime)d!["deploymentDateTime"]!).ToList();
        Assert.Equal(dates.OrderDescending(), dates);
        var production = desk.Single(d => (string)d!["environmentKey"]! == lab.Production.ToString())!;
        Assert.Equal((4, "1.10.0"), ((int)production["revision"]!, (string)production["tag"]!));
        Assert.Equal($"https://{lab.Tenant.Stages[2].DefaultDomain}/OrderDesk", (string)production["url"]!);
        var build = await lab.GetAsync($"{DeliveryLab.Builds}/{production["buildKey"]}");
        Assert.Equal(("Release", 4), ((string)build["buildType"]!, (int)build["assetRevision"]!));
    }

    [Fact]
    public async Task Filters_take_lists_joined_by_commas_and_types_repeated()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var keys = $"{lab.Key("Fleet")},{lab.Key("Claims")}";
        var some = await lab.GetAsync($"{Deployed}?key={keys}&environmentKey={lab.Qa},{lab.Production}");
        Assert.Equal([lab.Key("Claims").ToString(), lab.Key("Fleet").ToString()], some.All("key"));
        Assert.All(some.Results, r => Assert.Equal(2, r!["deployments"]!.AsArray().Count));
        Assert.Equal(2, (await lab.GetAsync($"{Deployed}?type=Agent&type=Workflow")).Results.Count);
        Assert.Equal(422, (await lab.GetAsync($"{Deployed}?type=Agent,Workflow")).Status);
        Assert.Single((await lab.GetAsync($"{Deployed}?nameContains=FLEET")).Results);
        Assert.Empty((await lab.GetAsync($"{Deployed}?portfolioKey={lab.Delivery.Portfolios[1].Key}")).Results);
        Assert.Equal(15, (await lab.GetAsync($"{Deployed}?permissionFilter=AppDeploy.{lab.Qa}")).Results.Count);
        var page = await lab.GetAsync($"{Deployed}?limit=10&offset=10");
        Assert.Equal((5, 15), (page.Results.Count, (int)page["page"]["totalResults"]!));
        Assert.Null(page["page"]["nextPageOffset"]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("-", true)]
    public async Task Assets_are_sorted_by_their_deployment_to_a_stage(string sign, bool descending)
    {
        await using var lab = await DeliveryLab.StartAsync();
        await lab.PostAsync(DeliveryLab.Deployments, new JsonObject { ["operation"] = "Undeploy", ["assetKey"] = lab.Key("Fleet"), ["environmentKey"] = lab.Qa });
        lab.LetOperationsEnd();
        var sort = Uri.EscapeDataString($"{sign}deployments[{lab.Qa}].deploymentDateTime");
        var sorted = await lab.GetAsync($"{Deployed}?sort={sort}");
        var dates = sorted.Results.Take(14).Select(r => (DateTime)r!["deployments"]!.AsArray()
            .Single(d => (string)d!["environmentKey"]! == lab.Qa.ToString())!["deploymentDateTime"]!).ToList();
        Assert.Equal(descending ? dates.OrderDescending() : dates.Order(), dates);
        Assert.Equal(lab.Key("Fleet").ToString(), sorted.All("key")[^1]);
        Assert.Equal(422, (await lab.GetAsync($"{Deployed}?sort=name")).Status);
    }

    [Fact]
    public async Task A_client_that_may_not_view_stages_sees_none()
    {
        await using var lab = await DeliveryLab.StartAsync("endusers");
        Assert.Empty((await lab.GetAsync(Deployed)).Results);
        Assert.Empty((await lab.GetAsync(Stages)).Results);
        await lab.SignInAsync("empty");
        Assert.Equal(403, (await lab.GetAsync(Deployed)).Status);
    }

    [Fact]
    public async Task Libraries_show_the_revisions_asked_for()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var money = $"{Libraries}?key={lab.Key("Money Formats")}";
        Assert.Equal([6], await NumbersAsync(lab, money));
        Assert.Equal([4], await NumbersAsync(lab, money + "&revisions=HighestTag"));
        Assert.Equal([6, 4, 3, 2], await NumbersAsync(lab, money + "&revisions=All"));
        Assert.Empty(await NumbersAsync(lab, $"{Libraries}?key={lab.Key("Legacy Crypto")}&revisions=highestTag"));
        Assert.Equal(["MobileLibrary", "WidgetLibrary"], (await lab.GetAsync($"{Libraries}?type=WidgetLibrary&type=MobileLibrary")).All("type").Order());
    }

    [Fact]
    public async Task Libraries_are_sorted_by_field_and_direction()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var names = await NamesAsync(lab, "Name:asc");
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal(names.AsEnumerable().Reverse(), await NamesAsync(lab, "Name:desc"));
        var dates = (await lab.GetAsync($"{Libraries}?sort=PublishDateTime:desc")).Results.Select(l => (DateTime)l!["revisions"]![0]!["publishDateTime"]!).ToList();
        Assert.Equal(dates.OrderDescending(), dates);
        Assert.Equal(422, (await lab.GetAsync($"{Libraries}?sort=-Name")).Status);
    }

    [Fact]
    public async Task Stages_are_renamed_and_reordered_all_or_none()
    {
        await using var lab = await DeliveryLab.StartAsync();
        JsonObject Change(Guid key, string name, int order) => new() { ["key"] = key, ["name"] = name, ["order"] = order };
        var bad = new JsonObject { ["environments"] = new JsonArray(Change(lab.Qa, "Test", 5), Change(Guid.NewGuid(), "x", 6)) };
        Assert.Equal(404, (await lab.PatchAsync(Stages, bad)).Status);
        Assert.Equal(["Development", "QA", "Production"], (await lab.GetAsync(Stages)).All("name"));
        var good = new JsonObject { ["environments"] = new JsonArray(Change(lab.Qa, "Test", 1000), Change(lab.Production, "Live", 500)) };
        var answer = await lab.PatchAsync(Stages, good);
        Assert.Equal((200, ""), (answer.Status, answer.Text));
        Assert.Equal(["Development", "Live", "Test"], (await lab.GetAsync(Stages)).All("name"));
        Assert.Equal(["Development", "Live", "Test"], lab.Delivery.Stages.Select(s => s.Name));
        Assert.Equal(400, (await lab.PatchAsync(Stages, new JsonObject())).Status);
    }

    [Fact]
    public async Task Name_and_order_of_a_stage_need_permissions_of_their_own()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Clients["empty"].Permissions = ["Portfolio management > Manage stages"];
        await lab.SignInAsync("empty");
        Assert.Equal(200, (await lab.PatchAsync($"{Stages}/{lab.Qa}", new JsonObject { ["name"] = "Test" })).Status);
        Assert.Equal(403, (await lab.PatchAsync($"{Stages}/{lab.Qa}", new JsonObject { ["order"] = 7 })).Status);
        lab.Tenant.Clients["empty"].Permissions = ["Portfolio management > Manage portfolio"];
        Assert.Equal(200, (await lab.PatchAsync($"{Stages}/{lab.Qa}", new JsonObject { ["order"] = 7 })).Status);
        Assert.Equal(403, (await lab.PatchAsync($"{Stages}/{lab.Qa}", new JsonObject { ["name"] = "Test" })).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a name of more than fifty characters, which is too long")]
    public async Task Names_have_a_length(string name)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(422, (await lab.PatchAsync($"{Stages}/{lab.Qa}", new JsonObject { ["name"] = name })).Status);
        var path = $"{DeliveryLab.Portfolios}/portfolios/{lab.Delivery.Portfolios[0].Key}";
        Assert.Equal(422, (await lab.PatchAsync(path, new JsonObject { ["name"] = name })).Status);
    }

    [Fact]
    public async Task Portfolios_are_listed_and_renamed()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{DeliveryLab.Portfolios}/portfolios";
        var list = await lab.GetAsync(path);
        Assert.Equal(["True", "False"], list.Results.Select(p => ((bool)p!["isMainPortfolio"]!).ToString()));
        Assert.Equal([2, 0], list.Results.Select(p => (int)p!["nonProductionEnvironmentCount"]!));
        var second = list.All("key")[1];
        Assert.Equal(200, (await lab.PatchAsync($"{path}/{second}", new JsonObject { ["name"] = "Friends" })).Status);
        Assert.Equal(["Friends"], (await lab.GetAsync($"{path}?portfolioKey={second}")).All("name"));
        Assert.Equal(404, (await lab.PatchAsync($"{path}/{Guid.NewGuid()}", new JsonObject { ["name"] = "x" })).Status);
    }

    [Fact]
    public async Task Version_1_has_its_own_shapes_and_says_when_it_ends()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var stages = await lab.GetAsync("/api/portfolios/v1/environments");
        Assert.Equal(lab.Tenant.Stages[0].BuiltInDomain, (string)stages["results"][0]!["hostname"]!);
        var deployed = await lab.GetAsync("/api/portfolios/v1/deployed-assets?nameContains=fleet");
        Assert.False(deployed["results"][0]!["deployments"]![0]!.AsObject().ContainsKey("portfolioKey"));
        Assert.All(new[] { stages, deployed }, answer =>
        {
            Assert.Equal("Wed, 08 Jul 2026 00:00:00 UTC", Assert.Single(answer.Headers.GetValues("Deprecation")));
            Assert.Equal("Fri, 08 Jan 2027 00:00:00 UTC", Assert.Single(answer.Headers.GetValues("Sunset")));
        });
    }

    private static async Task<List<int>> NumbersAsync(DeliveryLab lab, string path) =>
        [.. Assert.Single((await lab.GetAsync(path)).Results)!["revisions"]!.AsArray().Select(r => (int)r!["revision"]!)];

    private static async Task<List<string>> NamesAsync(DeliveryLab lab, string sort) =>
        [.. (await lab.GetAsync($"{Libraries}?sort={sort}")).Results.Select(l => (string)l!["revisions"]![0]!["name"]!)];
}
