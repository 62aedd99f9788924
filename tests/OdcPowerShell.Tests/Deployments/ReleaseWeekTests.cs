using OdcPowerShell.Deployments;
using OdcPowerShell.Tests.Identity;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>The lines about releases in "The week of an administrator" of about_OdcAutomation do what they say.</summary>
public sealed class ReleaseWeekTests
{
    [Fact]
    public async Task Three_assets_go_to_production_it_shows_who_did_it_and_one_goes_back()
    {
        await using var lab = await StageLab.StartAsync();
        var development = lab.Tenant.Stages[0].Key;
        string[] assets = ["Order Desk", "Claims", "Fleet"];
        var wanted = assets.ToDictionary(a => a, a => lab.Running(a, development));
        var before = lab.Running("Order Desk", lab.Production);
        lab.Run(AdministratorWeek.Line("Start-OdcDeployment -FromStage Development") + " -Confirm:$false").ThrowOnError();
        Assert.All(assets, asset => Assert.Equal((wanted[asset], wanted[asset]), (lab.Running(asset, lab.Qa), lab.Running(asset, lab.Production))));

        var changes = lab.Run(AdministratorWeek.Line("Get-OdcChange (Get-Date).AddDays(-7) -Kind")).All<OdcChange>();
        Assert.Equal(assets.Order(StringComparer.Ordinal), changes.Select(c => c.AssetName).Distinct().Order(StringComparer.Ordinal));
        Assert.All(changes, c =>
        {
            Assert.Equal(("Deployment", "Production", wanted[c.AssetName!]), (c.Kind, c.StageName, c.Revision));
            Assert.Equal(lab.Tenant.Clients["admin"].ClientId, c.Who);
        });

        lab.Run(AdministratorWeek.Line("Undo-OdcDeployment") + " -Confirm:$false").ThrowOnError();
        Assert.Equal(before, lab.Running("Order Desk", lab.Production));
        Assert.Equal(wanted["Claims"], lab.Running("Claims", lab.Production));
    }

    [Fact]
    public async Task The_inventory_has_the_revision_of_each_asset_in_each_stage()
    {
        await using var lab = await StageLab.StartAsync();
        var folder = Directory.CreateTempSubdirectory("odc-week-").FullName;
        lab.Run($"Set-Location '{folder}'; {AdministratorWeek.Line("Get-OdcDeployedAsset -Matrix")}").ThrowOnError();
        var rows = lab.Run("Import-Csv inventory.csv").ThrowOnError().Output;
        var expected = lab.Delivery.Assets.Where(a => lab.Tenant.Stages.Any(s => lab.Delivery.DeployedRevision(a.Key, s.Key) is not null)).ToList();
        Assert.Equal(expected.Select(a => a.Name).Order(StringComparer.Ordinal), rows.Select(r => (string)r.Properties["AssetName"].Value).Order(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            var asset = expected.Single(a => a.Name == (string)row.Properties["AssetName"].Value);
            foreach (var stage in lab.Tenant.Stages)
                Assert.Equal(lab.Delivery.DeployedRevision(asset.Key, stage.Key)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", ((string)row.Properties[stage.Name].Value).Split(' ')[0]);
        }
    }

    [Fact]
    public async Task The_lists_of_changes_and_of_what_waits_are_complete()
    {
        await using var lab = await StageLab.StartAsync();
        var folder = Directory.CreateTempSubdirectory("odc-week-").FullName;
        var waiting = lab.Run(AdministratorWeek.Line("Compare-OdcStage")).ThrowOnError().Output.Select(r => (string)r.Properties["AssetName"].Value);
        Assert.Equal(lab.Delivery.Assets.Where(a => lab.Delivery.DeployedRevision(a.Key, lab.Qa) > (lab.Delivery.DeployedRevision(a.Key, lab.Production) ?? 0)).Select(a => a.Name).Order(StringComparer.Ordinal), waiting.Order(StringComparer.Ordinal));
        lab.Run("Start-OdcDeployment -FromStage QA -Stage Production -Asset Fleet -Wait -Confirm:$false").ThrowOnError();
        lab.Run($"Set-Location '{folder}'; {AdministratorWeek.Line("Get-OdcChange (Get-Date).AddDays(-7) | Export")}").ThrowOnError();
        var change = Assert.Single(lab.Run("Import-Csv changes.csv").ThrowOnError().Output);
        Assert.Equal(("Deployment", "Fleet", "Production"), ((string)change.Properties["Kind"].Value, (string)change.Properties["AssetName"].Value, (string)change.Properties["StageName"].Value));
    }
}
