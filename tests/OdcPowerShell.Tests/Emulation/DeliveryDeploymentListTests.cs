using System.Text.Json.Nodes;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>The emulator's lists of deployments and publications, and the pages of their logs.</summary>
public sealed class DeliveryDeploymentListTests
{
    [Theory]
    [InlineData(DeliveryLab.Deployments)]
    [InlineData(DeliveryLab.Publications)]
    public async Task Pages_have_no_totals_and_end_with_null(string path)
    {
        await using var lab = await DeliveryLab.StartAsync();
        var keys = new List<string>();
        for (int? offset = 0; offset is not null;)
        {
            var page = await lab.GetAsync($"{path}?limit=20&offset={offset}");
            Assert.Null(page["page"]["totalResults"]);
            keys.AddRange(page.All("key"));
            offset = (int?)page["page"]["nextPageOffset"];
        }

        Assert.Equal(45, keys.Count);
        Assert.Equal((await lab.GetAsync(path)).All("key"), keys);
        Assert.Equal(100, (int)(await lab.GetAsync($"{path}?limit=5000"))["page"]["limit"]!);
    }

    [Fact]
    public async Task Filters_and_sorts()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var desk = lab.Key("Order Desk");
        var query = $"{DeliveryLab.Deployments}?assetKey={desk}";
        Assert.Equal(["4", "5"], (await lab.GetAsync($"{query}&environmentKey={lab.Qa}&sort=CreatedAt")).Results.Select(r => r!["revisions"]![0]!.ToString()));
        Assert.Equal(["4"], (await lab.GetAsync($"{query}&environmentKey={lab.Production}")).Results.Select(r => r!["revisions"]![0]!.ToString()));
        Assert.Equal(2, (await lab.GetAsync($"{query}&revision=4&operations=Deploy&operations=Undeploy&status=Finished")).Results.Count);
        Assert.Empty((await lab.GetAsync($"{query}&operations=Undeploy")).Results);
        Assert.Empty((await lab.GetAsync($"{query}&portfolioKey={Guid.NewGuid()}")).Results);

        var all = await lab.GetAsync($"{DeliveryLab.Deployments}?sort=AssetName,-CreatedAt");
        Assert.Equal(all.All("assetName").Order(StringComparer.OrdinalIgnoreCase), all.All("assetName"));
        var dates = (await lab.GetAsync(DeliveryLab.Deployments)).Results.Select(r => (DateTime)r!["startedDateTime"]!).ToList();
        Assert.Equal(dates.OrderDescending(), dates);
        var since = dates[10].ToString("O");
        Assert.Equal(11, (await lab.GetAsync($"{DeliveryLab.Deployments}?createdDateSince={since}")).Results.Count);
        Assert.Equal(35, (await lab.GetAsync($"{DeliveryLab.Deployments}?createdDateTo={since}")).Results.Count);
    }

    [Theory]
    [InlineData("sort=Size")]
    [InlineData("status=Failed")]
    [InlineData("operations=Deploy,Undeploy")]
    [InlineData("permissionFilter=AppDeploy.here")]
    [InlineData("limit=0")]
    public async Task What_it_cannot_read_is_a_400(string query)
    {
        await using var lab = await DeliveryLab.StartAsync();
        Assert.Equal(400, (await lab.GetAsync($"{DeliveryLab.Deployments}?{query}")).Status);
    }

    [Fact]
    public async Task The_log_is_read_by_cursors_that_are_texts()
    {
        await using var lab = await DeliveryLab.StartAsync();
        var body = new JsonObject { ["operation"] = "ApplyConfigs", ["assetKey"] = lab.Key("Order Desk"), ["environmentKey"] = lab.Qa, ["revision"] = 5 };
        var started = await lab.PostAsync(DeliveryLab.Deployments, body);
        var path = $"{DeliveryLab.Deployments}/{started["key"]}/messages";
        Assert.Equal(["Validating."], (await lab.GetAsync(path)).All("message"));
        lab.LetOperationsEnd();

        var messages = new List<string>();
        var query = "?limit=3";
        while (true)
        {
            var page = await lab.GetAsync(path + query);
            messages.AddRange(page.All("message"));
            if (page["page"]["nextPageOffset"] is not { } next)
                break;
            Assert.False(int.TryParse((string)next!, out _));
            query = $"?limit=3&offset={next}";
        }

        Assert.Equal(["Validating.", "Applying configurations.", "Restarting.", "Finished."], messages);
        Assert.Equal(400, (await lab.GetAsync($"{path}?offset=3")).Status);
        Assert.Equal(404, (await lab.GetAsync($"{DeliveryLab.Publications}/{started["key"]}/messages")).Status);
    }
}
