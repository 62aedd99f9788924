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
        lab.Tenant.Answer("/api/deployments/v1/deployment-operations", new CannedAnswer(409, "application/json", "{}") { Times = 1, Method = "POST" });
        var result = lab.Run("Get-OdcDeployedAsset -Stage QA -Flat | Where-Object AssetName -in Warehouse, 'Order Desk' | Start-OdcDeployment -Stage Production -Wait -Confirm:$false");
        Assert.Empty(result.Output);
        Assert.Equal(["OdcConflict", "OdcOperationFailed"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("Warehouse, which it uses, was not", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_ends_while_nothing_else_runs_does_not_change_the_order()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.OperationDuration = TimeSpan.Zero;
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full."), lab.Delivery.Asset("Warehouse").Key);
        var result = lab.Run("Start-OdcDeployment -FromStage Development -Stage QA -Asset 'Order Desk', Warehouse -BuildIfMissing -Wait");
        Assert.Single(lab.Sent("POST /api/builds/v1/build-operations"));
        Assert.Single(lab.Sent(StageLab.Posts));
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
        Assert.Equal("Finished", lab.Run("[pscustomobject]@{ AssetKey = $key; Revision = $revision } | Start-OdcDeployment -Stage QA -Wait -Force").Single<OdcDeployment>().Status);
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
    public async Task When_nothing_can_be_read_for_a_while_the_wait_continues()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Run("$started = Get-OdcDeployedAsset -Stage QA -Flat -First 2 | Start-OdcDeployment -Stage QA -Force").ThrowOnError();
        var polls = 0;
        lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, Fault.Html503) { Only = (_, path) => path.StartsWith("/api/deployments/", StringComparison.Ordinal) && polls++ < 8 };
        var result = lab.Run("$started | Wait-OdcOperation");
        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.Contains("2 operations can't be read at the moment", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_that_lasts_beyond_the_time_out_leaves_them_running_with_the_command_that_resumes()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Endless with { Times = 2 });
        lab.Run("$started = Get-OdcDeployedAsset -Stage QA -Flat -First 2 | Start-OdcDeployment -Stage QA -Force").ThrowOnError();
        lab.Tenant.Faults = new FaultPlan(seed: 1, share: 1, Fault.Html503) { Only = (_, path) => path.StartsWith("/api/deployments/", StringComparison.Ordinal) };
        var errors = lab.Run("$started | Wait-OdcOperation -TimeoutSec 1").Errors;
        Assert.Equal(2, errors.Count);
        foreach (var (error, key) in errors.Zip(lab.Run("$started.OperationKey").All<string>()))
            Assert.Contains(key, error.MustBe("OdcTimeout").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_lost_names_what_still_runs()
    {
        await using var lab = await StageLab.StartAsync(parameters: "-MaximumRetryCount 0");
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Endless with { Times = 2 });
        lab.Run("$started = Get-OdcDeployedAsset -Stage QA -Flat -First 2 | Start-OdcDeployment -Stage QA -Force").ThrowOnError();
        foreach (var client in lab.Tenant.Clients.Values)
            client.Suspend();
        var error = lab.Shell.Catch("$started | Wait-OdcOperation");
        Assert.Contains("Still running: deployment of ", error.ToString(), StringComparison.Ordinal);
        foreach (var key in lab.Run("$started.OperationKey").All<string>())
            Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
    }
}
