using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>The tasks that the service's guides describe, as lines that a user would write.</summary>
public sealed class WorkflowTests
{
    [Fact]
    public async Task Assets_that_nobody_needs_are_found_by_their_analysis_and_deleted()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("New-OdcAsset Leftover WebApplication | Out-Null; New-OdcAsset 'Another one' WebApplication | Out-Null").ThrowOnError();
        var before = lab.Run("Get-OdcAsset -BuiltIn:$false").All<OdcAsset>();
        var analysed = lab.Run("Get-OdcAsset -BuiltIn:$false | Start-OdcDeletionAnalysis -Wait").All<OdcDeletionAnalysis>();
        var unused = analysed.Where(a => a.ReportStatus == "NoIssuesFound").Select(a => a.AssetKey).ToList();
        Assert.InRange(unused.Count, 2, before.Count - 2);

        lab.Run("""
            Get-OdcAsset -BuiltIn:$false | Where-Object CreatedAt -lt (Get-Date).AddDays(1) |
              Start-OdcDeletionAnalysis -Wait | Where-Object ReportStatus -eq NoIssuesFound | Get-OdcAsset | Remove-OdcAsset -Confirm:$false
            """).ThrowOnError();
        var left = lab.Run("Get-OdcAsset -BuiltIn:$false").All<OdcAsset>().Select(a => a.AssetKey).ToHashSet();
        Assert.Equal(before.Count - unused.Count, left.Count);
        Assert.DoesNotContain(unused, left.Contains);
        Assert.Equal(unused.Count, lab.Tenant.Statistics.Requests.Count(r => r.Method == "DELETE"));
    }

    [Fact]
    public async Task What_every_asset_is_made_of_is_one_line()
    {
        await using var lab = await StageLab.StartAsync();
        var nodes = lab.Run("Get-OdcAsset -BuiltIn:$false | Get-OdcAssetProducerGraph").All<OdcAssetProducerNode>();
        Assert.Contains(nodes, n => n.Name == "Order Desk");
        Assert.Contains(nodes, n => n.Name == "Common UI");
    }

    [Fact]
    public async Task A_security_patch_builds_what_runs_again_and_deploys_it_where_it_runs()
    {
        await using var lab = await StageLab.StartAsync();
        var running = lab.Run("Get-OdcDeployedAsset -Stage Production -Flat").Output.Count;
        var ended = lab.Run("Get-OdcDeployedAsset -Stage Production -Flat | Start-OdcBuild -Wait | Start-OdcDeployment -Stage Production -Wait -Confirm:$false").All<OdcDeployment>();
        Assert.True(running > 1);
        Assert.Equal(running, ended.Count);
        Assert.All(ended, d => Assert.Equal("Finished", d.Status));
    }

    [Fact]
    public async Task Settings_of_a_file_are_set_and_applied_and_forgotten_applies_are_found()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("'Stage,Asset,Name,Value', 'QA,Order Desk,MaxOrderLines,7', 'QA,Order Desk,ShowPrices,False', 'Production,Fleet,MaxOrderLines,8' | Set-Content settings.csv; $app = Get-OdcAsset 'Order Desk'").ThrowOnError();
        var applied = lab.Run("""
            Import-Csv settings.csv |
              Set-OdcAssetSetting -PassThru | Start-OdcConfigurationApply -Wait -Confirm:$false
            """).All<OdcDeployment>();
        Assert.Equal(["Fleet Production", "Order Desk QA"], applied.Select(d => $"{d.AssetName} {d.StageName}").Order(StringComparer.Ordinal));
        lab.Run("Set-OdcAssetSetting $app QA Welcome Hello").ThrowOnError();
        Assert.Equal("Welcome", lab.Run("Get-OdcStage | Get-OdcAssetSetting -AssetKey $app.AssetKey | Where-Object IsPending").Single<OdcAssetSetting>().Name);
        var differences = lab.Run("Compare-Object (Get-OdcAssetSetting $app -Stage QA) (Get-OdcAssetSetting $app -Stage Production) -Property Name, Value").ThrowOnError().Output;
        Assert.Contains(differences, d => d.Properties["Name"].Value is "MaxOrderLines" && d.Properties["Value"].Value is "7");
    }

    [Fact]
    public async Task Usage_of_the_subscription_is_a_file_and_a_list_by_app()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcEntitlementUsage -Since 2026-01-01 -Granularity Month | Select-Object -ExpandProperty Points | Export-Csv usage.csv").ThrowOnError();
        Assert.True((int)lab.Run("@(Import-Csv usage.csv | Where-Object EntitlementId -eq applicationObjects).Count").Output[0].BaseObject > 5);
        var apps = lab.Run("Get-OdcStage | Where-Object Purpose -eq Production | Get-OdcAssetUsage -Entitlement applicationObjects -Sort applicationObjects -Descending").All<OdcAssetUsage>();
        Assert.True(apps.Count > 3);
        Assert.Equal(apps.Select(a => a.Value).OrderDescending(), apps.Select(a => a.Value));
    }

    [Fact]
    public async Task A_new_asset_gets_its_developer()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Set("user", lab.Run("Get-OdcUser -First 1").Single<OdcUser>());
        lab.Run("New-OdcAsset Orders WebApplication | Grant-OdcOrganizationRole -User $user -OrganizationRole Developer").ThrowOnError();
        lab.Run("Get-OdcAsset Orders").Single<OdcAsset>();
        var granted = Assert.Single(lab.Tenant.Statistics.Requests, r => r.Method == "POST" && r.Path.Contains("/organization-roles/", StringComparison.Ordinal));
        Assert.Contains(lab.Delivery.Asset("Orders").Key.ToString(), granted.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_in_QA_goes_to_Production_when_its_analysis_has_no_errors()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("""
            Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -Wait -Confirm:$false
            """);
        Assert.Equal("Finished", result.Single<OdcDeployment>().Status);
        Assert.Equal(lab.Running("Order Desk", lab.Qa), lab.Running("Order Desk", lab.Production));
    }
}
