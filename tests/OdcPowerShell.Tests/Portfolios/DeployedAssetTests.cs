using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>What runs where.</summary>
public sealed class DeployedAssetTests
{
    private const string List = "GET /api/portfolios/v2/deployed-assets";

    [Fact]
    public async Task A_row_for_each_asset_and_one_for_each_deployment()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var assets = shell.Run("Get-OdcDeployedAsset").All<OdcDeployedAsset>();
        var rows = shell.Run("Get-OdcDeployedAsset -Flat").All<OdcDeployedRevision>();
        Assert.Equal(assets.Sum(a => a.Deployments!.Count), rows.Count);
        Assert.Equal(3 * assets.Count, rows.Count);
        foreach (var row in rows)
        {
            var stage = lab["acme"].Stages.Single(s => s.Name == row.DeployedStageName);
            Assert.Equal((stage.Key.ToString(), row.Revision), (row.DeployedStageKey, lab["acme"].Delivery.DeployedRevision(Guid.Parse(row.AssetKey!), stage.Key)));
            Assert.Equal((row.AssetName, row.AssetType), (assets.Single(a => a.AssetKey == row.AssetKey).Name, assets.Single(a => a.AssetKey == row.AssetKey).AssetType));
            Assert.True(Guid.TryParse(row.BuildKey, out _));
        }
    }

    [Theory]
    [InlineData("Get-OdcDeployedAsset 'order desk' -Flat -Stage Production", "Order Desk 4")]
    [InlineData("Get-OdcDeployedAsset Claim* -Flat -Stage QA, Production -Type Workflow", "Claim Approval 4, Claim Approval 3")]
    [InlineData("Get-OdcDeployedAsset -Asset 'Order Desk', Fleet -Flat -Stage QA", "Fleet 5, Order Desk 5")]
    [InlineData("'Order Desk', 'Fleet' | Get-OdcAsset | Get-OdcDeployedAsset -Flat -Stage QA", "Fleet 5, Order Desk 5")]
    [InlineData("Get-OdcDeployedAsset -Name Order* -Flat -Skip 1 -First 1", "Order Desk 5")]
    [InlineData("Get-OdcDeployedAsset -Name Order? -Flat", "")]
    [InlineData("Get-OdcDeployedAsset -Portfolio Partners -Flat", "")]
    [InlineData("@() | Get-OdcDeployedAsset -Flat", "")]
    public async Task Rows_are_found(string script, string expected)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(expected, string.Join(", ", shell.Run(script).All<OdcDeployedRevision>().Select(r => $"{r.AssetName} {r.Revision}")));
    }

    [Fact]
    public async Task What_is_wanted_is_counted_in_rows()
    {
        await using var lab = await Lab.StartAsync(assets: 300);
        using var shell = Shell.Connected(lab["acme"]);
        var all = shell.Run("Get-OdcDeployedAsset -Flat").All<OdcDeployedRevision>().Select(r => (r.AssetKey, r.DeployedStageKey)).ToList();
        lab["acme"].Statistics.Clear();
        Assert.Equal(all.Skip(4).Take(7), shell.Run("Get-OdcDeployedAsset -Flat -Skip 4 -First 7").All<OdcDeployedRevision>().Select(r => (r.AssetKey, r.DeployedStageKey)));
        Assert.Single(lab["acme"].Statistics.Requests[List]);
        shell.Set("keys", all.Select(r => r.AssetKey).Distinct().Take(130).ToArray());
        Assert.Equal(130 * 3, shell.Run("$keys | Get-OdcDeployedAsset -Flat").Output.Count);
        Assert.Equal(105, shell.Run("$keys | Get-OdcDeployedAsset -First 105").Output.Count);
    }

    [Fact]
    public async Task A_source_stage_never_becomes_a_target_stage()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var row = Assert.Single(shell.Run("Get-OdcDeployedAsset 'Order Desk' -Flat -Stage QA").ThrowOnError().Output);
        Assert.DoesNotContain(row.Properties, p => p.Name is "StageKey" or "StageName" or "Stage" or "EnvironmentKey");
        var result = shell.Run("Get-OdcDeployedAsset 'Order Desk' -Flat -Stage QA | Set-OdcStage -Name Wrong");
        Assert.Contains("A stage is expected here", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task Assets_are_sorted_by_their_deployment_to_a_stage()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var newest = shell.Run("Get-OdcDeployedAsset -Sort Production -Descending -Flat -Stage Production").All<OdcDeployedRevision>().Select(r => r.DeployedAt).ToList();
        Assert.Equal(newest.OrderDescending(), newest);
        Assert.NotEqual(newest, shell.Run("Get-OdcDeployedAsset -Sort Production -Flat -Stage Production").All<OdcDeployedRevision>().Select(r => r.DeployedAt));
    }

    [Fact]
    public async Task Stages_that_the_client_does_not_see_are_left_out_and_names_are_optional()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"], "endusers");
        Assert.Empty(shell.Run("Get-OdcDeployedAsset -Flat").ThrowOnError().Output);
    }

    [Fact]
    public async Task Version_1_warns_once_and_has_no_portfolios()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var old = shell.Run("'Order Desk', 'Fleet' | Get-OdcAsset | Get-OdcDeployedAsset -ApiVersion V1 -Flat -Stage QA");
        Assert.Equal(["Fleet", "Order Desk"], old.All<OdcDeployedRevision>().Select(r => r.AssetName));
        Assert.Contains("2027-01-08", Assert.Single(old.Warnings), StringComparison.Ordinal);
        Assert.All(lab["acme"].Statistics.Requests.Where(r => r.Path.EndsWith("/deployed-assets", StringComparison.Ordinal)), r => Assert.StartsWith("/api/portfolios/v1/", r.Path, StringComparison.Ordinal));
        shell.Catch("Get-OdcDeployedAsset -ApiVersion V1 -Portfolio Partners").MustBe("OdcInvalidRequest");
    }
}
