using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.AssetConfigurations;

/// <summary>Settings are read as rows, compared, and found when they are pending.</summary>
public sealed class AssetSettingTests
{
    [Fact]
    public async Task Each_setting_of_each_section_is_a_row()
    {
        await using var lab = await StageLab.StartAsync();
        var rows = lab.Run("Get-OdcAssetSetting 'Order Desk' -Stage QA").All<OdcAssetSetting>();
        Assert.Equal(["Setting", "Timer", "Integration", "SystemConfiguration"], rows.Where(r => r.Library is null).Select(r => r.Section!).Distinct());
        Assert.Contains(rows, r => r is { FullName: "Nightly Sync/Schedule", Element: "Nightly Sync", Value: "0 3 * * *", IsPending: false, IsSecret: false, AssetName: "Order Desk", StageName: "QA", Revision: 5 });
        Assert.Contains(rows, r => r is { FullName: "Common UI/Theme", Library: "Common UI", Section: "Setting", LibraryRevision: not null });
        Assert.Contains(rows, r => r is { Name: "PaymentApiKey", IsSecret: true, Value: null, IsPending: false });
        Assert.Equal(rows.Count, rows.Select(r => r.FullName).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["GET"], Sent(lab, "applications"));
    }

    [Theory]
    [InlineData("Get-OdcStage | Get-OdcAssetSetting -Asset 'Order Desk' -Name MaxOrderLines", "Development QA Production")]
    [InlineData("Get-OdcAsset 'Order Desk' | Get-OdcAssetSetting -Stage QA, Production -Name MaxOrderLines", "QA Production")]
    [InlineData("Get-OdcAssetSetting 'Order Desk' QA -Section Setting -Name maxorder* -First 1", "QA")]
    [InlineData("[pscustomobject]@{ Asset = 'Order Desk'; Stage = 'QA' } | Get-OdcAssetSetting -Name MaxOrderLines", "QA")]
    public async Task Stages_and_assets_come_from_the_pipeline(string line, string stages)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal(stages, string.Join(' ', lab.Run(line).All<OdcAssetSetting>().Select(r => r.StageName)));
    }

    [Fact]
    public async Task An_agent_has_its_own_operations()
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal("Agent", lab.Run("Get-OdcAssetConfiguration 'Claims Assistant' -Stage Development").Single<OdcAssetConfiguration>().AssetType);
        Assert.Equal(["GET"], Sent(lab, "agents"));
        lab.Run("Set-OdcAssetSetting 'Claims Assistant' Development MaxOrderLines 7").ThrowOnError();
        Assert.Equal("7", lab.Run("(Get-OdcAsset 'Claims Assistant').AssetKey | Get-OdcAssetSetting -Stage Development -Name MaxOrderLines").Single<OdcAssetSetting>().Value);
    }

    [Fact]
    public async Task A_name_that_is_missing_names_the_nearest()
    {
        await using var lab = await StageLab.StartAsync();
        var error = lab.Run("Get-OdcAssetSetting 'Order Desk' QA -Name MaxOrderLine").Exception;
        Assert.Contains("Order Desk in QA has no setting 'MaxOrderLine'. Similar names: MaxOrderLines.", error.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Run("Get-OdcAssetSetting 'Order Desk' QA -Name Nothing*").ThrowOnError().Output);
    }

    [Theory]
    [InlineData("Get-OdcAssetSetting 'Common UI' -Stage QA", "OdcNotFound", "no configuration of Common UI in QA: it is a library")]
    [InlineData("Get-OdcAssetSetting 'Order Desk' -Stage Qa2", "OdcNotFound", "no stage with the name 'Qa2'")]
    [InlineData("Get-OdcStage QA | Get-OdcAssetSetting -Asset Nothing", "OdcNotFound", "no asset with the name 'Nothing'")]
    [InlineData("Compare-OdcAssetSetting 'Order Desk' QA QA", "OdcInvalidRequest", "Both stages are QA.")]
    public async Task What_is_not_there_is_an_error(string line, string id, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        Assert.Equal(id, result.ErrorId);
        Assert.Contains(message, result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_stages_are_compared()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' Production MaxOrderLines 250").ThrowOnError();
        var rows = lab.Run("Compare-OdcAssetSetting 'Order Desk' -ReferenceStage Development -Stage Production").All<OdcAssetSettingComparison>();
        Assert.Contains(rows, r => r is { Name: "MaxOrderLines", ReferenceValue: "100", DifferenceValue: "250", Change: "Different", ReferenceStage: "Development", DifferenceStage: "Production" });
        Assert.Contains(rows, r => r is { Name: "BetaSearch", Change: "Removed", DifferenceValue: null });
        Assert.DoesNotContain(rows, r => r.Change is "Same" or "Secret");
        var all = lab.Run("Compare-OdcAssetSetting 'Order Desk' Development Production -IncludeEqual").All<OdcAssetSettingComparison>();
        Assert.Contains(all, r => r is { Name: "PaymentApiKey", Change: "Secret" });
        Assert.Contains(all, r => r is { Name: "DiscountRate", Change: "Same" });
    }

    [Fact]
    public async Task What_is_pending_is_found_and_applied_once()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 250; Set-OdcAssetSetting 'Order Desk' QA ShowPrices $false").ThrowOnError();
        Assert.Equal(["MaxOrderLines", "ShowPrices"], lab.Run("Get-OdcDeployedAsset -Flat | Get-OdcAssetSetting | Where-Object IsPending").All<OdcAssetSetting>().Select(r => r.Name!));
        lab.Run("Get-OdcAssetSetting 'Order Desk' QA | Where-Object IsPending | Start-OdcConfigurationApply -Wait").ThrowOnError();
        Assert.Single(lab.Sent(StageLab.Posts));
        var now = lab.Run("Get-OdcAssetSetting 'Order Desk' QA -Name MaxOrderLines").Single<OdcAssetSetting>();
        Assert.Equal(("250", "250", false), (now.Value, now.DeployedValue, now.IsPending));
    }

    [Fact]
    public async Task A_stage_has_system_configurations()
    {
        await using var lab = await StageLab.StartAsync();
        var before = lab.Run("Get-OdcStage | Get-OdcStageSystemConfiguration | Where-Object Name -eq SMTPServer").All<OdcConfigurationValue>();
        Assert.Equal(["mail.development.example", "mail.qa.example", "mail.production.example"], before.Select(b => b.Value!));
        lab.Run("Get-OdcStageSystemConfiguration QA | Where-Object Name -in SMTPServer, LogLevel | Set-OdcStageSystemConfiguration -Stage Production -Confirm:$false").ThrowOnError();
        Assert.Equal("mail.qa.example", lab.Run("Get-OdcStageSystemConfiguration Production | Where-Object Name -eq SMTPServer").Single<OdcConfigurationValue>().Value);
        Assert.Single(Sent(lab, "default-system-configurations"), "PATCH");
    }

    /// <summary>The verbs of the requests for the configurations of apps, of agents or of stages.</summary>
    internal static IEnumerable<string> Sent(StageLab lab, string of) =>
        lab.Tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/asset-configurations/", StringComparison.Ordinal) && r.Path.Contains($"/{of}", StringComparison.Ordinal)).Select(r => r.Method);
}
