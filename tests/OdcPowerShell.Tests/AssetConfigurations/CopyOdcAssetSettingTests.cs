using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.AssetConfigurations;

/// <summary>Settings that go from stage to stage, and input that is not a setting or has no value for one.</summary>
public sealed class CopyOdcAssetSettingTests
{
    private const string Secret = "s3cret-Value-7718";

    [Theory]
    [InlineData("Get-OdcAssetUsage QA -Entitlement applicationObjects -First 1 | Set-OdcAssetSetting -Asset 'Order Desk' -Stage QA -Name MaxOrderLines", "can't read a setting from an OdcAssetUsage")]
    [InlineData("Get-OdcAssetUsage QA -Entitlement applicationObjects -First 1 | Select-Object * | Set-OdcAssetSetting -Asset 'Order Desk' -Stage QA -Name MaxOrderLines", "can't read a setting from an OdcAssetUsage")]
    [InlineData("[pscustomobject]@{ Asset = 'Order Desk'; Stage = 'QA'; Name = 'LogLevel'; Value = 'Debug' } | Set-OdcStageSystemConfiguration -Confirm:$false", "A stage is expected here")]
    [InlineData("Get-OdcUser -First 1 | Set-OdcAssetSetting -Stage QA -Name MaxOrderLines -Value 1", "can't read a setting from an OdcUser")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey ''", "an empty text can't clear")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey", "no value for PaymentApiKey")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey 'System.Security.SecureString' -AllowPlainText", "name of a type")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA Logo ([io.fileinfo]'nothing.png')", "nothing.png can't be read")]
    [InlineData("Set-OdcAssetSetting 'Order Desk' QA Welcome (New-TemporaryFile)", "takes no file")]
    [InlineData("[pscustomobject]@{ Asset = 'Order Desk'; Stage = 'QA'; Name = 'Welcome'; Value = 'x'; SecretName = 's' } | Set-OdcAssetSetting", "has a value and a secret name")]
    [InlineData("Compare-OdcAssetSetting 'Order Desk' QA Production -Name Nonsense", "no setting 'Nonsense'")]
    public async Task What_is_wrong_changes_nothing(string line, string message)
    {
        await using var lab = await StageLab.StartAsync();
        Assert.Contains(message, lab.Run(line).Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task Plain_text_of_a_secret_is_in_no_error()
    {
        await using var lab = await StageLab.StartAsync();
        var error = Assert.Single(lab.Run($"[pscustomobject]@{{ Asset = 'Order Desk'; Stage = 'QA'; Name = 'PaymentApiKey'; Value = '{Secret}' }} | Set-OdcAssetSetting").Errors);
        Assert.DoesNotContain(Secret, error + error.CategoryInfo.ToString() + error.TargetObject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_one_stage_that_are_written_to_another_are_warned_of()
    {
        await using var lab = await StageLab.StartAsync();
        var warning = Assert.Single(lab.Run("Get-OdcAssetSetting 'Order Desk' QA | ConvertTo-Csv | ConvertFrom-Csv | Set-OdcAssetSetting -Stage Production").ThrowOnError().Warnings);
        Assert.StartsWith("Values of QA that usually differ by stage are written to Order Desk in Production: SupportEmail, PortalUrl, Welcome, Payments/BaseUrl", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_leave_out_secrets_and_what_belongs_to_a_stage()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run("Set-OdcAssetConfiguration 'Order Desk' QA -Setting @{ MaxOrderLines = 42; Welcome = 'Hello' } -Timer @{ 'Nightly Sync' = @{ Schedule = '0 5 * * *' } }").ThrowOnError();
        var result = lab.Run("Copy-OdcAssetSetting 'Order Desk' -From QA -To Production -Confirm:$false").ThrowOnError();
        Assert.Equal("Copied, although they are pending in QA: Order Desk MaxOrderLines, Order Desk Welcome, Order Desk Nightly Sync/Schedule.", result.Warnings[1]);
        var warning = result.Warnings[0];
        foreach (var part in new[] { "PaymentApiKey (secret)", "Payments/Password (secret)", "PortalUrl (differs by stage)", "Payments/BaseUrl (differs by stage)" })
            Assert.Contains(part, warning, StringComparison.Ordinal);
        var now = lab.Run("Get-OdcAssetSetting 'Order Desk' Production").All<OdcAssetSetting>().ToDictionary(s => s.FullName, s => s.Value);
        Assert.Equal(("42", "Hello", "0 5 * * *", "https://portal.production.example"), (now["MaxOrderLines"], now["Welcome"], now["Nightly Sync/Schedule"], now["PortalUrl"]));
        lab.Run("Copy-OdcAssetSetting 'Order Desk' QA Production -Name PortalUrl -Confirm:$false").ThrowOnError();
        Assert.Equal("https://portal.qa.example", lab.Run("Get-OdcAssetSetting 'Order Desk' Production -Name PortalUrl").Single<OdcAssetSetting>().Value);
        Assert.Contains("has no such settings: BetaSearch", Assert.Single(lab.Run("Copy-OdcAssetSetting 'Order Desk' Development QA -Name Beta*, Max* -Confirm:$false").ThrowOnError().Warnings), StringComparison.Ordinal);
    }
}
