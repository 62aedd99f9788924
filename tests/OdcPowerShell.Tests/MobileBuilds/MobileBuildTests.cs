using OdcPowerShell.Emulator;
using OdcPowerShell.MobileBuilds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tests.MobileBuilds;

/// <summary>Packages of mobile apps, from the test to the file.</summary>
public sealed class MobileBuildTests
{
    internal const string Base = "/api/native-mobile-builds/v1/build-operations";
    private const string Posts = "POST " + Base;
    private const string Line = "Test-OdcMobileBuild 'Driver Go' -Stage QA | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Save-OdcContent -Path $folder -PassThru";

    [Fact]
    public async Task One_line_tests_builds_and_saves_the_packages_of_both_platforms()
    {
        await using var lab = await MobileLab.StartAsync();
        var saved = lab.Run(Line).All<FileInfo>();
        var revision = lab.Tenant.Delivery.DeployedRevision(lab.App, lab.Tenant.Stages[1].Key);
        Assert.Equal([$"Driver Go-r{revision}-QA-Android-1.0.0.apk", $"Driver Go-r{revision}-QA-iOS-1.0.0.ipa"], saved.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(saved, file => Assert.True(file.Length > 100));
        Assert.Equal([2, 1, 1], new[] { Posts, Posts + "/native-build-validation", Posts + "/version-suggestions" }.Select(post => lab.Sent.Count(s => s == post)));
        // Each poll names the app and the stage.
        Assert.All(lab.Tenant.Statistics.Requests.Where(r => r.Method == "GET" && r.Path.StartsWith(Base + "/", StringComparison.Ordinal)), r =>
            Assert.Contains($"environmentKey={lab.Tenant.Stages[1].Key}&applicationKey={lab.App}", r.PathAndQuery, StringComparison.Ordinal));

        lab.Forget();
        var again = lab.Run(Line).ThrowOnError();
        Assert.Empty(again.Output);
        Assert.Equal(2, again.Warnings.Count(w => w.Contains("up to date", StringComparison.Ordinal)));
        Assert.DoesNotContain(Posts, lab.Sent);
        Assert.Equal("1.0.1", lab.Run("Test-OdcMobileBuild 'Driver Go' -Stage QA -Platform iOS | Start-OdcMobileBuild -UseSuggestedVersion -Force").Single<OdcMobileBuild>().VersionNumber);
    }

    [Fact]
    public async Task A_release_build_of_a_revision_is_tested_built_and_saved_as_the_guide_says()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("$app = Get-OdcAsset 'Driver Go'; $revision = (Get-OdcDeployedAsset -Stage Production -Asset $app -Flat).Revision").ThrowOnError();
        var result = lab.Run("""
            $app | Get-OdcBuild -Revision $revision -BuildType Release | Test-OdcMobileBuild -Stage Production |
              Where-Object Result -eq NativeBuildNeeded | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Save-OdcContent -Path $folder -PassThru
            """);
        // The bundle is for the store; iOS is not configured in Production.
        Assert.EndsWith("-Production-Android-1.0.0.aab", result.Single<FileInfo>().Name, StringComparison.Ordinal);
        var rows = lab.Run("Test-OdcMobileBuild $app -Stage Production").All<OdcMobileBuildValidation>();
        Assert.Equal(["Android NativeBuildNotNeeded", "iOS MissingConfiguration"], rows.Select(r => $"{r.Platform} {r.Result}"));
        Assert.All(rows, r => Assert.Equal((lab.App.ToString(), "Driver Go", "Production"), (r.AssetKey, r.AssetName, r.StageName)));
        Assert.Contains("Set-OdcIosConfiguration", rows[1].Message, StringComparison.Ordinal);
        // An asset has the number of its latest revision, and what runs in the stage is meant.
        lab.Run("if ($app.Revision -le $revision) { throw 'The latest revision runs in Production.' }").ThrowOnError();
        Assert.All(lab.Run("$app | Test-OdcMobileBuild -Stage Production").All<OdcMobileBuildValidation>(), r => Assert.Equal((rows[0].Revision, rows[0].BuildKey), (r.Revision, r.BuildKey)));
    }

    [Theory]
    [InlineData("Test-OdcMobileBuild 'Driver Go' -Stage Production | Start-OdcMobileBuild -UseSuggestedVersion -Wait", "Set-OdcIosConfiguration", 1)]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage Production -Platform Android, iOS -UseSuggestedVersion -Wait", "The configuration for iOS", 2)]
    public async Task A_platform_without_configuration_is_one_error_and_the_other_is_built(string line, string told, int starts)
    {
        await using var lab = await MobileLab.StartAsync();
        var result = lab.Run(line);
        var error = Assert.Single(result.Errors).MustBe("OdcInvalidRequest");
        Assert.Contains(told, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("iOS", error.ToString(), StringComparison.Ordinal);
        var built = (OdcMobileBuild)Assert.Single(result.Output).BaseObject;
        Assert.Equal(("Android", "Finished", "Production"), (built.Platform, built.Status, built.StageName));
        Assert.Equal(starts, lab.Sent.Count(s => s == Posts));
    }

    [Fact]
    public async Task A_failed_build_is_an_error_with_the_last_lines_of_its_log_and_the_other_is_written()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.MobileBuild, OperationPlan.Failing("The plugin Camera Kit does not compile.", "Gradle ended with 1."));
        var result = lab.Run("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android, iOS -UseSuggestedVersion -Wait");
        var error = Assert.Single(result.Errors).MustBe("OdcOperationFailed");
        var revision = lab.Tenant.Delivery.DeployedRevision(lab.App, lab.Tenant.Stages[1].Key);
        foreach (var text in new[] { $"mobile build of Driver Go revision {revision} for Android in QA", "ended as Error", "does not compile. Gradle ended with 1.", "Signing the package." })
            Assert.Contains(text, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Error", Assert.IsType<OdcMobileBuild>(error.TargetObject).Status);
        Assert.Equal("iOS", ((OdcMobileBuild)Assert.Single(result.Output).BaseObject).Platform);

        lab.Shell.Set("failed", error.TargetObject);
        var log = lab.Run("$failed | Get-OdcMobileBuildLog").All<OdcPowerShell.Deployments.OdcOperationMessage>();
        Assert.Equal(["Info", "Info", "Info", "Info", "Error", "Error"], log.Select(l => l.Severity));
        Assert.All(log, l => Assert.Equal(((OdcMobileBuild)error.TargetObject).MobileBuildKey, l.OperationKey));
        Assert.Contains("no URL", lab.Run("$failed | Save-OdcContent -Path $folder").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Contains("Gradle", lab.Run("Save-OdcContent -Uri ($failed | Get-OdcMobileBuild).MobileBuildLogUrl -Path build.log; Get-Content build.log -Raw").Single<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_link_is_read_again_from_the_build()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("$build = Start-OdcMobileBuild 'Driver Go' -Stage Development -Platform iOS -Wait").ThrowOnError();
        lab.Tenant.Delivery.Storage.ExpireUrls();
        lab.Run("$build | Save-OdcContent -Path $folder").Error.MustBe("OdcLinkExpired");
        // A package for the simulator is no .ipa.
        Assert.EndsWith("-Development-iOS-1.0.0.app", lab.Run("$build | Get-OdcMobileBuild | Save-OdcContent -Path $folder -PassThru").Single<FileInfo>().Name, StringComparison.Ordinal);
        Assert.Equal("manifest.plist", lab.Run("Save-OdcContent -Uri ($build | Get-OdcMobileBuild).AppDeploymentFileDownloadUrl -Path $folder -PassThru").Single<FileInfo>().Name);
        Assert.Empty(lab.Tenant.Delivery.Storage.RefusedAuthorizations);
    }

    [Theory]
    [InlineData("Test-OdcMobileBuild 'Order Desk' -Stage QA", "OdcInvalidRequest", "Order Desk is a WebApplication and not a mobile app")]
    [InlineData("Get-OdcAsset 'Order Desk' | Start-OdcMobileBuild -Stage QA -Platform Android", "OdcInvalidRequest", "not a mobile app")]
    [InlineData("Get-OdcMobileBuild Fleet -Stage QA", "OdcInvalidRequest", "Fleet is a WebApplication")]
    [InlineData("Get-OdcMobileVersionSuggestion 'Camera Kit' -Stage QA", "OdcInvalidRequest", "Camera Kit is a MobileLibrary and not a mobile app")]
    [InlineData("Get-OdcLibrary 'Camera Kit' | Start-OdcMobileBuild -Stage QA -Platform iOS", "OdcInvalidRequest", "OdcLibrary")]
    [InlineData("Get-OdcMobileVersionSuggestion 'Driver Go' -Stage QA | ForEach-Object { Get-OdcUser -First 1 } | Start-OdcMobileBuild -Stage QA -Platform iOS", "OdcInvalidRequest", "OdcUser")]
    [InlineData("New-OdcAsset Scanner MobileApplication | Start-OdcMobileBuild -Stage QA -Platform Android", "OdcNotFound", "Revision 1 of Scanner has no finished Release build")]
    [InlineData("$null = New-OdcAsset Scanner MobileApplication; Start-OdcMobileBuild Scanner -Stage QA -Platform Android", "OdcNotFound", "Scanner does not run in QA")]
    [InlineData("$null = New-OdcAsset Scanner MobileApplication; Test-OdcMobileBuild Scanner -Stage QA -Revision 1", "OdcNotFound", "Revision 1 of Scanner has no finished Release build")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Platform Android", "OdcInvalidRequest", "The stage that Driver Go is built for is not specified")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA", "OdcInvalidRequest", "The platform that Driver Go is built for is not specified")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -VersionNumber 1.0", "OdcInvalidRequest", "'1.0' is not a version")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -VersionNumber 1.0.0-beta", "OdcInvalidRequest", "is not a version")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -VersionNumber 1.0.0 -UseSuggestedVersion", "OdcInvalidRequest", "two versions")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -VersionCode 0", "OdcInvalidRequest", "is not above 0")]
    [InlineData("Start-OdcMobileBuild 'Driver Go' -Stage QA -Platform Android -Build $nothing", "OdcInvalidRequest", "-Build has no value")]
    [InlineData("Test-OdcMobileBuild 'Driver Go' -Stage QA -Build $nothing", "OdcInvalidRequest", "-Build has no value")]
    [InlineData("Get-OdcMobileBuild 11111111-1111-4111-8111-111111111111", "OdcInvalidRequest", "The app and the stage of mobile build")]
    [InlineData("Get-OdcMobileBuildLog 11111111-1111-4111-8111-111111111111 -Stage QA", "OdcInvalidRequest", "The app and the stage of mobile build")]
    [InlineData("Get-OdcMobileBuild 11111111-1111-4111-8111-111111111111 -Asset 'Driver Go' -Stage QA -Platform iOS", "OdcInvalidRequest", "choose among several")]
    [InlineData("Get-OdcMobileBuild", "OdcInvalidRequest", "No app is specified")]
    [InlineData("Get-OdcMobileBuild -Asset 'Driver Go'", "OdcInvalidRequest", "No stage is specified for the builds")]
    [InlineData("Get-OdcMobileBuild 'Driver Go'", "OdcInvalidRequest", "No stage is specified for the builds of Driver Go")]
    public async Task What_is_wrong_is_rejected_before_the_service_is_asked_for_a_build(string line, string id, string message)
    {
        await using var lab = await MobileLab.StartAsync();
        var result = lab.Run(line);
        Assert.Contains(message, result.Error.MustBe(id).ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.DoesNotContain(lab.Sent, s => s.Contains(Base, StringComparison.Ordinal) && !s.EndsWith("/version-suggestions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_is_not_higher_and_an_unknown_platform_are_rejected_by_the_service()
    {
        await using var lab = await MobileLab.StartAsync();
        Assert.Equal(("2.0.0", 20), lab.Run("Start-OdcMobileBuild 'Driver Go' QA Android -VersionNumber 2.0.0 -VersionCode 20").All<OdcMobileBuild>().Select(b => (b.VersionNumber, b.VersionCode)).Single());
        var error = Assert.Single(lab.Run("Start-OdcMobileBuild 'Driver Go' QA Android -VersionNumber 1.9.9").Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("Android build of Driver Go", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("must be higher", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("2.0.1", 21), lab.Run("Get-OdcMobileVersionSuggestion 'Driver Go' QA -Platform android").All<OdcMobileVersionSuggestion>().Select(s => (s.VersionNumber, s.VersionCode)).Single());

        var result = lab.Run("Start-OdcMobileBuild 'Driver Go' QA Android, Windows -UseSuggestedVersion");
        Assert.Contains("'Windows' is not a value that this module knows", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("suggests no version of Driver Go in QA for Windows", Assert.Single(result.Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Contains("not a mobile platform", lab.Run("Start-OdcMobileBuild 'Driver Go' QA Windows").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Builds_are_listed_and_read_with_their_app_and_stage()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("$started = Start-OdcMobileBuild 'Driver Go' Development, QA Android, iOS; $null = $started | Wait-OdcOperation; $null = Start-OdcMobileBuild 'Driver Go' QA iOS -Wait").ThrowOnError();
        Assert.Equal(4, (int)lab.Run("$started.Count").Output[0].BaseObject);
        lab.Forget();
        var all = lab.Run("Get-OdcStage | Get-OdcMobileBuild -Asset 'Driver Go'").All<OdcMobileBuild>();
        Assert.Equal(["Development iOS", "Development Android", "QA iOS", "QA iOS", "QA Android"], all.Select(b => $"{b.StageName} {b.Platform}"));
        Assert.All(all, b => Assert.Equal(("Driver Go", lab.App.ToString(), "Finished"), (b.AssetName, b.AssetKey, b.Status)));
        Assert.Equal(["QA iOS", "QA iOS"], lab.Run("Get-OdcMobileBuild 'Driver Go' QA -Platform ios -Status finished").All<OdcMobileBuild>().Select(b => $"{b.StageName} {b.Platform}"));
        Assert.Single(lab.Run("Get-OdcAsset 'Driver Go' | Get-OdcMobileBuild -Stage QA -First 1").All<OdcMobileBuild>());
        Assert.Equal(3, lab.Run("(Get-OdcMobileBuild 'Driver Go' QA -First 0 -IncludeTotalCount).ToString() -match '\\d+' | Out-Null; [int]$Matches[0]").Single<int>());
        Assert.Equal(2, lab.Run("Get-OdcMobileBuild 'Driver Go' QA -PageSize 1 -Skip 1").All<OdcMobileBuild>().Count);
        Assert.Equal(["QA iOS", "QA Android"], lab.Run("Get-OdcMobileBuild 'Driver Go' Development, QA -Skip 3").All<OdcMobileBuild>().Select(b => $"{b.StageName} {b.Platform}"));
        Assert.Empty(lab.Run("Get-OdcMobileBuild 'Driver Go' QA -Revision 1").ThrowOnError().Output);

        // By key: the objects have their place; a CSV file has it in its columns; another place is an error.
        lab.Run("$one = Get-OdcMobileBuild 'Driver Go' QA -First 1").ThrowOnError();
        foreach (var line in new[] { "$one", "Get-OdcMobileBuild $one.MobileBuildKey -Asset 'Driver Go' -Stage QA", "$one | ConvertTo-Csv | ConvertFrom-Csv", "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($one))" })
        {
            var read = lab.Run($"{line} | Get-OdcMobileBuild").Single<OdcMobileBuild>();
            Assert.Equal((all[2].MobileBuildKey, "QA"), (read.MobileBuildKey, read.StageName));
        }

        Assert.Contains("The stage of mobile build", lab.Run("$one | Get-OdcMobileBuild -Stage Development").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("404", lab.Run("Get-OdcMobileBuild $one.MobileBuildKey -Asset 'Driver Go' -Stage Development").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_file_start_builds_and_empty_cells_are_not_specified()
    {
        await using var lab = await MobileLab.StartAsync();
        var started = lab.Run("""
            'Asset,Stage,Platform,BuildKey,VersionNumber,VersionCode
            Driver Go,QA,"Android, ios",,1.5.0,7
            Driver Go,Development,Android,,,' | ConvertFrom-Csv | Start-OdcMobileBuild -Wait
            """).All<OdcMobileBuild>();
        Assert.Equal(["Development Android 1.0.0 1", "QA Android 1.5.0 7", "QA iOS 1.5.0 7"], started.Select(b => $"{b.StageName} {b.Platform} {b.VersionNumber} {b.VersionCode}").Order(StringComparer.Ordinal));
        // The rows of a test, too.
        Assert.Equal(2, lab.Run("Test-OdcMobileBuild 'Driver Go' QA | ConvertTo-Csv | ConvertFrom-Csv | Start-OdcMobileBuild -UseSuggestedVersion -WhatIf; Test-OdcMobileBuild 'Driver Go' Development | ConvertTo-Csv | ConvertFrom-Csv | Start-OdcMobileBuild -UseSuggestedVersion").All<OdcMobileBuild>().Count);
    }

    [Fact]
    public async Task The_log_ends_with_the_page_that_is_not_full()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("$build = Start-OdcMobileBuild 'Driver Go' QA Android -Wait").ThrowOnError();
        lab.Forget();
        Assert.Equal(5, lab.Run("$build | Get-OdcMobileBuildLog").Output.Count);
        Assert.Single(lab.Sent);
        Assert.Equal(5, lab.Run("$build | Get-OdcMobileBuildLog -PageSize 2").Output.Count);
        Assert.Equal(4, lab.Sent.Count);
        Assert.Equal(2, lab.Run("$build | Get-OdcMobileBuildLog -Skip 1 -First 2").Output.Count);
        Assert.Equal(5, lab.Run("Get-OdcMobileBuildLog $build.MobileBuildKey -Asset 'Driver Go' -Stage QA").Output.Count);
    }

    [Fact]
    public async Task A_wait_that_ends_early_shows_the_command_that_resumes_it_with_app_and_stage()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.MobileBuild, OperationPlan.Endless with { Times = 1 });
        var error = lab.Run("Start-OdcMobileBuild 'Driver Go' QA Android -Wait -TimeoutSec 1").Error.MustBe("OdcTimeout");
        Assert.Contains("still Building after 1 s", error.ToString(), StringComparison.Ordinal);
        var key = ((OdcMobileBuild)error.TargetObject).MobileBuildKey;
        Assert.Contains($"Get-OdcMobileBuild {key} -Asset 'Driver Go' -Stage 'QA' | Wait-OdcOperation", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(key, lab.Run($"Get-OdcMobileBuild {key} -Asset 'Driver Go' -Stage 'QA'").Single<OdcMobileBuild>().MobileBuildKey);
    }

    [Fact]
    public async Task Permissions_are_those_of_the_stage_and_are_named()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Tenant.Clients["admin"].SetPermissions(lab.Tenant.Stages[1].Key, "Stage > View stage");
        Assert.NotEmpty(lab.Run("Test-OdcMobileBuild 'Driver Go' QA").ThrowOnError().Output);
        Assert.Contains("Release management > Deploy assets", lab.Run("Start-OdcMobileBuild 'Driver Go' QA Android").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.Contains("Configuration management > View configurations", lab.Run("Get-OdcIosConfiguration 'Driver Go' QA").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
        Assert.Contains("Configuration management > Edit asset configurations", lab.Run("Set-OdcIosConfiguration 'Driver Go' QA -BuildType Simulator").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIf_shows_the_suggested_version_and_starts_nothing()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Run("Test-OdcMobileBuild 'Driver Go' QA | Start-OdcMobileBuild -UseSuggestedVersion -WhatIf").ThrowOnError();
        foreach (var text in new[] { "Android build of Driver Go, revision", "iOS build of Driver Go", "in QA, version 1.0.0 (1)", "\"mobilePlatform\":\"iOS\"" })
            Assert.Contains(text, lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Posts, lab.Sent);
    }

    [Fact]
    public async Task Builder_versions_have_dates_in_both_forms_that_the_documentation_names()
    {
        await using var lab = await MobileLab.StartAsync();
        var versions = lab.Run("Get-OdcMobileBuilderVersion").All<OdcMobileBuilderVersion>();
        Assert.Equal(["Beta", "Active", "Deprecated"], versions.Select(v => v.State));
        Assert.Equal((2028, 6, 30), (versions[1].EndOfSupportDate!.Value.Year, versions[1].EndOfSupportDate!.Value.Month, versions[1].EndOfSupportDate!.Value.Day));
        lab.Tenant.Answer("/api/native-mobile-builds/v1/native-builder-versions", new CannedAnswer(200, "application/json", """{ "results": [{ "version": "9", "endOfLifeDate": "05-06-2027" }] }"""));
        Assert.Equal(new DateTimeOffset(2027, 5, 6, 0, 0, 0, TimeSpan.Zero), lab.Run("Get-OdcMabsVersion").Single<OdcMobileBuilderVersion>().EndOfLifeDate);
    }

    [Fact]
    public async Task A_platform_of_a_later_version_is_a_row_and_Tab_offers_what_is_known()
    {
        await using var lab = await MobileLab.StartAsync();
        lab.Tenant.Answer(Base + "/native-build-validation", new CannedAnswer(200, "application/json", """{ "platformResults": { "Android": "NativeBuildNeeded", "Vision": "NativeBuildNeeded" } }"""));
        Assert.Equal(["Android", "Vision"], lab.Run("Test-OdcMobileBuild 'Driver Go' QA").All<OdcMobileBuildValidation>().Select(r => r.Platform));
        Assert.Equal(["Android", "iOS"], lab.Run("(TabExpansion2 'Start-OdcMobileBuild x -Platform ').CompletionMatches.CompletionText").All<string>());
        Assert.Contains("'Driver Go'", lab.Run("(TabExpansion2 'Get-OdcIosConfiguration -Asset Dri').CompletionMatches.CompletionText").All<string>());
    }
}
