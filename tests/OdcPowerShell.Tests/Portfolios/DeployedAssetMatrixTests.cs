using System.Management.Automation;
using OdcPowerShell.Emulator;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.Portfolios;

/// <summary>Get-OdcDeployedAsset -Matrix: a row an asset, a column a stage.</summary>
public sealed class DeployedAssetMatrixTests
{
    [Fact]
    public async Task Stages_are_columns_in_their_order_whatever_the_gaps()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.AddStage(new EmulatedStage(Guid.NewGuid(), "Staging", "NonProduction", 1000, "staging.example", "staging.example") { Hosting = "selfhosted", Status = "Hibernated" });
        lab.Delivery.ChangeStage(lab.Production, stage => stage with { Order = 5000 });
        var rows = lab.Run("Get-OdcDeployedAsset -Matrix").ThrowOnError().Output;
        Assert.Equal(lab.Run("Get-OdcDeployedAsset").Output.Count, rows.Count);
        Assert.All(rows, r => Assert.Equal(["AssetName", "AssetType", "Development", "QA", "Staging", "Production", "AssetKey"], r.Properties.Select(p => p.Name)));
        var row = rows.Single(r => "Order Desk".Equals(r.Properties["AssetName"].Value));
        Assert.Equal(["6", "5", null, "4 (1.10.0)"], new[] { "Development", "QA", "Staging", "Production" }.Select(s => row.Properties[s].Value));
        Assert.Equal(lab.Delivery.Asset("Order Desk").Key.ToString(), row.Properties["AssetKey"].Value);
    }

    [Theory]
    [InlineData("-Name Order*", "Order Desk", "Development, QA, Production")]
    [InlineData("-Stage Production, QA -Name Fleet", "Fleet", "QA, Production")]
    [InlineData("-Asset Fleet, Claims", "Claims, Fleet", "Development, QA, Production")]
    [InlineData("-First 1 -Skip 1", "Claim Approval", "Development, QA, Production")]
    [InlineData("-Portfolio 'Main Portfolio' -Name Fleet", "Fleet", "Development, QA, Production")]
    [InlineData("-Portfolio Partners", "", "")]
    public async Task Rows_and_stages_are_chosen(string filter, string names, string stages)
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run($"Get-OdcDeployedAsset -Matrix {filter}").ThrowOnError().Output;
        Assert.Equal(names, string.Join(", ", rows.Select(r => r.Properties["AssetName"].Value)));
        Assert.All(rows, r => Assert.Equal(stages, string.Join(", ", r.Properties.Select(p => p.Name).Except(["AssetName", "AssetType", "AssetKey"]))));
    }

    [Fact]
    public async Task It_needs_two_requests()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcDeployedAsset -Matrix").ThrowOnError();
        Assert.Equal(2, lab.Tenant.Statistics.Requests.Count(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_has_every_stage_also_those_that_the_first_asset_does_not_run_in()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Start-OdcUndeployment 'Board Reports' -Stage QA -Wait -Confirm:$false").ThrowOnError();
        var lines = lab.Run("Get-OdcDeployedAsset -Matrix | ConvertTo-Csv -NoTypeInformation").All<string>();
        Assert.Equal("\"AssetName\",\"AssetType\",\"Development\",\"QA\",\"Production\",\"AssetKey\"", lines[0]);
        Assert.StartsWith("\"Board Reports\",\"WebApplication\",\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\",,\"", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.StartsWith("\"Order Desk\",\"WebApplication\",\"6\",\"5\",\"4 (1.10.0)\",", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_stages_of_one_name_are_two_columns()
    {
        await using var lab = await StageLab.StartAsync();
        var key = Guid.NewGuid();
        lab.Delivery.AddStage(new EmulatedStage(key, "qa", "NonProduction", 7, "other.example", "other.example"));
        lab.Delivery.AddStage(new EmulatedStage(Guid.Parse("11111111-1111-1111-1111-111111111111"), "AssetKey", "NonProduction", 8, "odd.example", "odd.example"));
        var row = lab.Run("Get-OdcDeployedAsset -Matrix -First 1").ThrowOnError().Output[0];
        Assert.Equal(["AssetName", "AssetType", "Development", "QA", "Production", $"qa {key}", "AssetKey 11111111-1111-1111-1111-111111111111", "AssetKey"], row.Properties.Select(p => p.Name));
    }

    [Theory]
    [InlineData(3, 80)]
    [InlineData(3, 120)]
    [InlineData(6, 80)]
    [InlineData(6, 200)]
    [InlineData(12, 100)]
    public async Task The_table_shows_all_stages(int stages, int width)
    {
        await using var lab = await StageLab.StartAsync();
        for (var i = 4; i <= stages; i++)
            lab.Delivery.AddStage(new EmulatedStage(Guid.NewGuid(), $"S{i}", "NonProduction", i, "x.example", "x.example"));
        lab.Shell.Host.Width = width;
        lab.Run("Get-OdcDeployedAsset -Matrix | Out-Default").ThrowOnError();
        var lines = lab.Shell.Host.Text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).ToList();
        Assert.Equal(lab.Run("Get-OdcDeployedAsset").Output.Count + 2, lines.Count);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, width - 1));
        var headings = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(stages + 1, headings.Length);
        Assert.Matches("^[- ]+$", lines[1]);
        var desk = lines.Single(l => l.StartsWith("Order Desk ", StringComparison.Ordinal));
        Assert.Equal('6', desk[lines[0].IndexOf(headings[1], StringComparison.Ordinal)]);
        Assert.Equal('4', desk[lines[0].IndexOf(headings[3], StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task The_table_of_what_comes_from_a_file_is_the_same()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcDeployedAsset -Matrix | Out-Default").ThrowOnError();
        using var other = Shell.Connected(lab.Tenant);
        other.Set("rows", PSSerializer.Deserialize(PSSerializer.Serialize(lab.Run("Get-OdcDeployedAsset -Matrix").Output.ToArray())));
        other.Run("$rows | Out-Default").ThrowOnError();
        Assert.Equal(lab.Shell.Host.Text, other.Host.Text);
    }

    [Fact]
    public async Task It_is_one_shape_or_the_other()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Contains("Parameter set", lab.Run("Get-OdcDeployedAsset -Matrix -Flat").Error.ToString(), StringComparison.Ordinal);
        Assert.Equal("OdcNotFound", lab.Run("Get-OdcDeployedAsset -Matrix Nowhere").ErrorId);
    }

    [Fact]
    public async Task Rows_find_their_assets()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal(["Order Desk"], lab.Run("Get-OdcDeployedAsset -Matrix | Where-Object { $_.QA -eq '5' -and $_.AssetName -like 'Order*' } | Get-OdcAsset | ForEach-Object Name").All<string>());
    }
}
