using OdcPowerShell.AssetRepository;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;

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
