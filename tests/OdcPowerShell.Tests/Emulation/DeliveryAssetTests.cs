using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's asset repository: what is listed, tagged, found and deleted.</summary>
public sealed class DeliveryAssetTests
{
    [Fact]
    public async Task The_catalogue_is_the_same_for_the_same_seed_and_has_the_assets_that_have_roles()
    {
        await using var lab = await DeliveryLab.StartAsync();
        await using var other = await DeliveryLab.StartAsync();
        Assert.Equal(lab.Delivery.Assets, other.Delivery.Assets);
        Assert.True(lab.Delivery.Assets.Count >= 25);
        string[] named = ["Customer Portal", "Order Desk", "Field Service", "Invoicing", "Warehouse", "HR Self Service", "Expenses", "Claims", "Fleet",
            "Supplier Hub", "Quality Lab", "Board Reports"];
        Assert.All(named, name => Assert.Equal("WebApplication", lab.Delivery.Asset(name).Type));
        Assert.Equal(
            ["Agent", "AIModelConnection", "ExtensionLibrary", "ExternalConnection", "ExternalLibrary", "LowCodeLibrary", "MobileApplication", "MobileLibrary",
                "WebApplication", "WidgetLibrary", "Workflow"],
            lab.Delivery.Assets.Select(a => a.Type).Distinct().Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Pages_go_up_to_1000_and_name_the_next()
    {
        await using var lab = await DeliveryLab.StartAsync(assets: 230);
        var whole = await lab.GetAsync($"{DeliveryLab.Repository}/assets?limit=1000");
        Assert.Equal(230, whole.Results.Count);
        Assert.Null(whole["page"]["nextPageOffset"]);
        var second = await lab.GetAsync($"{DeliveryLab.Repository}/assets?offset=100");
        Assert.Equal((100, 200, 230, 3), ((int)second["page"]["count"]!, (int)second["page"]["nextPageOffset"]!, (int)second["page"]["totalResults"]!,
            (int)second["page"]["totalPages"]!));
        Assert.Equal(whole.All("assetKey").Skip(100).Take(100), second.All("assetKey"));
        Assert.Equal(400, (await lab.GetAsync($"{DeliveryLab.Repository}/assets?limit=1001")).Status);
        Assert.Equal(400, (await lab.GetAsync($"{DeliveryLab.Repository}/assets?limit=0")).Status);
    }

    [Theory]
    [InlineData("nameContains=ORDER", "Order Desk")]
    [InlineData("nameOrDescriptionContains=quote", "Order Desk")]
    [InlineData("assetTypes=Agent&assetTypes=Workflow", "Claim Approval,Claims Assistant")]
    [InlineData("metadata.templateType=ApplicationTemplate", "Blank App")]
    [InlineData("metadata.isBuiltInAsset=true", "Blank App,Dashboard Screens,OutSystems UI")]
    [InlineData("metadata.urlPathContains=hrself", "HR Self Service")]
    [InlineData("isExternal=true", "Payments Gateway,PDF Tools")]
    [InlineData("metadata.isDeployable=true&nameContains=claim&sort=-name", "Claims Assistant,Claims,Claim Approval")]
    [InlineData("nameContains=claim&sort=createdAt&permissionFilter=AppChange", "Claims Assistant,Claim Approval,Claims")]
    public async Task Filters_and_sorts(string query, string names)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(names.Split(','), (await lab.GetAsync($"{DeliveryLab.Repository}/assets?{query}")).All("name"));
    }

    [Theory]
    [InlineData("assetTypes=Spaceship")]
    [InlineData("sort=key")]
    [InlineData("permissionFilter=AppFly")]
    [InlineData("assetKeys=1,2")]
    [InlineData("embed=everything")]
    public async Task What_it_cannot_read_is_a_400(string query)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.GetAsync($"{DeliveryLab.Repository}/assets?{query}")).Status);
    }

    [Fact]
    public async Task A_permission_that_the_client_lacks_empties_the_list()
    {
        await using var lab = await DeliveryLab.StartAsync();
        lab.Tenant.Clients["empty"].Permissions = ["Asset management > Open"];
        await lab.SignInAsync("empty");
        Assert.Empty((await lab.GetAsync($"{DeliveryLab.Repository}/assets?permissionFilter=AppChange")).Results);
        Assert.NotEmpty((await lab.GetAsync($"{DeliveryLab.Repository}/assets?permissionFilter=AppViewSourceCode")).Results);
    }

    [Fact]
    public async Task Embedded_details_are_those_asked_for()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}";
        Assert.Null((await lab.GetAsync(path)).Json!["_embedded"]);
        var embedded = (await lab.GetAsync($"{path}?embed=icon&embed=metadata"))["_embedded"].AsObject();
        Assert.Equal(["icon", "metadata"], embedded.Select(m => m.Key));
        Assert.StartsWith(lab.Tenant.StorageUrl.ToString(), (string)embedded["icon"]!["iconUrl"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revisions_are_filtered_and_sorted_by_version()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}/revisions";
        Assert.Equal(["1", "2", "3", "4", "5", "6"], (await lab.GetAsync(path)).All("revision"));
        Assert.Equal(["1.10.0", "1.9.0", "1.8.0"], (await lab.GetAsync($"{path}?isTagged=true&sort=-tag")).All("tag"));
        Assert.Equal(["3"], (await lab.GetAsync($"{path}?tag=1.9.0")).All("revision"));
        Assert.Equal(["5"], (await lab.GetAsync($"{path}?commitMessage=change%205")).All("revision"));
        var third = (await lab.GetAsync($"{path}/3"))["createdAt"].ToString();
        Assert.Equal(["3", "4", "5", "6"], (await lab.GetAsync($"{path}?revisionDateTimeSince={third}")).All("revision"));
        Assert.Equal(["1", "2", "3"], (await lab.GetAsync($"{path}?revisionDateTimeTo={third}")).All("revision"));
        Assert.Equal(404, (await lab.GetAsync($"{path}/7")).Status);
    }

    [Fact]
    public async Task The_highest_tag_is_that_of_the_highest_version_and_404_without_any()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal("1.10.0", (string)(await lab.GetAsync($"{DeliveryLab.Repository}/assets/{lab.Key("Order Desk")}/highest-tag-revision"))["tag"]!);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Repository}/assets/{lab.Key("Warehouse")}/highest-tag-revision")).Status);
    }

    [Fact]
    public async Task Search_finds_one_revision_for_each_filter_that_fits()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var desk = lab.Key("Order Desk").ToString();
        var third = await lab.GetAsync($"{DeliveryLab.Repository}/assets/{desk}/revisions/3");
        var found = await lab.PostAsync($"{DeliveryLab.Repository}/assets/search", new JsonObject
        {
            ["assetVersionFilters"] = new JsonArray(
                new JsonObject { ["key"] = desk, ["revision"] = 2 },
                new JsonObject { ["key"] = desk, ["digest"] = (string)third["modelDigest"]! },
                new JsonObject { ["key"] = desk, ["isHighestTag"] = true },
                new JsonObject { ["key"] = lab.Key("Warehouse").ToString(), ["isHighestTag"] = true },
                new JsonObject { ["key"] = Guid.NewGuid().ToString(), ["revision"] = 1 }),
            ["embeds"] = new JsonArray("signature"),
        });
        Assert.Equal(["2", "3", "4"], found.All("revision"));
        Assert.All(found.Results, item => Assert.NotNull(item!["_embedded"]!["signature"]));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"assetVersionFilters":[{"revision":1}]}""")]
    [InlineData("""{"assetVersionFilters":[{"key":"11111111-1111-4111-8111-111111111111"}]}""")]
    [InlineData("""{"assetVersionFilters":[{"key":"11111111-1111-4111-8111-111111111111","isHighestTag":false}]}""")]
    [InlineData("""{"assetVersionFilters":[{"key":"11111111-1111-4111-8111-111111111111","revision":1,"isHighestTag":true}]}""")]
    public async Task Search_needs_a_key_and_exactly_one_criterion(string body)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.PostAsync($"{DeliveryLab.Repository}/assets/search", JsonNode.Parse(body))).Status);
    }

    [Fact]
    public async Task A_deleted_asset_is_gone_at_once_and_leaves_its_stages_in_time()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Fleet");
        Assert.Equal(204, (await lab.SendAsync("DELETE", $"{DeliveryLab.Repository}/assets/{key}")).Status);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Repository}/assets/{key}")).Status);
        Assert.NotNull(lab.Delivery.DeployedRevision(key, lab.Production));
        Assert.Single((await lab.GetAsync($"{DeliveryLab.Portfolios}/deployed-assets?key={key}")).Results);
        lab.LetOperationsEnd();
        Assert.All(lab.Tenant.Stages, stage => Assert.Null(lab.Delivery.DeployedRevision(key, stage.Key)));
        Assert.Empty((await lab.GetAsync($"{DeliveryLab.Portfolios}/deployed-assets?key={key}")).Results);
        Assert.Equal(404, (await lab.SendAsync("DELETE", $"{DeliveryLab.Repository}/assets/{key}")).Status);
    }

    [Fact]
    public async Task Built_in_assets_stay()
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.SendAsync("DELETE", $"{DeliveryLab.Repository}/assets/{lab.Key("OutSystems UI")}")).Status);
        Assert.Equal("OutSystems UI", lab.Delivery.Asset("OutSystems UI").Name);
    }
}
