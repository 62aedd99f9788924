using OdcPowerShell.CodeQuality;

namespace OdcPowerShell.Tests.CodeQuality;

/// <summary>Code analyses as long-running operations, and the summaries of revisions.</summary>
public sealed class CodeAnalysisTests
{
    private const string Starts = "POST /api/code-quality/v1/code-analyses";

    [Fact]
    public async Task An_analysis_is_started_waited_for_and_has_its_findings()
    {
        await using var lab = await TenantLab.StartAsync();
        var analysis = lab.Run("Get-OdcAsset Warehouse | Start-OdcCodeAnalysis -Wait").Single<OdcCodeAnalysis>();
        var asset = lab.Tenant.Delivery.Asset("Warehouse");
        Assert.True(analysis is { Status: "Completed", AssetName: "Warehouse", IsSuccess: true });
        Assert.Equal((asset.LatestRevision, lab.Tenant.CodeQuality.Score(asset.Key, asset.LatestRevision)), (analysis.Revision, analysis.QualityScore));
        Assert.NotEmpty(analysis.Findings!);
        Assert.All(analysis.Findings!, f => Assert.True(f is { Category: not null, PatternName: not null, AssetName: "Warehouse" }));
        var again = lab.Run($"Get-OdcCodeAnalysis {analysis.AnalysisKey}").Single<OdcCodeAnalysis>();
        Assert.Equal((analysis.AssetKey, "Warehouse", analysis.Revision, analysis.Findings!.Count), (again.AssetKey, again.AssetName, again.Revision, again.Findings!.Count));
        Assert.Equal(analysis.CriticalCount, lab.Run("Get-OdcCodeAnalysisSummary Warehouse").Single<OdcCodeAnalysisSummary>().CriticalCount);
    }

    [Fact]
    public async Task Findings_of_an_analysis_come_in_pages_and_the_first_has_no_offset()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.CodeQuality.AddFindings(lab.Tenant.Delivery.Asset("Fleet").Key, 2500);
        lab.Run("$analysis = Start-OdcCodeAnalysis Fleet -Wait").ThrowOnError();
        lab.Forget();
        var analysis = lab.Run("$analysis | Get-OdcCodeAnalysis").Single<OdcCodeAnalysis>();
        Assert.InRange(analysis.Findings!.Count, 2501, 2520);
        Assert.Equal(analysis.Findings.Count, analysis.Findings.Select(f => f.FindingKey).Distinct().Count());
        var queries = lab.Tenant.Statistics.Requests.Where(r => r.Path.Contains("/code-analyses/", StringComparison.Ordinal)).Select(r => r.PathAndQuery.Split('?')[1]);
        Assert.Equal(["Limit=1000", "Limit=1000&Offset=1000", "Limit=1000&Offset=2000"], queries);
    }

    [Theory]
    [InlineData(true, null, "Failed")]
    [InlineData(false, "Timeout", "Timeout")]
    public async Task An_analysis_that_ends_badly_is_an_error(bool fails, string? status, string word)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.CodeAnalysis, new OperationPlan { Fails = fails, FinalStatus = status });
        var result = lab.Run("Start-OdcCodeAnalysis Fleet, 'Order Desk' -Wait");
        Assert.Contains($"code analysis of Fleet revision {lab.Tenant.Delivery.Asset("Fleet").LatestRevision} ended as {word}", Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        Assert.Equal("Order Desk", ((OdcCodeAnalysis)Assert.Single(result.Output).BaseObject).AssetName);
    }

    [Fact]
    public async Task Wait_takes_it_and_a_time_out_says_how_to_wait_again()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal("Completed", lab.Run("Start-OdcCodeAnalysis Fleet | Wait-OdcOperation").Single<OdcCodeAnalysis>().Status);
        lab.Tenant.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Endless);
        var error = lab.Run("Start-OdcCodeAnalysis Fleet -Wait -TimeoutSec 1").Error.MustBe("OdcTimeout");
        Assert.Matches("Get-OdcCodeAnalysis [0-9a-f-]{36} \\| Wait-OdcOperation", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task WhatIf_names_it_and_sends_nothing_and_a_row_needs_a_revision()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Start-OdcCodeAnalysis Fleet -WhatIf; Get-OdcCodeQualityMetric -Since 2026-01-01 -First 2 | Start-OdcCodeAnalysis -WhatIf").ThrowOnError();
        Assert.Contains("code analysis of asset Fleet, revision", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("assetRevision", lab.Shell.Host.Text, StringComparison.Ordinal);
        var key = lab.Tenant.Delivery.Asset("Fleet").Key;
        Assert.Contains("names no revision", lab.Run($"[pscustomobject]@{{ AssetKey = '{key}' }} | Start-OdcCodeAnalysis").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        lab.Run($"[pscustomobject]@{{ AssetKey = '{key}'; Revision = '2' }} | Start-OdcCodeAnalysis").ThrowOnError();
        Assert.Single(lab.Changes, Starts);
    }

    [Fact]
    public async Task A_revision_that_was_not_analysed_is_told_from_one_that_does_not_exist()
    {
        await using var lab = await TenantLab.StartAsync();
        var latest = lab.Tenant.Delivery.Asset("Warehouse").LatestRevision;
        var error = lab.Run("Get-OdcCodeAnalysisSummary Warehouse").Error.MustBe("OdcNotFound");
        Assert.Equal($"Revision {latest} of asset Warehouse has not been analysed yet.", error.ToString());
        Assert.StartsWith("Analyse it: Start-OdcCodeAnalysis ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("There is no revision 99 of asset Warehouse", lab.Run("Get-OdcCodeAnalysisSummary Warehouse 99").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Equal(latest - 1, lab.Run($"Get-OdcAssetRevision Warehouse {latest - 1} | Get-OdcCodeAnalysisSummary").Single<OdcCodeAnalysisSummary>().Revision);
        Assert.Contains("no revision 99", lab.Run("Start-OdcCodeAnalysis Warehouse 99").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task Dates_and_numbers_are_the_same_in_every_culture(string culture)
    {
        await using var emulator = await Lab.StartAsync();
        using var shell = Conventions.Cultures.NewShell(culture);
        shell.Connect(emulator["acme"]).ThrowOnError();
        emulator["acme"].Statistics.Clear();
        var warning = Assert.Single(shell.Run("Get-OdcCodeFinding 'Order Desk' -To ([datetimeoffset]'2026-02-20T12:00:00Z')").Warnings);
        Assert.Contains("since 2026-02-06 12:00Z", warning, StringComparison.Ordinal);
        Assert.Contains(emulator["acme"].Statistics.Requests, r => r.PathAndQuery.Contains("To=2026-02-20T12%3A00%3A00Z", StringComparison.Ordinal));
        var reasons = shell.Run("Test-OdcCodeQuality 'Order Desk' -MinimumScore 99.5 -WarningAction Ignore").Single<OdcCodeQualityResult>().Reasons!;
        Assert.Contains(reasons, r => r.EndsWith("at least 99.5 is needed.", StringComparison.Ordinal));
    }
}
