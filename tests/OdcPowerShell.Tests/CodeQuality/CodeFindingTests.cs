using OdcPowerShell.CodeQuality;

namespace OdcPowerShell.Tests.CodeQuality;

/// <summary>Findings, patterns and numbers of the code quality API.</summary>
public sealed class CodeFindingTests
{
    private const string Findings = "GET /api/code-quality/v1/findings";

    [Fact]
    public async Task A_finding_has_the_names_of_its_asset_and_pattern_and_the_pattern_s_category()
    {
        await using var lab = await TenantLab.StartAsync();
        var findings = lab.Run("Get-OdcCodeFinding 'Order Desk' -Since 2026-01-01; Get-OdcCodeFinding Fleet -Since 2026-01-01").All<OdcCodeFinding>();
        var patterns = lab.Run("Get-OdcCodePattern").All<OdcCodePattern>().ToDictionary(p => p.PatternId!);
        Assert.Contains(findings, f => f is { Severity: "Critical", Category: "Security", AssetName: "Order Desk" });
        Assert.All(findings, f =>
        {
            Assert.Equal((patterns[f.PatternId!].Name, patterns[f.PatternId!].Category), (f.PatternName, f.Category));
            Assert.Equal(TimeSpan.Zero, f.DiscoveredOn!.Value.Offset);
            Assert.True(f.Revision > 0);
        });
        // The patterns are read once, and those of the command itself.
        Assert.Equal(2, lab.Sent.Count(s => s == "GET /api/code-quality/v1/patterns"));
    }

    [Fact]
    public async Task Without_Since_a_warning_says_from_when_on_and_an_old_finding_is_missing()
    {
        await using var lab = await TenantLab.StartAsync();
        var recent = lab.Run("Get-OdcCodeFinding");
        var all = lab.Run("Get-OdcCodeFinding -Since 2026-01-01");
        Assert.InRange(recent.Output.Count, 1, all.Output.Count - 1);
        Assert.Contains("goes back 14 days", Assert.Single(recent.Warnings), StringComparison.Ordinal);
        Assert.Empty(all.Warnings);
        var dated = Assert.Single(lab.Run("Get-OdcCodeFinding -To ([datetimeoffset]'2026-02-20T12:00:00Z')").Warnings);
        Assert.Contains("since 2026-02-06 12:00Z", dated, StringComparison.Ordinal);
        foreach (var command in new[] { "Get-OdcCodeQualityMetric", "Get-OdcCodeFindingSummary", "Get-OdcCodeFindingTrend" })
            Assert.Single(lab.Run(command).Warnings);
    }

    [Fact]
    public async Task Filters_are_the_service_s_and_sorting_too()
    {
        await using var lab = await TenantLab.StartAsync();
        var some = lab.Run("Get-OdcCodeFinding -Category SECURITY -Severity high, critical -Status open -AssetType webapplication -Latest -Since 2026-01-01 -Sort elementName -Descending").All<OdcCodeFinding>();
        Assert.NotEmpty(some);
        Assert.All(some, f => Assert.True(f is { Category: "Security", Status: "Open", Severity: "High" or "Critical" }));
        Assert.Equal(some.Select(f => f.ElementName).OrderDescending(StringComparer.OrdinalIgnoreCase), some.Select(f => f.ElementName));
        var query = lab.Tenant.Statistics.Requests.Single(r => r.Path.EndsWith("/findings", StringComparison.Ordinal)).PathAndQuery;
        Assert.Contains("Categories=security&", query, StringComparison.Ordinal);
        Assert.Contains("Sort=-elementName", query, StringComparison.Ordinal);
        Assert.Contains("Limit=1000", query, StringComparison.Ordinal);
        Assert.DoesNotContain("Offset", query, StringComparison.Ordinal);
        var fields = lab.Run("Get-OdcCodeFinding -Field id, severity -Since 2026-01-01 -First 1").Single<OdcCodeFinding>();
        Assert.True(fields is { FindingKey: not null, Severity: not null, ElementName: null, PatternName: null });
    }

    [Fact]
    public async Task Piped_assets_are_one_request_and_none_is_not_all()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$assets = 'Order Desk', 'Fleet', 'Nothing' | ForEach-Object { Get-OdcAsset $_ -ErrorAction Ignore }").ThrowOnError();
        lab.Forget();
        var found = lab.Run("$assets | Get-OdcCodeFinding -Since 2026-01-01").All<OdcCodeFinding>();
        Assert.Equal(["Fleet", "Order Desk"], found.Select(f => f.AssetName).Distinct().Order());
        Assert.Single(lab.Sent, Findings);
        var none = lab.Run("'Nothing' | Get-OdcCodeFinding -Since 2026-01-01");
        none.Error.MustBe("OdcNotFound");
        Assert.Empty(none.Output);
        Assert.Empty(lab.Run("@() | Get-OdcCodeFinding -Since 2026-01-01").ThrowOnError().Output);
        Assert.Single(lab.Sent, Findings);
    }

    [Fact]
    public async Task Fifty_thousand_findings_are_read_in_pages_and_the_first_ones_alone()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.CodeQuality.AddFindings(lab.Tenant.Delivery.Asset("Fleet").Key, 50_000);
        var all = lab.Run("(Get-OdcCodeFinding Fleet | Measure-Object).Count").Output[0].BaseObject;
        Assert.True((int)all > 50_000);
        Assert.Equal(51, lab.Sent.Count(s => s == Findings));
        lab.Forget();
        Assert.Equal(5, lab.Run("Get-OdcCodeFinding Fleet | Select-Object -First 5").Output.Count);
        Assert.Single(lab.Sent, Findings);
        Assert.Equal(3, lab.Run("Get-OdcCodeFinding Fleet -First 3 -Skip 10 -IncludeTotalCount").Output.Count - 1);
    }

    [Theory]
    [InlineData("Get-OdcCodeFinding -Severity Huge -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcCodeFinding -Category securty -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcCodeFindingTrend -Since 2026-01-02 -To 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcCodeQualityMetric -ScoreRange low -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcCodeQualityMetric -ScoreRange 0-149 -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcCodeFinding -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Get-OdcCodeFinding -Since 2026-01-01", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Get-OdcCodeAnalysisSummary", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Get-OdcCodePattern", "OdcInvalidRequest")]
    [InlineData("Get-OdcUser -First 1 | Start-OdcCodeAnalysis", "OdcInvalidRequest")]
    [InlineData("Get-OdcStage QA | Get-OdcCodeAnalysis", "OdcInvalidRequest")]
    [InlineData("Get-OdcCodePattern -PatternId NONE-1", "OdcNotFound")]
    [InlineData("Get-OdcCodePattern 'No such pattern'", "OdcNotFound")]
    [InlineData("Get-OdcCodeAnalysis 11111111-1111-4111-8111-111111111111", "OdcNotFound")]
    public async Task What_is_wrong_is_an_error_and_writes_nothing(string line, string id)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        result.Error.MustBe(id);
        Assert.Empty(result.Output);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        foreach (var command in new[] { "Get-OdcCodeFinding -Since 2026-01-01", "Get-OdcCodePattern", "Get-OdcCodeQualityStatus", "Get-OdcCodeQualityMetric -Since 2026-01-01" })
            Assert.Contains("Analyze > View Code Quality findings", lab.Run(command).Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patterns_are_found_by_name_by_id_and_by_findings_once_each()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(["PERF-001"], lab.Run("Get-OdcCodePattern *query*").All<OdcCodePattern>().Select(p => p.PatternId));
        Assert.Equal("SQL injection", lab.Run("Get-OdcCodePattern -PatternId SEC-001").Single<OdcCodePattern>().Name);
        var findings = lab.Run("Get-OdcCodeFinding 'Order Desk', Fleet, Invoicing -Since 2026-01-01 -OutVariable found").All<OdcCodeFinding>();
        lab.Forget();
        var patterns = lab.Run("$found | Get-OdcCodePattern").All<OdcCodePattern>();
        Assert.Equal(findings.Select(f => f.PatternId).Distinct().Order(), patterns.Select(p => p.PatternId).Order());
        Assert.Equal(patterns.Count, lab.Sent.Count);
        Assert.Equal(findings.Count(f => f.PatternId == patterns[0].PatternId), lab.Run($"Get-OdcCodePattern -PatternId {patterns[0].PatternId} -OutVariable one | Out-Null; Get-OdcCodeFinding 'Order Desk', Fleet, Invoicing -Since 2026-01-01 -Pattern $one").Output.Count);
    }

    [Fact]
    public async Task Numbers_agree_with_the_findings()
    {
        await using var lab = await TenantLab.StartAsync();
        var findings = lab.Run("Get-OdcCodeFinding -Since 2026-01-01").All<OdcCodeFinding>();
        var rows = lab.Run("Get-OdcCodeFindingSummary -Since 2026-01-01").All<OdcCodeFindingSummary>();
        Assert.Equal(findings.Count, rows.Sum(r => r.FindingCount));
        Assert.All(rows, r => Assert.Equal(findings.Count(f => (f.Category, f.Status, f.Severity) == (r.Category, r.Status, r.Severity)), r.FindingCount));
        Assert.All(rows, r => Assert.Null(r.Difference));
        var bySeverity = lab.Run("Get-OdcCodeFindingSummary -GroupBy severity -Since 2026-01-01 -IncludeChange").All<OdcCodeFindingSummary>();
        Assert.All(bySeverity, r => Assert.Equal((null, null, findings.Count(f => f.Severity == r.Severity), true), (r.Category, r.Status, r.FindingCount, r.Difference is not null)));
        Assert.Equal("Severity=High", bySeverity.Single(r => r.Severity == "High").Group!.ToString());

        var metrics = lab.Run("Get-OdcCodeQualityMetric -Since 2026-01-01 -Sort Score -Descending").All<OdcCodeQualityMetric>();
        Assert.Equal(metrics.Select(m => m.Score).OrderDescending(), metrics.Select(m => m.Score));
        Assert.All(metrics, m => Assert.Equal(findings.Count(f => f.AssetKey == m.AssetKey && f.Status == "Open"), m.OpenCount));
        Assert.Equal(1, metrics.Single(m => m.AssetName == "Order Desk").CriticalCount);
        var days = lab.Run("Get-OdcCodeFindingTrend 'Order Desk' -Since (Get-Date).AddDays(-9)").All<OdcCodeFindingTrend>();
        Assert.InRange(days.Count, 10, 11);
        Assert.Equal(DateTimeOffset.UtcNow.Date, days[^1].Date!.Value.Date);
        Assert.Equal(findings.Count(f => f is { AssetName: "Order Desk", Status: "Open" }), days[^1].OpenCount);
    }

    [Fact]
    public async Task A_trend_of_more_than_a_page_is_whole()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(31, lab.Run("Get-OdcCodeFindingTrend -Since 2026-01-01 -To 2026-01-31T12:00Z -PageSize 7").Output.Count);
        Assert.Equal(5, lab.Sent.Count);
        Assert.Equal(["2026-01-04", "2026-01-05"], lab.Run("Get-OdcCodeFindingTrend -Since 2026-01-01T00:00Z -To 2026-01-31 -Skip 3 -First 2").All<OdcCodeFindingTrend>().Select(d => d.AnalysisDate));
    }

    [Fact]
    public async Task The_status_is_of_the_tenant_or_of_portfolios()
    {
        await using var lab = await TenantLab.StartAsync();
        var status = lab.Run("Get-OdcCodeQualityStatus").Single<OdcCodeQualityStatus>();
        Assert.True(status is { Status: "Completed", PortfolioKey: null } && status.ScheduledOn > status.CompletedOn);
        Assert.Equal(2, lab.Run("Get-OdcPortfolio | Get-OdcCodeQualityStatus").All<OdcCodeQualityStatus>().Select(s => s.PortfolioKey).Distinct().Count());
        lab.Tenant.Answer("/api/code-quality/v1/analysis-status", new CannedAnswer(200, "application/json", """{"result":null}"""));
        Assert.Empty(lab.Run("Get-OdcCodeQualityStatus").ThrowOnError().Output);
    }

    [Fact]
    public async Task More_than_a_hundred_assets_can_not_be_added_up()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Run("1..101 | ForEach-Object { [guid]::NewGuid() } | Get-OdcCodeFindingSummary -Since 2026-01-01").Error.MustBe("OdcInvalidRequest");
        Assert.Empty(lab.Sent);
        lab.Run("1..101 | ForEach-Object { [guid]::NewGuid() } | Get-OdcCodeFinding -Since 2026-01-01").ThrowOnError();
        Assert.Equal(3, lab.Sent.Count);
    }

    [Fact]
    public async Task Findings_without_the_permission_for_patterns_are_read_with_a_warning()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer("/api/code-quality/v1/patterns", new CannedAnswer(403, "application/json", """{"status":403,"title":"Forbidden"}"""));
        var result = lab.Run("Get-OdcCodeFinding 'Order Desk' -Since 2026-01-01");
        Assert.All(result.All<OdcCodeFinding>(), f => Assert.Null(f.Category));
        Assert.Contains("categories of code patterns are left out", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }
}
