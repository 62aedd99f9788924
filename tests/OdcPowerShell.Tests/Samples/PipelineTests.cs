using OdcPowerShell.Tests.Deployments;
using OdcPowerShell.Tests.Session;

namespace OdcPowerShell.Tests.Samples;

/// <summary>The PowerShell of the pipelines, in the samples and in the README, run as it is written there.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class PipelineTests
{
    private static readonly string[] Promoted = ["Order Desk", "Claims"];

    public static TheoryData<string, bool> Files => new() { { "github-actions.yml", false }, { "azure-pipelines.yml", true } };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_pipeline_brings_assets_to_QA_and_to_Production(string file, bool isAzure)
    {
        await using var lab = await StageLab.StartAsync();
        using var runner = new Runner(lab, isAzure);
        var wanted = Promoted.ToDictionary(a => a, a => lab.Running(a, lab.Tenant.Stages[0].Key));
        Assert.All(wanted, w => Assert.NotEqual(w.Value, lab.Running(w.Key, lab.Production)));

        var (code, log) = runner.Run(SampleFile.Steps(file));
        Assert.Equal((0, log), (code, log));
        Assert.All(wanted, w => Assert.Equal((w.Value, w.Value), (lab.Running(w.Key, lab.Qa), lab.Running(w.Key, lab.Production))));
        Assert.All(wanted, w => Assert.Contains($"Deployed {w.Key}, revision {w.Value}, to Production.", log, StringComparison.Ordinal));
        Assert.DoesNotContain(runner.Secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github-actions.yml", false, "::error::")]
    [InlineData("azure-pipelines.yml", true, "##vso[task.logissue type=error]")]
    public async Task A_deployment_that_fails_ends_the_pipeline_and_tells_the_way_back(string file, bool isAzure, string mark)
    {
        await using var lab = await StageLab.StartAsync();
        using var runner = new Runner(lab, isAzure);
        lab.Delivery.Plan(EmulatedOperation.Deploy, OperationPlan.Failing("The disk is full."), lab.Delivery.Asset("Claims").Key);

        var (code, log) = runner.Run(SampleFile.Steps(file));
        Assert.Equal(1, code);
        Assert.Contains($"{mark}The deployment of Claims revision ", log, StringComparison.Ordinal);
        Assert.Contains("The disk is full.", log, StringComparison.Ordinal);
        Assert.Contains("Undo-OdcDeployment 'Order Desk' -Stage 'QA' -Wait", log, StringComparison.Ordinal);
        Assert.DoesNotContain("to Production", log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_conflict_ends_the_pipeline_before_anything_is_deployed(string file, bool isAzure)
    {
        await using var lab = await StageLab.StartAsync();
        using var runner = new Runner(lab, isAzure);
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, new OperationPlan { Conflicts = [new AnalysisConflict("NameCollision", IsError: true)] }, lab.Delivery.Asset("Claims").Key);

        var (code, log) = runner.Run(SampleFile.Steps(file));
        Assert.Equal(1, code);
        Assert.Contains("NameCollision", log, StringComparison.Ordinal);
        Assert.Contains("Nothing was deployed to QA.", log, StringComparison.Ordinal);
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_client_that_is_suspended_ends_the_pipeline_and_no_secret_is_in_the_log(string file, bool isAzure)
    {
        await using var lab = await StageLab.StartAsync();
        using var runner = new Runner(lab, isAzure);
        lab.Tenant.Clients["admin"].Suspend();
        var (code, log) = runner.Run(SampleFile.Steps(file));
        Assert.Equal(1, code);
        Assert.Contains("suspended", log, StringComparison.Ordinal);
        Assert.DoesNotContain(runner.Secret, log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GitHub Actions", false)]
    [InlineData("Azure DevOps", true)]
    public async Task The_pipeline_of_the_README_brings_an_asset_to_Production(string section, bool isAzure)
    {
        await using var lab = await StageLab.StartAsync();
        using var runner = new Runner(lab, isAzure);
        var wanted = lab.Running("Order Desk", lab.Qa);

        var (code, log) = runner.Run(PipelineStep.Read(SampleFile.Readme(section, "yaml")));
        Assert.Equal((0, log), (code, log));
        Assert.Equal(wanted, lab.Running("Order Desk", lab.Production));
        Assert.NotEmpty(lab.Sent(StageLab.Posts));
        Assert.DoesNotContain(runner.Secret, log, StringComparison.Ordinal);
    }
}
