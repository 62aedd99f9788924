using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Emulator;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.AssetConfigurations;

/// <summary>Configurations as the emulator does not have them, and values of unusual types.</summary>
public sealed class OddConfigurationTests
{
    [Fact]
    public async Task A_setting_without_a_key_is_found_by_name_only_and_not_changed()
    {
        await using var lab = await StartAsync("""{ "settings": [{ "key": null, "name": "Future", "dataType": "Text", "value": "1", "isSecret": false }, { "key": "k", "name": "Max", "dataType": "Text", "value": "1", "isSecret": false }] }""");
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA Max 2 -WhatIf").ThrowOnError();
        Assert.Contains("Max  1 -> 2", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Future", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("has no key", lab.Run("Set-OdcAssetSetting 'Order Desk' QA Future 2").Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_in_two_revisions_is_sent_under_both()
    {
        await using var lab = await StartAsync("""
            { "libraries": [
              { "key": "l", "name": "Lib", "revision": 1, "settings": [{ "key": "a", "name": "T", "dataType": "Text", "value": "1", "isSecret": false }] },
              { "key": "l", "name": "Lib", "revision": 2, "settings": [{ "key": "b", "name": "T2", "dataType": "Text", "value": "1", "isSecret": false }] }] }
            """);
        lab.Run("Set-OdcAssetConfiguration 'Order Desk' QA -Library @{ Lib = [ordered]@{ T = 'x'; T2 = 'y' } } -WhatIf").ThrowOnError();
        Assert.Contains("""{"key":"l","revision":1,"settings":[{"key":"a","value":"x"}]},{"key":"l","revision":2,"settings":[{"key":"b","value":"y"}]}""", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_timers_of_one_name_are_compared_each_with_its_own()
    {
        const string timers = """{ "timers": [{ "key": "1", "name": "Sync", "configs": [{ "key": "1s", "name": "Schedule", "value": "a", "isSecret": false }] }, { "key": "2", "name": "Sync", "configs": [{ "key": "2s", "name": "Schedule", "value": "b", "isSecret": false }] }] }""";
        await using var lab = await StartAsync(timers);
        Answer(lab, lab.Production, timers.Replace("\"b\"", "\"c\"", StringComparison.Ordinal));
        var row = lab.Run("Compare-OdcAssetSetting 'Order Desk' QA Production").Single<OdcAssetSettingComparison>();
        Assert.Equal(("b", "c", "Different"), (row.ReferenceValue, row.DifferenceValue, row.Change));
        Assert.Contains("(1s)", lab.Run("Set-OdcAssetSetting 'Order Desk' QA Sync/Schedule x").Error.ToString(), StringComparison.Ordinal);
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA 2s x -WhatIf").ThrowOnError();
        Assert.Contains("Sync/Schedule  b -> x", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_setting_that_was_not_read_is_not_known_to_be_pending()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA Logo (New-TemporaryFile | ForEach-Object { Set-Content $_ 'picture'; Get-Item $_ })").ThrowOnError();
        Assert.Null(lab.Run("Get-OdcAssetSetting 'Order Desk' QA -Name Logo").Single<OdcAssetSetting>().IsPending);
        Assert.True(lab.Run("Get-OdcAssetSetting 'Order Desk' QA -Name Logo -IncludeBinaryValue").Single<OdcAssetSetting>().IsPending);
        Assert.Equal("Different", lab.Run("Compare-OdcAssetSetting 'Order Desk' QA Production -Name Logo").Single<OdcAssetSettingComparison>().Change);
    }

    [Theory]
    [InlineData("DiscountRate (0.1 + 0.2)", "0.3")]
    [InlineData("DiscountRate 0.00001", "0.00001")]
    [InlineData("SeasonStart ([DateOnly]::new(2026, 1, 31))", "2026-01-31")]
    [InlineData("CutOffTime ([TimeOnly]::new(9, 5))", "09:05:00")]
    [InlineData("ShowPrices ' false '", "False")]
    public async Task Values_of_PowerShell_have_the_form_of_the_type(string input, string value)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Equal(value, lab.Run($"Set-OdcAssetSetting 'Order Desk' QA {input} -PassThru").Single<OdcAssetSetting>().Value);
    }

    [Fact]
    public async Task A_secret_that_the_service_shows_shortened_is_removed_from_the_error()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Answer($"{Path(lab, lab.Qa)}/configurations", new CannedAnswer(400, "application/problem+json", """{ "status": 400, "detail": "'TopSecret-12...' is not valid.", "errorCode": "OS-1" }"""));
        var error = lab.Run("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey (ConvertTo-SecureString 'TopSecret-1234' -AsPlainText -Force)").Error;
        Assert.Contains("is not valid", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("TopSecret", error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_domains_that_is_missing_is_not_sent_as_an_empty_one()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.Answer("/api/subscription/v1/organization/configurations", new CannedAnswer(200, "application/json", """{ "areAllEmailDomainsInternal": true, "internalEmailDomains": null }"""));
        Assert.Contains("did not return the list", lab.Run("Set-OdcSubscriptionConfiguration -AllDomainsInternal:$false -Confirm:$false").Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task One_warning_names_all_stages_whose_usage_may_not_be_seen()
    {
        await using var lab = await StageLab.StartAsync();
        foreach (var stage in new[] { lab.Qa, lab.Production })
            lab.Tenant.Answer($"/api/subscription/v1/environments/{stage}/entitlements/usage", new CannedAnswer(403, "application/problem+json", """{ "status": 403, "detail": "no", "errorCode": "OS-1" }"""));
        Assert.Contains("for stage QA, stage Production: the API client lacks a permission", Assert.Single(lab.Run("Get-OdcStage | Get-OdcEntitlement").ThrowOnError().Warnings), StringComparison.Ordinal);
    }

    private static async Task<StageLab> StartAsync(string configuration)
    {
        var lab = await StageLab.StartAsync();
        Answer(lab, lab.Qa, configuration);
        return lab;
    }

    private static void Answer(StageLab lab, Guid stage, string configuration) =>
        lab.Tenant.Answer($"{Path(lab, stage)}/revisions/deployed/configurations", new CannedAnswer(200, "application/json", configuration));

    private static string Path(StageLab lab, Guid stage) => $"/api/asset-configurations/v1/environments/{stage}/applications/{lab.Delivery.Asset("Order Desk").Key}";
}
