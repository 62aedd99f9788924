using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Deployments;
using OdcPowerShell.Emulator;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.AssetConfigurations;

/// <summary>Settings are changed from rows: once for each asset and stage, checked before anything is sent, and never twice.</summary>
public sealed class SetOdcAssetSettingTests
{
    private const string Secret = "s3cret-Value-7718";

    [Fact]
    public async Task Five_hundred_rows_take_thirty_reads_and_thirty_changes()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("""
            $assets = Get-OdcDeployedAsset -Stage Production -Flat | Where-Object AssetType -eq WebApplication | Select-Object -First 10 -ExpandProperty AssetName
            $rows = foreach ($asset in $assets) { foreach ($stage in 'Development', 'QA', 'Production') {
                Get-OdcAssetSetting $asset -Stage $stage | Where-Object { -not $_.IsSecret -and $_.DataType -in 'Text', 'Integer' } | Select-Object @{ n = 'Asset'; e = { $_.AssetName } }, @{ n = 'Stage'; e = { $_.StageName } }, @{ n = 'Name'; e = { $_.FullName } }, @{ n = 'Value'; e = { '77' } } } }
            $rows | Export-Csv settings.csv -NoTypeInformation
            """).ThrowOnError();
        Assert.True((int)lab.Run("@(Import-Csv settings.csv).Count").Output[0].BaseObject >= 300);
        lab.Tenant.Statistics.Clear();
        lab.Run("Import-Csv settings.csv | Set-OdcAssetSetting").ThrowOnError();
        Assert.Equal((30, 30), Counts(lab));
        lab.Tenant.Statistics.Clear();
        lab.Run("Import-Csv settings.csv | Set-OdcAssetSetting").ThrowOnError();
        Assert.Equal((30, 0), Counts(lab));
    }

    [Fact]
    public async Task An_export_that_was_not_edited_changes_nothing()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Get-OdcAssetSetting 'Order Desk' QA -IncludeBinaryValue | Export-Csv all.csv; Import-Csv all.csv | Set-OdcAssetSetting; Get-OdcAssetSetting 'Order Desk' QA | Export-Clixml all.xml; Import-Clixml all.xml | Set-OdcAssetSetting; Get-OdcAssetSetting 'Order Desk' QA | Set-OdcAssetSetting").ThrowOnError();
        Assert.Equal(0, Counts(lab).Changes);
        lab.Run("$s = Get-OdcAssetSetting 'Order Desk' QA -Name Nightly*Schedule; $s.Value = '0 4 * * *'; $s | Export-Csv all.csv; Import-Csv all.csv | Set-OdcAssetSetting").ThrowOnError();
        Assert.Equal("0 4 * * *", Value(lab, "Nightly Sync/Schedule"));
        Assert.Equal("30 6 * * 1", Value(lab, "Weekly Report/Schedule"));
    }

    [Theory]
    [InlineData("MaxOrderLines 12.5", "whole number")]
    [InlineData("MaxOrderLines ''", "whole number")]
    [InlineData("ShowPrices yes", "True or False")]
    [InlineData("DiscountRate '2,5'", "decimal point")]
    [InlineData("SeasonStart 31.01.2026", "2026-01-31")]
    [InlineData("CutOffTime noon", "18:30:00")]
    [InlineData("SupportEmail nobody", "e-mail address")]
    [InlineData("PaymentApiKey 'plain text'", "SecureString")]
    [InlineData("MaxOrderLines (1, 2)", "one value")]
    [InlineData("MaxOrderLines $null", "no value")]
    [InlineData("Schedule x", "Nightly Sync/Schedule, Weekly Report/Schedule")]
    [InlineData("Theme Dark", "Common UI/Theme")]
    [InlineData("MaxOrderLine 5", "Similar names: MaxOrderLines")]
    [InlineData("Welcome (ConvertTo-SecureString x -AsPlainText -Force)", "not a secret setting")]
    public async Task A_wrong_value_is_rejected_before_anything_is_sent(string input, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run($"Set-OdcAssetSetting 'Order Desk' QA {input}");
        Assert.True(result.HasError);
        Assert.Contains(message, result.Error + result.Exception.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(0, Counts(lab).Changes);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public async Task Values_are_the_same_in_every_culture(string culture)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($$"""
            [cultureinfo]::CurrentCulture = '{{culture}}'
            Set-OdcAssetConfiguration 'Order Desk' QA -Setting @{ DiscountRate = 3.75; SeasonStart = [datetime]::new(2026, 3, 29); CutOffTime = [datetime]::new(2026, 3, 29, 17, 5, 0); ShowPrices = $false; MaxOrderLines = 1200 }
            """).ThrowOnError();
        Assert.Equal(("3.75", "2026-03-29", "17:05:00", "False", "1200"), (Value(lab, "DiscountRate"), Value(lab, "SeasonStart"), Value(lab, "CutOffTime"), Value(lab, "ShowPrices"), Value(lab, "MaxOrderLines")));
    }

    [Fact]
    public async Task A_wrong_row_is_one_error_and_is_not_applied()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run("""
            'Asset,Stage,Name,Value', 'Order Desk,QA,MaxOrderLines,7', 'Order Desk,QA,Nothing,7', 'Order Desk,,ShowPrices,True', 'Order Desk,QA,,True', 'Nobody,QA,MaxOrderLines,7',
            'Order Desk,QA,Logo,', 'Order Desk,QA,Welcome,', 'Fleet,Production,MaxOrderLines,8' | ConvertFrom-Csv | Set-OdcAssetSetting -Apply -Confirm:$false
            """);
        Assert.Equal(
            ["names no stage", "names no setting", "no asset with the name 'Nobody'", "no setting 'Nothing'", "no value for the setting Welcome", "were not applied"],
            Expected(result, "names no stage", "names no setting", "no asset with the name 'Nobody'", "no setting 'Nothing'", "no value for the setting Welcome", "were not applied"));
        Assert.Equal(6, result.Errors.Count);
        Assert.Equal("7", Value(lab, "MaxOrderLines"));
        Assert.Equal("Fleet", Assert.Single(result.Output).BaseObject is OdcDeployment d ? d.AssetName : null);
    }

    [Fact]
    public async Task Settings_of_one_name_in_two_libraries_need_the_library()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA Theme Dark -Library 'Common UI'; Set-OdcAssetSetting 'Order Desk' QA 'Money Formats/Theme' Blue").ThrowOnError();
        Assert.Equal(("Dark", "Blue"), (Value(lab, "Common UI/Theme"), Value(lab, "Money Formats/Theme")));
    }

    [Fact]
    public async Task The_service_rejects_one_of_ten()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("$long = 'x' * 3000; $rows = 'Welcome', 'PortalUrl', 'LogLevel', 'Nightly Sync/Schedule', 'Weekly Report/Schedule', 'Common UI/Theme', 'Money Formats/Theme', 'Payments/BaseUrl' | ForEach-Object { [pscustomobject]@{ Asset = 'Order Desk'; Stage = 'QA'; Name = $_; Value = if ($_ -like 'Weekly*') { $long } else { 'new' } } }").ThrowOnError();
        var error = Assert.Single(lab.Run("$rows | Set-OdcAssetSetting").Errors);
        Assert.Contains("Weekly Report/Schedule", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Weekly Report/Schedule", error.TargetObject is System.Management.Automation.PSObject row ? row.Properties["Name"].Value.ToString() : null);
        Assert.Equal(("new", "new", "30 6 * * 1"), (Value(lab, "Welcome"), Value(lab, "Payments/BaseUrl"), Value(lab, "Weekly Report/Schedule")));
    }

    [Fact]
    public async Task A_stage_that_may_be_viewed_and_not_changed()
    {
        await using var lab = await StageLab.StartAsync();
        var admin = lab.Tenant.Clients["admin"];
        admin.SetPermissions(lab.Production, admin.Permissions.Except(["Configuration management > Edit configurations"]));
        var result = lab.Run("Set-OdcAssetSetting 'Order Desk' QA, Production MaxOrderLines 9");
        Assert.Equal("OdcAccessDenied", Assert.Single(result.Errors).Id());
        Assert.Contains("Configuration management > Edit configurations", result.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("9", "100"), (Value(lab, "MaxOrderLines"), lab.Run("Get-OdcAssetSetting 'Order Desk' Production -Name MaxOrderLines").Single<OdcAssetSetting>().Value));
    }

    [Fact]
    public async Task What_if_shows_old_and_new_and_no_secret()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"$s = ConvertTo-SecureString '{Secret}' -AsPlainText -Force; Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 250 -WhatIf; Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey $s -Apply -WhatIf").ThrowOnError();
        var text = lab.Shell.Host.Text;
        Assert.Contains("1 setting of Order Desk in QA:\n  MaxOrderLines  100 -> 250", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("PaymentApiKey  *** -> ***", text, StringComparison.Ordinal);
        Assert.Contains("ApplyConfigs", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method != "GET");
    }

    [Fact]
    public async Task A_secret_is_set_and_in_no_output()
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run($$"""
            $s = ConvertTo-SecureString '{{Secret}}' -AsPlainText -Force
            Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey $s -PassThru -Verbose -Debug 4>&1 5>&1
            [pscustomobject]@{ Asset = 'Order Desk'; Stage = 'QA'; Name = 'Payments/Password'; Value = $s } | Set-OdcAssetSetting -PassThru
            Get-OdcAssetSetting 'Order Desk' QA | ConvertTo-Csv; Get-OdcAssetConfiguration 'Order Desk' QA | ConvertTo-Json -Depth 9
            """).ThrowOnError();
        Assert.DoesNotContain(Secret, string.Join('\n', result.Output) + string.Join('\n', result.Verbose), StringComparison.Ordinal);
        Assert.Equal(2, lab.Run("Get-OdcAssetSetting 'Order Desk' QA | Where-Object { $_.IsSecret -and $_.IsPending }").Output.Count);
    }

    [Fact]
    public async Task A_secret_that_the_service_repeats_is_removed_from_the_error()
    {
        await using var lab = await StageLab.StartAsync();
        var key = lab.Delivery.Asset("Order Desk").Key;
        lab.Tenant.Answer($"/api/asset-configurations/v1/environments/{lab.Qa}/applications/{key}/configurations", new CannedAnswer(400, "application/problem+json", $$"""{ "status": 400, "detail": "'{{Secret}}' is too short.", "errorCode": "OS-1" }"""));
        var result = lab.Run($"Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey (ConvertTo-SecureString '{Secret}' -AsPlainText -Force); $Error[0] | Format-List * -Force | Out-String");
        Assert.Contains("is too short", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Join('\n', result.Output) + result.Errors[0] + result.Errors[0].Exception, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applied_settings_run_after_one_operation_for_each_place()
    {
        await using var lab = await StageLab.StartAsync();
        var done = lab.Run("'Order Desk', 'Fleet' | Set-OdcAssetSetting -Stage QA, Production -Name MaxOrderLines -Value 5 -Apply -Wait -Confirm:$false").All<OdcDeployment>();
        Assert.Equal(4, done.Count);
        Assert.All(done, d => Assert.Equal(("Finished", "ApplyConfigs"), (d.Status, d.Operation)));
        Assert.All(lab.Run("'Order Desk', 'Fleet' | Get-OdcAssetSetting -Stage QA, Production -Name MaxOrderLines").All<OdcAssetSetting>(), s => Assert.Equal(("5", "5"), (s.Value, s.DeployedValue)));
        lab.Tenant.Statistics.Clear();
        Assert.Empty(lab.Run("'Order Desk', 'Fleet' | Set-OdcAssetSetting -Stage QA, Production -Name MaxOrderLines -Value 5 -Apply -Wait -Confirm:$false").ThrowOnError().Output);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method != "GET");
    }

    [Theory]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 5 -Wait", "-Apply is missing")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 5 -Apply -PassThru", "-PassThru and -Apply")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA MaxOrderLines 5 -SecretName x", "two values for one setting")]
    [InlineData("'MaxOrderLines,5', 'MaxOrderLines,6' | ConvertFrom-Csv -Header Name, Value | Select-Object *, @{ n = 'Asset'; e = { 'Order Desk' } }, @{ n = 'Stage'; e = { 'QA' } } | Set-OdcAssetSetting", "two values in the input")]
    [InlineData("Copy-OdcAssetSetting 'Order Desk' QA QA", "from QA to QA")]
    [InlineData("Set-OdcAssetConfiguration 'Order Desk' QA", "-Setting, -Timer, -Integration, -Library or -SystemConfiguration")]
    [InlineData("Set-OdcAssetConfiguration 'Order Desk' QA -Timer @{ 'Nightly Sync' = 5 }", "no hashtable of names and values")]
    [InlineData("Set-OdcAssetConfiguration 'Order Desk' QA -Setting @{ MaxOrderLines = $null }", "has no value: it is null")]
    public async Task What_contradicts_itself_is_an_error(string line, string message)
    {
        await using var lab = await StageLab.StartAsync();
        var result = lab.Run(line);
        Assert.Contains(message, result.Error + result.Exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_come_from_a_vault_by_name()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run(FakeVault.Install).ThrowOnError();
        lab.Run($"$global:Secrets['api-key'] = ConvertTo-SecureString '{Secret}' -AsPlainText -Force").ThrowOnError();
        lab.Run("'Asset,Stage,Name,Value,SecretName', 'Order Desk,QA,PaymentApiKey,,api-key', 'Fleet,QA,PaymentApiKey,,api-key' | ConvertFrom-Csv | Set-OdcAssetSetting").ThrowOnError();
        Assert.Equal(1, lab.Run("$global:Reads").Single<int>());
        Assert.Equal(2, lab.Run("'Order Desk', 'Fleet' | Get-OdcAssetSetting -Stage QA -Name PaymentApiKey | Where-Object IsPending").Output.Count);
        Assert.Contains("nothing-there", lab.Run("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey -SecretName nothing-there").Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$r.StageName = 'Production'", "names the stage Production, but its StageKey is that of QA")]
    [InlineData("$r.AssetName = 'Claims'", "names the asset Claims, but its AssetKey is that of Order Desk")]
    [InlineData("$r.FullName = 'CreditLimit'", "the name MaxOrderLines and the full name CreditLimit")]
    [InlineData("$r.Value = ''", "no value for the setting MaxOrderLines")]
    public async Task A_row_whose_columns_contradict_each_other_is_an_error(string edit, string message)
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"$r = Get-OdcAssetSetting 'Order Desk' QA -Name MaxOrderLines | ConvertTo-Csv | ConvertFrom-Csv; $r.Value = 7; {edit}").ThrowOnError();
        Assert.Contains(message, lab.Run("$r | Set-OdcAssetSetting").Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Counts(lab).Changes);
        Assert.Equal("8", lab.Run("$r | Select-Object @{ n = 'AssetName'; e = { 'Order Desk' } }, @{ n = 'StageName'; e = { 'QA' } }, @{ n = 'FullName'; e = { 'MaxOrderLines' } }, @{ n = 'Name'; e = { 'MaxOrderLines' } }, @{ n = 'Value'; e = { 8 } } | Set-OdcAssetSetting -PassThru").Single<OdcAssetSetting>().Value);
    }

    [Fact]
    public async Task No_to_the_question_about_production_changes_nothing()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' Production Welcome Hi").ThrowOnError();
        lab.Tenant.Statistics.Clear();
        lab.Shell.Host.Choice = 2;
        Assert.Empty(lab.Run("Set-OdcAssetSetting 'Order Desk' Production MaxOrderLines 301 -Apply").ThrowOnError().Output);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method != "GET");
        Assert.Contains("MaxOrderLines  100 -> 301", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("Applied too, because they are pending: Welcome.", lab.Shell.Host.Text, StringComparison.Ordinal);
        lab.Shell.Host.Choice = 0;
        Assert.Single(lab.Run("Set-OdcAssetSetting 'Order Desk' Production MaxOrderLines 301 -Apply").ThrowOnError().Output);
    }

    [Fact]
    public async Task A_request_that_is_rejected_as_a_whole_is_one_error()
    {
        await using var lab = await StageLab.StartAsync();
        var key = lab.Delivery.Asset("Order Desk").Key;
        lab.Tenant.Answer($"/api/asset-configurations/v1/environments/{lab.Qa}/applications/{key}/configurations", new CannedAnswer(400, "application/problem+json", """{ "status": 400, "detail": "The asset is being deployed.", "errorCode": "OS-1" }"""));
        var result = lab.Run("Set-OdcAssetConfiguration 'Order Desk' QA -Setting @{ MaxOrderLines = 1; Welcome = 'a'; DiscountRate = 2; CreditLimit = 3; ShowPrices = $false; PortalUrl = 'x'; SeasonStart = '2026-02-01'; CutOffTime = '10:00' }");
        Assert.Contains("Changing 8 settings of Order Desk in QA failed", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.InRange(Counts(lab).Changes, 2, 6);
    }

    [Fact]
    public async Task All_places_are_changed_before_the_first_is_written()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA, Production MaxOrderLines 6 -PassThru | Select-Object -First 1").ThrowOnError();
        Assert.Equal(2, Counts(lab).Changes);
    }

    [Fact]
    public async Task A_session_that_breaks_off_names_what_was_changed()
    {
        await using var lab = await StageLab.StartAsync();
        var key = lab.Delivery.Asset("Order Desk").Key;
        lab.Tenant.Answer($"/api/asset-configurations/v1/environments/{lab.Production}/applications/{key}/revisions/deployed/configurations", new CannedAnswer(401, "application/problem+json", """{ "status": 401, "detail": "no", "errorCode": "OS-1" }"""));
        Assert.Contains("Changed before: Order Desk in QA. Run the command again", lab.Run("Set-OdcAssetSetting 'Order Desk' QA, Production MaxOrderLines 6").Error.ToString(), StringComparison.Ordinal);
    }

    private static string? Value(StageLab lab, string name) =>
        lab.Run($"Get-OdcAssetSetting 'Order Desk' QA | Where-Object FullName -eq '{name}'").Single<OdcAssetSetting>().Value;

    private static (int Reads, int Changes) Counts(StageLab lab)
    {
        var sent = AssetSettingTests.Sent(lab, "applications").ToList();
        return (sent.Count(m => m == "GET"), sent.Count(m => m == "PATCH"));
    }

    // The expected parts that the errors have, one for each.
    private static List<string> Expected(Result result, params string[] parts) => [.. parts.Where(part => result.Errors.Count(e => e.ToString().Contains(part, StringComparison.Ordinal)) == 1)];
}
