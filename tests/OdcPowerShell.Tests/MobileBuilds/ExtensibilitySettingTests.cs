using OdcPowerShell.MobileBuilds;

namespace OdcPowerShell.Tests.MobileBuilds;

/// <summary>Extensibility settings, a row for each.</summary>
public sealed class ExtensibilitySettingTests
{
    private const string Path = "/configurations/extensibility-settings";

    [Fact]
    public async Task Settings_of_the_app_and_of_its_libraries_are_rows()
    {
        await using var lab = await MobileLab.StartAsync();
        var rows = lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA").All<OdcMobileExtensibilitySetting>();
        Assert.Equal(["MinimumAndroidSdk", "UsesBiometrics", "SplashColor", "PushApiKey", "Camera Kit/CameraUsage", "Camera Kit/MaximumMegapixels"], rows.Select(r => r.FullName));
        Assert.All(rows, r => Assert.Equal(("Driver Go", "QA", "Default"), (r.AssetName, r.StageName, r.ValueOrigin)));
        Assert.Equal((true, null, null), (rows[3].IsSecret, rows[3].Value, rows[3].DefaultValue));
        Assert.Equal((lab.Tenant.Delivery.Asset("Camera Kit").Key.ToString(), true), (rows[4].LibraryKey, rows[4].IsMandatory));
        Assert.Equal(["MinimumAndroidSdk", "Camera Kit/MaximumMegapixels"], lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA -Name M*").All<OdcMobileExtensibilitySetting>().Select(r => r.FullName));
        Assert.Contains("MinimumAndroidSdk", lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA -Name MinimumAndroidSdkk").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_file_are_one_request_and_wrong_ones_are_errors_of_their_own()
    {
        await using var lab = await MobileLab.StartAsync();
        var result = lab.Run("""
            'Asset,Stage,Name,Value
            Driver Go,QA,MinimumAndroidSdk,28
            Driver Go,QA,Camera Kit/CameraUsage,To scan parcels
            Driver Go,QA,UsesBiometrics,perhaps
            Driver Go,QA,NoSuchSetting,1
            Driver Go,QA,SplashColor,#FFFFFF
            Fleet,QA,MinimumAndroidSdk,28
            Driver Go,QA,PushApiKey,plain' | ConvertFrom-Csv | Set-OdcMobileExtensibilitySetting -PassThru
            """);
        Assert.Equal(["OdcInvalidRequest", "OdcNotFound", "OdcInvalidRequest", "OdcInvalidRequest"], result.Errors.Select(e => e.Id()));
        Assert.Contains(result.Errors, e => e.ToString().Contains("'perhaps' is not a value of the setting UsesBiometrics of Driver Go in QA", StringComparison.Ordinal));
        Assert.Contains(result.Errors, e => e.ToString().Contains("Fleet is a WebApplication", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Errors, e => e.ToString().Contains("plain'", StringComparison.Ordinal) || e.TargetObject.ToString()!.Contains("Value=plain", StringComparison.Ordinal));
        Assert.Equal(["MinimumAndroidSdk 28", "SplashColor #FFFFFF", "Camera Kit/CameraUsage To scan parcels"], result.Output.Select(o => (OdcMobileExtensibilitySetting)o.BaseObject).Select(s => $"{s.FullName} {s.Value}"));
        var patch = Assert.Single(lab.Tenant.Statistics.Requests, r => r.Method == "PATCH");
        Assert.DoesNotContain("SplashColor", patch.Body, StringComparison.Ordinal);
        Assert.Contains($$"""
            "libraries":[{"key":"{{lab.Tenant.Delivery.Asset("Camera Kit").Key}}","settings":[{"key":
            """.Trim(), patch.Body, StringComparison.Ordinal);
        Assert.Equal("NativeBuildNeeded", lab.Run("Test-OdcMobileBuild 'Driver Go' QA -Platform Android").Single<OdcMobileBuildValidation>().Result);
    }

    [Fact]
    public async Task Rows_that_were_read_are_written_back_and_to_another_stage()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("Set-OdcMobileExtensibilitySetting 'Driver Go' QA MinimumAndroidSdk 30 -Metadata @{ reason = 'policy' }; Set-OdcMobileExtensibilitySetting 'Driver Go' QA MaximumMegapixels 8 -Library 'Camera Kit'").ThrowOnError();
        Assert.Equal("reason=policy", lab.Run("(Get-OdcMobileExtensibilitySetting 'Driver Go' QA -Name MinimumAndroidSdk).Metadata[0].ToString()").Single<string>());
        lab.Forget();
        lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA | Set-OdcMobileExtensibilitySetting").ThrowOnError();
        Assert.Empty(lab.Changes);
        lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA | Where-Object IsSecret -eq $false | Set-OdcMobileExtensibilitySetting -Stage Production").ThrowOnError();
        Assert.Single(lab.Changes);
        Assert.Equal(["30", "8"], lab.Run("(Get-OdcMobileExtensibilitySetting 'Driver Go' Production | Where-Object ValueOrigin -eq Override).Value").All<string>());
        lab.Run("Set-OdcMobileExtensibilitySetting 'Driver Go' QA SplashColor '' ; Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey (Secure key)").ThrowOnError();
        Assert.Equal("Override", lab.Run("Get-OdcMobileExtensibilitySetting 'Driver Go' QA -Name PushApiKey").Single<OdcMobileExtensibilitySetting>().ValueOrigin);
    }

    [Theory]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey plain", "OdcInvalidRequest", "is a secret setting")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA SplashColor (Secure x)", "OdcInvalidRequest", "is not a secret setting")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA MinimumAndroidSdk many", "OdcInvalidRequest", "whose type is Integer")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA MinimumAndroidSdk", "OdcInvalidRequest", "There is no value for MinimumAndroidSdk")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA -Value 1", "OdcInvalidRequest", "names no setting")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' -Name SplashColor -Value 1", "OdcInvalidRequest", "names no stage")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA CameraUsage x -Library 'Common UI'", "OdcNotFound", "has no setting 'CameraUsage'")]
    [InlineData("Get-OdcAssetSetting 'Driver Go' QA -Name Welcome | Set-OdcMobileExtensibilitySetting", "OdcInvalidRequest", "can't read a setting from an OdcAssetSetting")]
    [InlineData("Get-OdcMobileExtensibilitySetting 'Driver Go' QA -Name SplashColor | Set-OdcAssetSetting -Value x", "OdcInvalidRequest", "can't read a setting from an OdcMobileExtensibilitySetting")]
    [InlineData("[pscustomobject]@{ Asset = 'Fleet'; AssetKey = (Get-OdcAsset 'Driver Go').AssetKey; Stage = 'QA'; Name = 'SplashColor'; Value = 'x' } | Set-OdcMobileExtensibilitySetting", "OdcInvalidRequest", "names the asset Fleet")]
    public async Task What_is_wrong_is_rejected_before_anything_is_changed(string line, string id, string message)
    {
        await using var lab = await MobileLab.StartAsync();
        Assert.Contains(message, lab.Run(line).Error.MustBe(id).ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        Assert.DoesNotContain(lab.Sent, s => s.StartsWith("PATCH", StringComparison.Ordinal) && s.EndsWith(Path, StringComparison.Ordinal));
    }
}
