using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Deployments;

/// <summary>What may be deployed where, and what is said when it may not.</summary>
public sealed class StartOdcDeploymentTests
{
    private const string FromQa = "Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat";

    [Fact]
    public async Task WhatIf_says_what_would_replace_what_and_sends_nothing()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"{FromQa} | Start-OdcDeployment -Stage Production -WhatIf").ThrowOnError();
        var revision = lab.Running("Order Desk", lab.Qa);
        Assert.Contains("What if: Deploy to Production:", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Matches($"1 +Order Desk +{revision} .* {lab.Running("Order Desk", lab.Production)} +Release", lab.Shell.Host.Text);
        Assert.Contains("(POST ", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.All(lab.Shell.Host.Text.Split('\n').Where(l => !l.StartsWith('(')), l => Assert.InRange(l.Length, 0, 80));
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method != "GET" && r.Path.StartsWith("/api/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_is_sent_is_valid_by_the_specifications()
    {
        var specification = Specification.Required();
        await using var lab = await StageLab.StartAsync();
        lab.Run($"{FromQa} | Test-OdcDeployment -Stage Production | Start-OdcDeployment -Wait -Confirm:$false; Start-OdcConfigurationApply 'Order Desk' -Stage QA -Wait").ThrowOnError();
        Assert.Equal(2, lab.Sent(StageLab.Posts).Count);
        foreach (var sent in lab.Tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            var request = sent.Body is { Length: > 0 } json ? WireRequest.WithJson(sent.Method, sent.PathAndQuery, json) : WireRequest.Parse(sent.Method, sent.PathAndQuery);
            Faults.None(RequestJudge.Faults(request, specification.Find(request)!));
        }
    }

    [Theory]
    [InlineData(FromQa + " | Start-OdcDeployment -Confirm:$false")]
    [InlineData("Get-OdcAsset 'Order Desk' | Start-OdcDeployment -Confirm:$false")]
    [InlineData("Get-OdcDeployment -Stage QA -Asset 'Order Desk' -First 1 | Start-OdcDeployment -Confirm:$false")]
    public async Task A_piped_source_stage_is_never_the_target(string line)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        Assert.Contains("-Stage", Assert.Single(result.Errors).MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task A_debug_build_is_refused_and_a_missing_one_is_built_when_asked()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("$debug = @(Get-OdcDeployedAsset -Stage Development -Flat | Where-Object { (Get-OdcBuild -Asset $_.AssetKey -Revision $_.Revision).BuildType -eq 'Debug' })[0]").ThrowOnError();
        Assert.Contains("no finished Release build", Assert.Single(lab.Run("$debug | Start-OdcDeployment -Stage QA -Wait").Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        var named = lab.Run("$debug | Start-OdcDeployment -Stage QA -Wait -BuildKey (Get-OdcBuild -Asset $debug.AssetKey -Revision $debug.Revision).BuildKey");
        Assert.Contains("it is a Debug build", Assert.Single(named.Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
        Assert.Equal("Finished", lab.Run("$debug | Start-OdcDeployment -Stage QA -Wait -BuildIfMissing").Single<OdcPowerShell.Deployments.OdcDeployment>().Status);
        Assert.Single(lab.Sent("POST /api/builds/v1/build-operations"));
    }

    [Fact]
    public async Task A_build_that_fails_is_told_with_its_messages()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.Build, OperationPlan.Failing("Line 7 does not compile."));
        var result = lab.Run("Get-OdcAsset 'Order Desk' | Start-OdcBuild -Wait");
        Assert.Empty(result.Output);
        Assert.Contains("Line 7 does not compile.", Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        Assert.Equal("FinishedWithErrors", Assert.IsType<OdcPowerShell.Builds.OdcBuild>(result.Errors[0].TargetObject).Status);
    }

    [Fact]
    public async Task A_conflict_blocks()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Finding(new AnalysisConflict("NameCollision", IsError: true) { Hint = "The name is taken." }) with { Times = 3 });
        var stopped = lab.Run($"{FromQa} | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -Wait -Confirm:$false");
        Assert.Contains("The name is taken.", Assert.Single(stopped.Errors).MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        var refused = lab.Run($"{FromQa} | Test-OdcDeployment -Stage Production | Start-OdcDeployment -Wait -Confirm:$false");
        Assert.Contains("found errors", Assert.Single(refused.Errors).MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
        Assert.Equal("Finished", lab.Run($"{FromQa} | Test-OdcDeployment -Stage Production | Start-OdcDeployment -Wait -Confirm:$false -Force").Output.Select(o => ((OdcPowerShell.Deployments.OdcDeployment)o.BaseObject).Status).Single());
    }

    [Theory]
    [InlineData("Production", 2, 0)]
    [InlineData("Production", 0, 1)]
    [InlineData("QA", 2, 1)]
    public async Task Production_asks_and_other_stages_do_not(string stage, int choice, int started)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Host.Choice = choice;
        lab.Run($"{FromQa} | Start-OdcDeployment -Stage {stage} -Force").ThrowOnError();
        Assert.Equal(started, lab.Sent(StageLab.Posts).Count);
        Assert.Equal(stage == "Production", lab.Shell.Host.Text.Contains("Production is a production stage. Continue?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-OdcDeployedAsset -Stage Production -Flat | Where-Object AssetName -eq Fleet | Start-OdcBuild -Wait | Start-OdcDeployment -Stage Production -Wait -Confirm:$false")]
    [InlineData("Get-OdcDeployedAsset -Stage QA -Flat | Where-Object AssetName -eq Fleet | Test-OdcDeployment -Stage Production -ErrorOnConflict | Start-OdcDeployment -Wait -Confirm:$false")]
    public async Task A_patch_and_a_promotion_are_one_line(string line)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run(line + " | ForEach-Object { $last = $_ }").ThrowOnError();
        var deployment = lab.Run("$last").Single<OdcPowerShell.Deployments.OdcDeployment>();
        Assert.Equal(("Fleet", "Finished", "Production"), (deployment.AssetName, deployment.Status, deployment.StageName));
        Assert.Equal(deployment.Revision, lab.Running("Fleet", lab.Production));
    }
}
