using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tests.Subscription;

/// <summary>Usage in a period, of the organization, of stages and of assets.</summary>
public sealed class UsageTests
{
    private const string ByAsset = "/usage/by-asset";

    [Fact]
    public async Task Usage_is_a_row_for_each_entitlement_and_with_Point_one_for_each_point()
    {
        await using var lab = await TenantLab.StartAsync();
        var usage = lab.Run("Get-OdcEntitlementUsage").All<OdcEntitlementUsage>();
        Assert.All(usage, row => Assert.Equal((1, row.Points![0].Value), (row.PointCount, row.Value)));
        Assert.Equal(lab.Tenant.Subscription.Used("applicationObjects"), usage.Single(u => u.EntitlementId == "applicationObjects").Value);
        Assert.Single(lab.Sent);

        var points = lab.Run("Get-OdcEntitlementUsage Production -Entitlement agentExecutions -Granularity Month -Since 2026-01-01Z -To 2026-04-01Z -Point").All<OdcEntitlementUsagePoint>();
        Assert.Equal([1, 2, 3], points.Select(p => p.Timestamp!.Value.Month));
        Assert.All(points, p => Assert.Equal(("agentExecutions", "Total", "Production"), (p.EntitlementId, p.Aggregation, p.StageName)));
        Assert.Equal(points.Sum(p => p.Value), points[^1].CumulativeValue);
    }

    [Fact]
    public async Task Usage_grows_with_time()
    {
        await using var lab = await TenantLab.StartAsync();
        const string Line = "(Get-OdcEntitlementUsage QA -Entitlement applicationObjects).Value";
        var before = lab.Run(Line).Single<double>();
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromDays(70));
        Assert.True(lab.Run(Line).Single<double>() > before);
        var days = lab.Run("Get-OdcEntitlementUsage Production -Entitlement maxDbStorage -Granularity day -Since 2026-03-01 -To 2026-03-31 -Point").All<OdcEntitlementUsagePoint>();
        Assert.True(days.Count > 28 && days[0].Value < days[^1].Value);
    }

    [Fact]
    public async Task Several_stages_take_one_request_each_and_several_aggregations_a_row_each()
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run("Get-OdcStage | Get-OdcEntitlementUsage -Entitlement maxcomputereplicas -Aggregation Max, P95").All<OdcEntitlementUsage>();
        Assert.Equal(["Development Max", "Development P95", "QA Max", "QA P95", "Production Max", "Production P95"], rows.Select(r => $"{r.StageName} {r.Aggregation}"));
        Assert.Equal(3, lab.Sent.Count(s => s.EndsWith("/usage", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task Dates_and_numbers_are_the_same_in_every_culture(string culture)
    {
        await using var emulator = await Lab.StartAsync();
        using var shell = OdcPowerShell.Tests.Conventions.Cultures.NewShell(culture);
        shell.Connect(emulator["acme"]).ThrowOnError();
        shell.Run("$from = [datetime]::new(2026, 2, 1, 0, 0, 0, [System.DateTimeKind]::Utc); $null = Get-OdcEntitlementUsage -Since $from -To $from.AddDays(1); $null = Get-OdcAssetUsage QA -Since '2026-02-01T00:00Z' -To '2026-02-02T00:00Z'").ThrowOnError();
        Assert.Equal(2, emulator["acme"].Statistics.Requests.Count(r => r.PathAndQuery.Contains("since=2026-02-01T00%3A00%3A00Z&to=2026-02-02T00%3A00%3A00Z", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Get-OdcEntitlementUsage -Since 2026-02-01 -To 2026-01-01")]
    [InlineData("Get-OdcAssetUsage QA -Since 2026-02-01 -To 2026-01-01")]
    [InlineData("Get-OdcEntitlementUsage -Entitlement @()")]
    [InlineData("Get-OdcAssetUsage QA -Asset $nothing")]
    [InlineData("Get-OdcAssetUsage QA -AssetName '['")]
    public async Task A_mistake_is_found_before_anything_is_sent(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.True(lab.Run(line).HasError);
        Assert.DoesNotContain(lab.Sent, s => s.Contains("/usage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entitlement_that_is_not_known_is_sent_with_a_hint()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("Get-OdcEntitlementUsage -Entitlement internalUser");
        Assert.Contains("internalUsers", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(result.Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("entitlementIds=internalUser", lab.Tenant.Statistics.Requests.Single().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_entitlement_of_each_asset_is_a_row_and_pages_are_merged()
    {
        await using var lab = await TenantLab.StartAsync();
        var rows = lab.Run("Get-OdcAssetUsage Production -PageSize 5").All<OdcAssetUsage>();
        var deployed = lab.Run("Get-OdcDeployedAsset -Stage Production").Output.Count;
        Assert.Equal(4 * deployed, rows.Select(r => (r.AssetKey, r.EntitlementId)).Distinct().Count());
        Assert.Equal(4 * deployed, rows.Count);
        Assert.Equal((deployed + 4) / 5, lab.Sent.Count(s => s.EndsWith(ByAsset, StringComparison.Ordinal)));
        // Those of an asset follow each other.
        Assert.Equal(deployed, rows.Chunk(4).Count(four => four.Select(r => r.AssetKey).Distinct().Count() == 1));
        var stage = lab.Tenant.Stages[2].Key;
        Assert.All(rows.Where(r => r.EntitlementId == "applicationObjects"), row => Assert.Equal(
            (lab.Tenant.Subscription.Used("applicationObjects", stage, Guid.Parse(row.AssetKey!)), "Production", "Application Objects"), (row.Value, row.StageName, row.EntitlementName)));
        Assert.Equal(lab.Tenant.Subscription.Used("applicationObjects", stage), rows.Where(r => r.EntitlementId == "applicationObjects").Sum(r => r.Value));
    }

    [Theory]
    [InlineData("Get-OdcAssetUsage Production -First 3", 3, 1)]
    [InlineData("Get-OdcAssetUsage Production -PageSize 2 -First 8", 8, 1)]
    [InlineData("Get-OdcAssetUsage Production -PageSize 2 -Skip 1 -First 7", 7, 1)]
    [InlineData("Get-OdcAssetUsage Production -PageSize 2 | Select-Object -First 1", 1, 1)]
    [InlineData("Get-OdcStage | Get-OdcAssetUsage -PageSize 2 -First 2", 2, 1)]
    public async Task First_takes_no_further_page(string line, int rows, int requests)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(rows, lab.Run(line).All<OdcAssetUsage>().Count);
        Assert.Equal(requests, lab.Sent.Count(s => s.EndsWith(ByAsset, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Assets_are_filtered_and_sorted()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(["Claim Approval", "Claims", "Claims Assistant"], lab.Run("Get-OdcAssetUsage QA -AssetName claim* -Entitlement applicationObjects").All<OdcAssetUsage>().Select(r => r.AssetName));
        Assert.Equal("Order Desk", lab.Run("Get-OdcAssetUsage QA -Asset 'Order Desk' -Entitlement applicationObjects").Single<OdcAssetUsage>().AssetName);
        Assert.Equal(["Fleet", "Order Desk"], lab.Run("Get-OdcAssetUsage QA -Asset ((Get-OdcAsset 'Order Desk'), (Get-OdcAsset Fleet)) -Entitlement agentExecutions").All<OdcAssetUsage>().Select(r => r.AssetName));
        var largest = lab.Run("Get-OdcAssetUsage QA -Entitlement applicationObjects -Sort ApplicationObjects -Descending").All<OdcAssetUsage>().Select(r => r.Value).ToList();
        Assert.Equal(largest.OrderDescending(), largest);
        Assert.Equal(largest.Order(), lab.Run("Get-OdcAssetUsage QA -Entitlement applicationObjects -Sort +applicationObjects").ThrowOnError().Output.Select(o => ((OdcAssetUsage)o.BaseObject).Value));
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.PathAndQuery.Contains('+', StringComparison.Ordinal) || r.PathAndQuery.Contains("%2B", StringComparison.Ordinal));
        var detail = Assert.Single(lab.Run("(Get-OdcAssetUsage QA -AssetName 'Order Desk' -DetailName changed -Entitlement applicationObjects).Details").All<OdcAssetUsageDetail>());
        Assert.Equal(("OrderDeskChanged", "Event"), (detail.Name, detail.Type));
    }

    [Fact]
    public async Task A_page_that_counts_rows_is_whole_too()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer($"/api/subscription/v1/environments/{lab.Tenant.Stages[1].Key}/entitlements/usage/by-asset", new CannedAnswer(200, "application/json", """
            { "page": { "count": 3, "limit": 100, "offset": 0, "nextPageOffset": null, "totalResults": 3, "totalPages": 1 },
              "results": [{ "id": "applicationObjects", "assets": [{ "assetKey": "a", "value": 1.5 }, { "assetKey": "b" }] }, { "id": "new", "assets": [{ "assetKey": "a" }] }, { "id": "empty", "assets": null }] }
            """));
        var result = lab.Run("Get-OdcAssetUsage QA");
        Assert.Equal(["a applicationObjects", "b applicationObjects", "a new"], result.All<OdcAssetUsage>().Select(r => $"{r.AssetKey} {r.EntitlementId}"));
        Assert.Empty(result.Warnings);
        // The tenant has shown it.
        Assert.Empty(lab.Run("Get-OdcAssetUsage QA -Entitlement new").Warnings);
    }

    [Fact]
    public async Task The_rows_of_usage_change_nothing_and_lead_back_to_their_asset_and_stage()
    {
        await using var lab = await TenantLab.StartAsync();
        const string Rows = "Get-OdcAssetUsage QA -AssetName Fleet -Entitlement applicationObjects";
        Assert.Equal("Fleet", lab.Run($"({Rows} | Get-OdcAsset).Name").Single<string>());
        Assert.Equal("QA", lab.Run($"({Rows} | Get-OdcEntitlement | Select-Object -First 1).StageName").Single<string>());
        foreach (var line in new[] { $"{Rows} | Remove-OdcAsset -Confirm:$false", $"{Rows} | ConvertTo-Csv | ConvertFrom-Csv | Remove-OdcAsset -Confirm:$false", $"{Rows} | ConvertTo-Csv | ConvertFrom-Csv | Set-OdcStage -Name Wrong", $"{Rows} | Set-OdcStage -Name Wrong" })
            Assert.Single(lab.Run(line).Errors).MustBe("OdcInvalidRequest");
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task The_tables_fit_80_columns()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Host.Width = 80;
        lab.Run("Get-OdcSubscription | Out-Default; Get-OdcEntitlement Production | Out-Default; Get-OdcEntitlementUsage QA | Out-Default; Get-OdcEntitlementUsage QA -Point | Out-Default; Get-OdcAssetUsage QA -First 8 | Out-Default; Get-OdcSubscriptionConfiguration | Out-Default").ThrowOnError();
        Assert.All(lab.Shell.Host.Text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        foreach (var shown in new[] { "PercentUsed", "Application Objects", "maxCustomCodeTotalDuration", "AllDomainsInternal", "acme.example; contractors.example", "2028-02-29" })
            Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
    }
}
