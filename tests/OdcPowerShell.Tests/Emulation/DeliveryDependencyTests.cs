using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's producers, consumers and elements.</summary>
public sealed class DeliveryDependencyTests
{
    private const string Assets = DeliveryLab.Dependencies + "/assets";

    [Fact]
    public async Task Consumers_are_those_that_run_in_the_stage()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{Assets}/{lab.Key("Warehouse")}/consumers";
        Assert.Equal(["Order Desk", "Supplier Hub"], (await lab.GetAsync(path)).All("name"));
        Assert.Equal(["Supplier Hub", "Order Desk"], (await lab.GetAsync($"{path}?environmentKey={lab.Qa}&sort=-name")).All("name"));
        var inQa = (await lab.GetAsync($"{path}?environmentKey={lab.Qa}")).Results[0]!;
        Assert.Equal(5, (int)inQa["revision"]!);
        var all = await lab.GetAsync($"{path}?allowMultipleVersions=true");
        Assert.Equal(6, all.All("name").Count(name => name == "Order Desk"));
        Assert.Equal(400, (await lab.GetAsync($"{path}?sort=key")).Status);
    }

    [Fact]
    public async Task Consumers_of_a_revision_and_of_an_element()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var key = lab.Key("Money Formats");
        Assert.Contains("Order Desk", (await lab.GetAsync($"{Assets}/{key}/revisions/6/consumers")).All("name"));
        Assert.Empty((await lab.GetAsync($"{Assets}/{key}/revisions/1/consumers")).Results);
        var elements = await lab.GetAsync($"{Assets}/{key}/revisions/6/public-elements");
        var used = elements.Results.Single(e => (string)e!["name"]! == "MoneyFormatsFormat")!["key"];
        var unused = elements.Results.Single(e => (string)e!["name"]! == "MoneyFormatsTheme")!["key"];
        Assert.NotEmpty((await lab.GetAsync($"{Assets}/{key}/consumers?publicElementKey={used}")).Results);
        Assert.Empty((await lab.GetAsync($"{Assets}/{key}/consumers?publicElementKey={unused}")).Results);
    }

    [Fact]
    public async Task Producers_are_followed_as_deep_as_asked()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{Assets}/{lab.Key("Claim Approval")}/revisions/{lab.Delivery.Asset("Claim Approval").LatestRevision}";
        Assert.Equal(["Claims", "Claims Assistant"], (await lab.GetAsync($"{path}/producers?maxDepth=1")).All("name"));
        var all = await lab.GetAsync($"{path}/producers?sort=-name");
        Assert.Equal(["Policy Model", "PDF Tools", "OutSystems UI", "Common UI", "Claims Assistant", "Claims"], all.All("name"));
        Assert.Equal(["False", "False", "False", "False", "True", "True"], all.Results.Select(r => ((bool)r!["isDirectProducer"]!).ToString()));
        Assert.Equal(["Claims", "Claims Assistant"], (await lab.GetAsync($"{path}/producers?producerTypeFilter=Deployable")).All("name"));
        Assert.DoesNotContain("Claims", (await lab.GetAsync($"{path}/producers?producerTypeFilter=Libraries")).All("name"));

        var graph = await lab.GetAsync($"{path}/producer-graph");
        Assert.Equal(["Claims", "Claims Assistant"], graph.All("name"));
        Assert.Equal("OutSystems UI", (string)graph["results"][0]!["producers"]![0]!["producers"]![0]!["name"]!);
        Assert.Empty((await lab.GetAsync($"{path}/producer-graph?maxDepth=1"))["results"][0]!["producers"]!.AsArray());
    }

    [Fact]
    public async Task Hidden_elements_can_be_left_out()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var path = $"{Assets}/{lab.Key("Order Desk")}/revisions/6";
        Assert.Equal(5, (await lab.GetAsync($"{path}/public-elements")).Results.Count);
        Assert.Equal(4, (await lab.GetAsync($"{path}/public-elements?includeHidden=false")).Results.Count);
        var referenced = await lab.GetAsync($"{path}/referenced-elements");
        Assert.Equal(12, referenced.Results.Count);
        Assert.Equal(["Common UI", "Money Formats", "PDF Tools", "Warehouse"], referenced.All("producerAssetName").Distinct().Order());
        Assert.True((await lab.GetAsync($"{path}/referenced-elements?includeHidden=false")).Results.Count < 12);
    }

    [Fact]
    public async Task The_search_is_paged_in_its_body()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var whole = await SearchAsync(lab, new JsonObject { ["elementType"] = "ServiceAction" });
        Assert.Equal(whole.All("name").Order(StringComparer.OrdinalIgnoreCase), whole.All("name"));
        var page = await SearchAsync(lab, new JsonObject { ["elementType"] = "ServiceAction", ["limit"] = 4, ["offset"] = 4 });
        Assert.Equal(whole.All("name").Skip(4).Take(4), page.All("name"));
        Assert.Equal((4, 8, whole.Results.Count), ((int)page["page"]["offset"]!, (int)page["page"]["nextPageOffset"]!, (int)page["page"]["totalResults"]!));
        var reversed = await SearchAsync(lab, new JsonObject { ["elementType"] = "ServiceAction", ["sort"] = "name", ["sortAscending"] = false });
        Assert.Equal(whole.All("name").AsEnumerable().Reverse(), reversed.All("name"));
        Assert.Equal(["GetOrderDesk"], (await SearchAsync(lab, new JsonObject { ["elementNameContains"] = "getorder" })).All("name"));
        var ofDesk = new JsonObject { ["assetFilters"] = new JsonArray(new JsonObject { ["key"] = lab.Key("Order Desk").ToString() }), ["includeHidden"] = true };
        Assert.Equal(5, (await SearchAsync(lab, ofDesk)).Results.Count);
        Assert.Equal(400, (await SearchAsync(lab, new JsonObject { ["limit"] = 0 })).Status);
    }

    private static Task<DeliveryAnswer> SearchAsync(DeliveryLab lab, JsonObject body) => lab.PostAsync($"{DeliveryLab.Dependencies}/public-elements/search", body);
}
