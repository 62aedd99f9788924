using System.Text;
using OdcPowerShell.Emulator;
using OdcPowerShell.MobileBuilds;

namespace OdcPowerShell.Tests.MobileBuilds;

/// <summary>What packages are made and signed with.</summary>
public sealed class MobileConfigurationTests
{
    private const string SetAll = """
        Set-OdcIosConfiguration 'Driver Go' Production -CertificatePath store.p12 -CertificatePassword (Secure 'pass-of-certificate') -ProvisioningProfilePath store.mobileprovision -BuildType appstore
        """;

    private const string SetSecret = "Set-OdcIosConfiguration 'Driver Go' Production -CertificatePath store.p12 -CertificatePassword $pass -ProvisioningProfilePath store.mobileprovision";

    [Fact]
    public async Task Signing_files_of_a_platform_are_set_and_the_app_is_built()
    {
        await using var lab = await MobileLab.StartAsync();
        Assert.Equal("MissingConfiguration", lab.Run("Test-OdcMobileBuild 'Driver Go' Production -Platform iOS").Single<OdcMobileBuildValidation>().Result);
        Assert.Empty(lab.Run(SetAll).ThrowOnError().Output);
        var patch = lab.Tenant.Statistics.Requests.Single(r => r.Method == "PATCH");
        Assert.Equal(
            $$$"""{"certificate":{"value":"{{{Convert.ToBase64String(SigningSamples.Certificate)}}}"},"certificateName":{"value":"store.p12"},"certificatePassword":{"value":"pass-of-certificate"},"provisioningProfile":{"value":"{{{Convert.ToBase64String(SigningSamples.Profile)}}}"},"provisioningProfileName":{"value":"store.mobileprovision"},"buildType":{"value":"AppStore"}}""",
            patch.Body!.Replace("\\u002B", "+", StringComparison.Ordinal));
        var now = lab.Run("Get-OdcIosConfiguration 'Driver Go' Production").Single<OdcIosConfiguration>();
        Assert.Equal(("com.acme.driver", "AppStore", "store.p12", "Production", "Driver Go"), (now.AppIdentifier!.Value, now.BuildType!.ToString(), now.CertificateName!.Value, now.StageName, now.AssetName));
        Assert.Equal((true, true, "***", null), (now.Certificate!.IsSet, now.ProvisioningProfile!.IsSet, now.ProvisioningProfile.ToString(), now.ProvisioningProfile.Value));
        Assert.EndsWith("-Production-iOS-1.0.0.ipa", lab.Run("Test-OdcMobileBuild 'Driver Go' Production -Platform iOS | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Save-OdcContent -PassThru").Single<FileInfo>().Name, StringComparison.Ordinal);

        // New signing material needs a new build.
        lab.Run("Set-OdcIosConfiguration 'Driver Go' Production -CertificatePassword (Secure 'another pass')").ThrowOnError();
        Assert.Equal("NativeBuildNeeded", lab.Run("Test-OdcMobileBuild 'Driver Go' Production -Platform iOS").Single<OdcMobileBuildValidation>().Result);
    }

    [Theory]
    [InlineData(SetSecret + " -PassThru -Verbose -Debug")]
    [InlineData(SetSecret + " -WhatIf")]
    [InlineData(SetSecret + " -BuilderVersion 99")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath release.keystore -KeystorePassword $pass -KeyAlias $alias -PassThru -Verbose -Debug")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeyAliasSecretName key-alias -KeystorePasswordSecretName key-pass -VaultName one -PassThru -Verbose")]
    [InlineData("Set-OdcAndroidConfiguration Fleet QA -KeyAlias $alias")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePassword 'pass-of-certificate'")]
    [InlineData("Get-OdcIosConfiguration 'Driver Go' QA; Get-OdcAndroidConfiguration 'Driver Go' QA -Verbose -Debug")]
    [InlineData("Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey $pass -PassThru -Verbose; Set-OdcMobileExtensibilitySetting 'Driver Go' QA PushApiKey -SecretName key-pass -WhatIf")]
    public async Task No_secret_is_shown_anywhere(string line)
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run(FakeVault.Install + "; $alias = $global:Secrets['key-alias'] = Secure 'alias-of-key'; $pass = $global:Secrets['key-pass'] = Secure 'pass-of-certificate'").ThrowOnError();
        var shown = lab.Run("$log = & { " + line.Trim() + " } *>&1; $log | Out-Default; $log | Format-List * -Force | Out-String -Width 5000; $log | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | ForEach-Object { ConvertTo-Json $_ -Depth 5; ConvertTo-CliXml $_ -Depth 6; \"$_\" }; $Error | ForEach-Object { \"$_ $($_.ErrorDetails.RecommendedAction)\"; $_.Exception | Format-List * -Force | Out-String -Width 5000 }");
        var seen = lab.Shell.Host.Text.Replace("\n", "", StringComparison.Ordinal) + string.Concat(shown.Output);
        string[] secrets = ["alias-of-key", "pass-of-certificate", "nobody may see", "profile-of-qa", "keystore-of-qa", "driver-qa", "certificate-of-qa", .. new[] { SigningSamples.Certificate, SigningSamples.Keystore, SigningSamples.Profile, Encoding.ASCII.GetBytes("profile-of-qa") }.Select(Convert.ToBase64String)];
        // The line itself stands in an error, where the user typed a text that is not accepted.
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, seen.Replace(line.Trim(), "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.True(seen.Length > 100, "Hardly anything was seen: the test looks past it.");
    }

    [Theory]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath nowhere.jks", "OdcFileNotFound", "There is no file")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath empty", "OdcInvalidRequest", "is empty")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath notes.txt", "OdcInvalidRequest", "is not an Android keystore: it is a text")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath store.mobileprovision", "OdcInvalidRequest", "is not an Android keystore")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath $folder", "OdcFileNotFound", "There is no file")]
    [InlineData("Set-OdcAndroidConfiguration 'Driver Go' QA -KeystorePath Env:PATH", "OdcFileNotFound", "not a path of the file system")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -CertificatePath release.keystore", "OdcInvalidRequest", "is not a certificate in the form PKCS#12")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -CertificatePath store.mobileprovision", "OdcInvalidRequest", "is not a certificate in the form PKCS#12")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -ProvisioningProfilePath store.p12", "OdcInvalidRequest", "is not a provisioning profile")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -ProvisioningProfilePath large", "OdcInvalidRequest", "too much for a provisioning profile")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA", "OdcInvalidRequest", "There is nothing to change")]
    [InlineData("Get-OdcIosConfiguration 'Driver Go' QA | Set-OdcIosConfiguration -Stage Production", "OdcInvalidRequest", "There is nothing to change")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' -BuildType Adhoc", "OdcInvalidRequest", "names no stage")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -CertificatePassword ([securestring]::new())", "OdcInvalidRequest", "-CertificatePassword is empty")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -CertificatePassword (Secure a) -CertificatePasswordSecretName b", "OdcInvalidRequest", "-CertificatePassword and -CertificatePasswordSecretName are two values")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -BuildType Adhoc -VaultName one", "OdcInvalidRequest", "-VaultName is specified")]
    [InlineData("Set-OdcIosConfiguration 'Driver Go' QA -CertificatePasswordSecretName nowhere", "OdcSecretNotFound", "nowhere")]
    [InlineData("Set-OdcIosConfiguration 'Order Desk' QA -BuildType Adhoc", "OdcInvalidRequest", "Order Desk is a WebApplication and not a mobile app")]
    [InlineData("Get-OdcIosConfiguration 'Driver Go' QA | Set-OdcAndroidConfiguration -BuildType Debug", "OdcInvalidRequest", "not an OdcIosConfiguration")]
    [InlineData("Get-OdcLibrary 'Camera Kit' | Set-OdcIosConfiguration -Stage QA -BuildType Adhoc", "OdcInvalidRequest", "OdcLibrary")]
    public async Task What_is_wrong_is_rejected_before_anything_is_changed(string line, string id, string message)
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Write("empty", []);
        lab.Write("notes.txt", "-----BEGIN CERTIFICATE-----\nMIIC"u8.ToArray());
        lab.Write("large", new byte[11 * 1024 * 1024]);
        lab.Run(FakeVault.Install).ThrowOnError();
        Assert.Contains(message, lab.Run(line).Error.MustBe(id).ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_secret_as_plain_text_is_rejected_by_the_parameter_and_not_repeated()
    {
        await using var lab = await MobileLab.StartAsync();
        foreach (var parameter in new[] { "Android -KeystorePassword", "Android -KeyAlias", "Android -KeyAliasPassword", "Ios -CertificatePassword" })
        {
            var error = lab.Run($"Set-Odc{parameter.Split(' ')[0]}Configuration 'Driver Go' QA {parameter.Split(' ')[1]} 'plain text'").Error;
            Assert.Contains("A SecureString is expected here", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("plain text", error.ToString() + error.Exception, StringComparison.Ordinal);
        }

        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_was_sent_shows_no_secret()
    {
        await using var lab = await MobileLab.StartAsync();
        var path = $"/api/native-mobile-builds/v1/environments/{lab.Tenant.Stages[2].Key}/applications/{lab.App}/configurations/ios";
        var content = Convert.ToBase64String(SigningSamples.Certificate);
        lab.Tenant.Answer(path, new CannedAnswer(400, "application/json", $$"""{ "title": "Bad", "status": 400, "detail": "You sent {{content}}, {{content[..40]}} and pass-of-certificate", "traceId": "t", "errorCode": "OS-NATIVE-40040" }"""));
        var error = lab.Run(SetAll).Error.MustBe("OdcInvalidRequest");
        Assert.Contains("You sent ***", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(content[..20], error.ToString() + error.Exception, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-of-certificate", error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_file_change_one_app_and_stage_each_and_a_wrong_one_is_an_error_of_its_own()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run(FakeVault.Install + "; $global:Secrets.pass = Secure 'a pass'").ThrowOnError();
        var result = lab.Run("""
            'Asset,Stage,AppIdentifier,BuildType,KeystorePath,KeystorePasswordSecretName,VaultName
            Driver Go,QA,com.acme.q,bundle,release.keystore,pass,
            Driver Go,Production,,,nowhere.keystore,,
            Driver Go,Development,,,,,
            Driver Go,Nowhere,com.acme.x,,,,
            Driver Go,Production,com.acme.p,,,pass,' | ConvertFrom-Csv | Set-OdcAndroidConfiguration -PassThru
            """);
        Assert.Equal(["OdcFileNotFound", "OdcInvalidRequest", "OdcNotFound"], result.Errors.Select(e => e.Id()));
        Assert.Equal(["QA com.acme.q Bundle", "Production com.acme.p Bundle"], result.Output.Select(o => (OdcAndroidConfiguration)o.BaseObject).Select(c => $"{c.StageName} {c.AppIdentifier} {c.BuildType}"));
        Assert.Equal(1, lab.Run("$global:Reads").Single<int>());
        Assert.Equal(2, lab.Changes.Count);
    }

    [Fact]
    public async Task An_app_that_does_not_run_there_is_an_error_and_one_without_configuration_has_none()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("$null = New-OdcAsset Scanner MobileApplication").ThrowOnError();
        foreach (var line in new[] { "Get-OdcAndroidConfiguration Scanner QA", "Get-OdcMobileExtensibilitySetting Scanner QA", "Set-OdcIosConfiguration Scanner QA -BuildType Simulator" })
            Assert.Contains("Scanner does not run in QA", lab.Run(line).Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        var path = $"/api/native-mobile-builds/v1/environments/{lab.Tenant.Stages[1].Key}/applications/{lab.App}/configurations/ios";
        lab.Tenant.Answer(path, new CannedAnswer(404, "application/json", """{ "title": "Not Found", "status": 404, "detail": "There is no mobile configuration deployed.", "traceId": "t", "errorCode": "OS-NATIVE-40401" }"""));
        Assert.Empty(lab.Run("Get-OdcIosConfiguration 'Driver Go' QA").ThrowOnError().Output);
        Assert.Single(lab.Run("Get-OdcStage | Get-OdcIosConfiguration -Asset 'Driver Go' | Where-Object BuildType -eq Simulator").All<OdcIosConfiguration>());
    }

    [Fact]
    public async Task The_tables_fit_80_columns()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Shell.Host.Width = 80;
        lab.Run("Get-OdcAndroidConfiguration 'Driver Go' QA | Out-Default; Get-OdcIosConfiguration 'Driver Go' QA | Out-Default; Test-OdcMobileBuild 'Driver Go' QA | Out-Default; Start-OdcMobileBuild 'Driver Go' QA Android | Out-Default; Get-OdcMobileExtensibilitySetting 'Driver Go' QA | Out-Default; Get-OdcMobileBuilderVersion | Out-Default; Get-OdcMobileVersionSuggestion 'Driver Go' QA | Out-Default").ThrowOnError();
        Assert.All(lab.Shell.Host.Text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        foreach (var shown in new[] { "com.acme.driver.qa", "NativeBuildNeeded", "VersionNumber", "Camera Kit/CameraUsage", "EndOfSupportDate", "2028-06-30" })
            Assert.Contains(shown, lab.Shell.Host.Text, StringComparison.Ordinal);
    }
}
