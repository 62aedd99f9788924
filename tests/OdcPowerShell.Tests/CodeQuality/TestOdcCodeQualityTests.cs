using OdcPowerShell.CodeQuality;
using OdcPowerShell.Deployments;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.CodeQuality;

/// <summary>The gate before a deployment, as the service's guide describes it.</summary>
public sealed class TestOdcCodeQualityTests
{
    private const string Starts = "POST /api/code-quality/v1/code-analyses";

    [Fact]
    public async Task The_line_of_the_guide_passes_what_is_good_and_stops_what_is_not()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        lab.Run("$app = Get-OdcAsset Fleet; $bad = Get-OdcAsset 'Order Desk'").ThrowOnError();
        var passed = lab.Run("$app | Get-OdcAssetRevision -Latest | Test-OdcCodeQuality -MaximumCritical 0 -MinimumScore 80 -ErrorOnFailure").Single<OdcCodeQualityResult>();
        Assert.True(passed is { Passed: true, QualityScore: 100, CriticalCount: 0, AssetName: "Fleet" });
        Assert.Empty(lab.Sent(Starts));
        var closed = lab.Run("$bad | Get-OdcAssetRevision -Latest | Test-OdcCodeQuality -MaximumCritical 0 -MinimumScore 10 -ErrorOnFailure");
        Assert.Empty(closed.Output);
        Assert.Contains("Order Desk revision 6 did not pass: 1 critical finding; at most 0 allowed.", Assert.Single(closed.Errors).MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        Assert.Contains("Security", lab.Run("Get-OdcCodeFinding -AssetKey $bad.AssetKey -Severity Critical,High -Status Open -Since 2026-01-01 | Group-Object Category").ThrowOnError().Output.Select(g => (string)g.Properties["Name"].Value));
    }

    [Fact]
    public async Task Without_ErrorOnFailure_the_row_and_a_warning_say_which_limit_and_value()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("Test-OdcCodeQuality 'Order Desk' -MaximumHigh 0 -MinimumScore 100");
        var row = result.Single<OdcCodeQualityResult>();
        Assert.False(row.Passed);
        Assert.Contains("1 critical finding; at most 0 allowed.", row.Reasons!);
        Assert.Contains(FormattableString.Invariant($"The score is {row.QualityScore}; at least 100 is needed."), row.Reasons!);
        Assert.Equal($"Order Desk revision 6 did not pass: {string.Join(" ", row.Reasons!)}", Assert.Single(result.Warnings));
        Assert.True(lab.Run("Test-OdcCodeQuality 'Order Desk' -MaximumCritical 1 -MinimumScore 0").Single<OdcCodeQualityResult>().Passed);
        Assert.True(lab.Run("Test-OdcCodeQuality 'Order Desk' -Category performance, MAINTAINABILITY -MinimumScore 0").Single<OdcCodeQualityResult>() is { Passed: true, CriticalCount: 0 });
        Assert.False(lab.Run("Test-OdcCodeQuality 'Order Desk' -Category security -MinimumScore 0").Single<OdcCodeQualityResult>().Passed);
    }

    [Fact]
    public async Task What_was_not_analysed_is_analysed_and_many_are_waited_for_together()
    {
        await using var lab = await StageLab.StartAsync();
        var results = lab.Run("Test-OdcCodeQuality Warehouse, Fleet, 'Customer Portal', Warehouse -MinimumScore 0 -MaximumCritical 9 -Verbose");
        Assert.Equal(["Customer Portal", "Fleet", "Warehouse"], results.All<OdcCodeQualityResult>().Select(r => r.AssetName).Order());
        Assert.Equal(2, lab.Sent(Starts).Count);
        Assert.Contains(results.Verbose, v => v.StartsWith("Warehouse revision", StringComparison.Ordinal) && v.Contains("has not been analysed yet", StringComparison.Ordinal));
        lab.Run("Test-OdcCodeQuality Warehouse, 'Customer Portal' -MinimumScore 0 -MaximumCritical 9").ThrowOnError();
        Assert.Equal(2, lab.Sent(Starts).Count);
    }

    [Fact]
    public async Task It_stands_before_a_deployment_and_a_closed_gate_deploys_nothing()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, new OperationPlan(), lab.Delivery.Asset("Fleet").Key);
        var result = lab.Run("""
            Get-OdcDeployedAsset -Stage QA -Flat | Where-Object AssetName -in 'Order Desk', 'Fleet' | Test-OdcDeployment -Stage Production -ErrorOnConflict |
              Test-OdcCodeQuality -WarningAction Ignore | Start-OdcDeployment -Wait -Confirm:$false
            """);
        Assert.Equal("Fleet", ((OdcDeployment)Assert.Single(result.Output).BaseObject).AssetName);
        Assert.Matches("^The code quality of asset Order Desk revision 5 did not pass its test: .*1 critical finding; at most 0 allowed", Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString());
        Assert.Equal(lab.Running("Fleet", lab.Qa), lab.Running("Fleet", lab.Production));
        Assert.NotEqual(lab.Running("Order Desk", lab.Qa), lab.Running("Order Desk", lab.Production));
        Assert.Single(lab.Sent(StageLab.Posts));
    }

    [Theory]
    [InlineData("Test-OdcCodeQuality 'Order Desk' -MinimumScore 99 -ErrorOnFailure -ErrorAction SilentlyContinue")]
    [InlineData("Get-OdcAsset Nothing*")]
    public async Task A_run_from_a_stage_takes_no_input_and_so_deploys_nothing_after_a_closed_gate(string gate)
    {
        await using var lab = await StageLab.StartAsync();
        var error = lab.Run($"{gate} | Start-OdcDeployment -FromStage Development -Stage QA -Confirm:$false").Error.MustBe("OdcInvalidRequest");
        Assert.Contains("-Asset", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Sent("POST /api/deployments/v1/deployment-operations"));
    }

    [Theory]
    [InlineData("Test-OdcCodeQuality 'Order Desk' -MinimumScore 99 -ErrorOnFailure", "Order Desk revision 6 did not pass")]
    [InlineData("'Order Desk', 'Fleet' | Test-OdcCodeQuality -MinimumScore 99 -ErrorOnFailure", "Order Desk revision 6 did not pass")]
    public async Task The_file_is_there_when_the_error_ends_the_script(string line, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".xml");
        lab.Shell.Set("file", file);
        Assert.Contains(message, lab.Run("$ErrorActionPreference = 'Stop'; " + line + " -OutFile $file").Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Order Desk", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task An_impact_analysis_with_errors_stays_one_behind_the_gate()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        lab.Delivery.Plan(EmulatedOperation.DeploymentAnalysis, OperationPlan.Finding(new AnalysisConflict("NameCollision", IsError: true)));
        lab.Run("$tested = Get-OdcDeployedAsset -Name Fleet -Stage QA -Flat | Test-OdcDeployment -Stage Production -WarningAction Ignore | Test-OdcCodeQuality").ThrowOnError();
        lab.Run("$tested | Start-OdcDeployment -Confirm:$false").Error.MustBe("OdcConflict");
        // From a file, too.
        lab.Run("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($tested, 3)) | Start-OdcDeployment -Confirm:$false").Error.MustBe("OdcConflict");
        Assert.Empty(lab.Sent(StageLab.Posts));
    }

    [Fact]
    public async Task A_build_stays_the_build_that_is_deployed_and_another_revision_is_not_taken_for_it()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        var deployment = lab.Run("$build = Get-OdcAsset Fleet | Start-OdcBuild -Wait; $build | Test-OdcCodeQuality | Start-OdcDeployment -Stage QA -Wait").Single<OdcDeployment>();
        Assert.Equal(lab.Run("$build.BuildKey").Output[0].BaseObject, deployment.BuildKey);
        Assert.NotNull(lab.Run("$build | Test-OdcCodeQuality").Single<OdcCodeQualityResult>().Input);
        Assert.Null(lab.Run("$build | Test-OdcCodeQuality -Revision 2").Single<OdcCodeQualityResult>().Input);
        Assert.Null(lab.Run("Test-OdcCodeQuality Fleet").Single<OdcCodeQualityResult>().Input);
    }

    [Fact]
    public async Task What_passed_is_built_and_tagged_and_what_did_not_is_not()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        lab.Run("Test-OdcCodeQuality Fleet | Set-OdcAssetRevision -Tag 9.0.0; Test-OdcCodeQuality Fleet | Start-OdcBuild").ThrowOnError();
        Assert.Equal("9.0.0", lab.Delivery.Asset("Fleet").HighestTag);
        var result = lab.Run("Test-OdcCodeQuality 'Order Desk' -WarningAction Ignore | Set-OdcAssetRevision -Tag 9.0.0");
        result.Error.MustBe("OdcOperationFailed");
        Assert.NotEqual("9.0.0", lab.Delivery.Asset("Order Desk").HighestTag);
    }

    [Theory]
    [InlineData(true, null, "Failed")]
    [InlineData(false, "Timeout", "Timeout")]
    public async Task An_analysis_that_fails_opens_no_gate(bool fails, string? status, string word)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, new OperationPlan { Fails = fails, FinalStatus = status });
        var result = lab.Run("Test-OdcCodeQuality Warehouse -MinimumScore 0");
        Assert.Contains($"ended as {word}", Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Endless);
        Assert.Contains("Wait-OdcOperation", lab.Run("Test-OdcCodeQuality Warehouse -TimeoutSec 1").Error.MustBe("OdcTimeout").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_opens_no_gate_and_is_named()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Clients["admin"].Permissions = ["Asset management > Open", "Analyze > View Code Quality findings"];
        var result = lab.Run("Test-OdcCodeQuality Warehouse -MinimumScore 0");
        Assert.Contains("Analyze > Manage code quality findings", Assert.Single(result.Errors).MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        lab.Tenant.Clients["admin"].Permissions = ["Asset management > Open", "Analyze > Manage code quality findings"];
        Assert.Contains("Analyze > View Code Quality findings", lab.Run("Test-OdcCodeQuality Fleet").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Sent(Starts), r => r.Status == 200);
    }

    [Theory]
    [InlineData("""{"assetRevision":3,"qualityScore":null,"summary":null}""", "The service reports no score; at least 80 is needed.")]
    [InlineData("""{"assetRevision":3,"qualityScore":95,"summary":{"categories":null}}""", "The service reports no number of critical findings; at most 0 are allowed.")]
    [InlineData("""{"assetRevision":3,"qualityScore":95,"summary":{"categories":{"security":null}}}""", "The service reports no number of critical findings; at most 0 are allowed.")]
    public async Task A_number_that_is_missing_opens_no_gate(string answer, string reason)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Answer($"/api/code-quality/v1/assets/{lab.Delivery.Asset("Fleet").Key}/revisions/3/analysis-summary", new CannedAnswer(200, "application/json", answer));
        Assert.Contains(reason, lab.Run("Test-OdcCodeQuality Fleet 3").Single<OdcCodeQualityResult>().Reasons!);
    }

    [Theory]
    [InlineData("Test-OdcCodeQuality Fleet -Category securty", "There is no category 'securty'.")]
    [InlineData("Test-OdcCodeQuality Fleet -OutFile result.txt", "-OutFile result.txt is neither .xml nor .sarif.")]
    [InlineData("Test-OdcCodeQuality Fleet -OutFile /nowhere/at/all/result.sarif", "The result file can't be written, so nothing was started")]
    public async Task What_can_not_be_meant_ends_the_command_before_anything_is_sent(string line, string message)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.StartsWith(message, lab.Shell.Catch(line).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Path.StartsWith("/api/code-quality/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-OdcUser -First 1 | Test-OdcCodeQuality", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Test-OdcCodeQuality", "OdcInvalidRequest")]
    [InlineData("Test-OdcCodeQuality Fleet 99", "OdcNotFound")]
    [InlineData("Test-OdcCodeQuality Nothing", "OdcNotFound")]
    [InlineData("Test-OdcCodeQuality 'Claims Assistant'", "OdcInvalidRequest")]
    public async Task What_can_not_be_tested_is_an_error_of_its_input(string line, string id)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        result.Error.MustBe(id);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task An_empty_pipeline_is_warned_of()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal("Nothing was tested: the pipeline was empty.", Assert.Single(lab.Run("@() | Test-OdcCodeQuality -ErrorOnFailure").ThrowOnError().Warnings));
    }
}
