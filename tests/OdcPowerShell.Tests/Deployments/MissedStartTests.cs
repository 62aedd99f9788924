using OdcPowerShell.Deployments;
using OdcPowerShell.Emulator;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>Deployments that were not started, and operations that can't be looked at.</summary>
public sealed class MissedStartTests
{
    [Fact]
    public async Task What_uses_one_whose_start_was_refused_is_not_deployed()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Answer("/api/deployments/v1/deployment-operations", new CannedAnswer(409, "application/json", "{}") { Times = 1 });
        var result = lab.Run("Get-OdcDeployedAsset -Stage QA -Flat | Where-Object AssetName -in Warehouse, 'Order Desk' | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Empty(result.Output);
        Assert.Equal(["OdcConflict", "OdcOperationFailed"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("Warehouse, which it uses, was not", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_with_missing_builds_shows_every_deployment_and_no_error()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcAsset -Asset 'Order Desk', Claims | Start-OdcDeployment -Stage QA -BuildIfMissing -Wait -WhatIf").ThrowOnError();
        Assert.Contains("Order Desk", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Equal(2, lab.Shell.Host.Text.Split("\"operation\":\"Deploy\"").Length - 1);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task A_row_with_a_builds_columns_is_no_build()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Set("key", lab.Delivery.Asset("Order Desk").Key.ToString());
        lab.Shell.Set("revision", lab.Running("Order Desk", lab.Qa)!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Finished", lab.Run("[pscustomobject]@{ AssetKey = $key; Revision = $revision } | Start-OdcDeployment -Stage QA -Wait").Single<OdcDeployment>().Status);
        var error = Assert.Single(lab.Run("[pscustomobject]@{ AssetKey = $key; StageKey = (Get-OdcStage Production).StageKey } | Start-OdcDeployment -Revision $revision -Confirm:$false").Errors);
        Assert.Contains("-Stage", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task An_analysis_without_a_report_is_no_permission()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Endless);
        var error = Assert.Single(lab.Run("Get-OdcAsset 'Order Desk' | Start-OdcDeploymentAnalysis -Stage QA | Start-OdcDeployment").Errors);
        Assert.Contains("has no report", error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task One_that_can_not_be_read_is_an_error_of_its_own_and_the_others_are_waited_for()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("""
            $gone = [OdcPowerShell.Builds.OdcBuild]::new(); $gone.BuildKey = [guid]::NewGuid(); $gone.Status = 'Running'
            $gone, (Get-OdcAsset 'Order Desk' | Start-OdcBuild) | Wait-OdcOperation
            """);
        Assert.Equal("Finished", result.Output.Select(o => o.BaseObject).OfType<OdcPowerShell.Builds.OdcBuild>().Single().Status);
        Assert.IsType<OdcPowerShell.Builds.OdcBuild>(Assert.Single(result.Errors).MustBe("OdcNotFound").TargetObject);
    }

    [Fact]
    public async Task When_nothing_can_be_looked_at_the_error_names_what_goes_on()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Endless);
        lab.Run("$started = Get-OdcDeployedAsset -Stage QA -Flat -First 2 | Start-OdcDeployment -Stage QA").ThrowOnError();
        lab.Tenant.Answer("/api/deployments/v1/deployment-operations", new CannedAnswer(503, "application/json", "{}"));
        var error = lab.Shell.Catch("$started | Wait-OdcOperation").MustBe("OdcUnavailable");
        foreach (var key in lab.Run("$started.OperationKey").All<string>())
            Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
    }
}
