using OdcPowerShell.AssetRepository;
using OdcPowerShell.ExternalLibraries;

namespace OdcPowerShell.Tests.ExternalLibraries;

/// <summary>Generations by themselves: started, listed, explained and removed.</summary>
public sealed class ExternalLibraryGenerationTests
{
    private const string Generations = "/api/external-libraries/v1/generation-operations";

    [Fact]
    public async Task An_upload_becomes_a_library_and_shows_no_signature()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        var upload = lab.Shell.Run("($upload = New-OdcUpload -ExternalLibrary)").Single<OdcUpload>();
        Assert.Equal("1.zip", upload.Name);
        Assert.NotNull(upload.DownloadUrl);
        var generation = lab.Shell.Run("$upload | Send-OdcFile calc.zip -PassThru | Start-OdcExternalLibraryGeneration -Wait").Single<OdcExternalLibraryGeneration>();
        Assert.Equal(("Completed", "calc.zip", "Calculator", true), (generation.Status, generation.FileName, generation.LibraryName, generation.IsNewLibrary));
        Assert.Equal(generation.LibraryKey, generation.AssetKey);
        lab.Shell.Run("$upload | Out-Default; $upload | Start-OdcExternalLibraryGeneration -FileName other.zip -WhatIf; $copy = $upload | ConvertTo-CliXml; $copy | Out-Default; $upload | Format-List * | Out-Default").ThrowOnError();
        Assert.Contains("1.zip", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("other.zip", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Signature", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.All(lab.ToStorage, r => Assert.False(r.HasAuthorization));
    }

    [Theory]
    [InlineData("New-OdcUpload | Start-OdcExternalLibraryGeneration", "not for an external library")]
    [InlineData("New-OdcUpload -ExternalLibrary | New-OdcAssetRevision", "is for an external library")]
    [InlineData("Start-OdcExternalLibraryGeneration a.zip 'http://storage.example/a.zip'", "not an https address")]
    [InlineData("Start-OdcExternalLibraryGeneration a.zip calc.zip", "not an https address")]
    [InlineData("Start-OdcExternalLibraryGeneration a.zip (New-OdcUpload -ExternalLibrary).DownloadUrl", "not an https address")]
    public async Task The_wrong_upload_is_rejected(string script, string message)
    {
        await using var lab = await LibraryLab.StartAsync();
        Assert.Contains(message, lab.Shell.Run(script).Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(LibraryLab.Start, lab.Sent());
    }

    [Theory]
    [InlineData("Get-OdcStage | Start-OdcExternalLibraryGeneration")]
    [InlineData("Get-OdcDeployment -First 1 | Get-OdcExternalLibraryGeneration")]
    [InlineData("Get-OdcDeployment -First 1 | Get-OdcExternalLibraryContent")]
    [InlineData("Get-OdcDeployment -First 1 | Get-OdcExternalLibraryGenerationLog")]
    [InlineData("Get-OdcDeployment -First 1 | Remove-OdcExternalLibraryGeneration -Confirm:$false")]
    [InlineData("Get-OdcDeployment -First 1 | Get-OdcExternalLibrarySourceDownload")]
    [InlineData("Get-OdcExternalLibraryGeneration | Get-OdcExternalLibrarySourceDownload")]
    [InlineData("Get-OdcExternalLibraryGeneration | Start-OdcExternalLibrarySourceDownload")]
    [InlineData("Get-OdcDeployment -First 1 | Start-OdcExternalLibrarySourceDownload")]
    public async Task Another_kind_of_object_is_rejected(string script)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Shell.Run("$null = Import-OdcExternalLibrary calc.zip -Wait").ThrowOnError();
        lab.Tenant.Statistics.Clear();
        var result = lab.Shell.Run(script);
        Assert.True(result.HasError);
        Assert.Empty(result.Output);
        Assert.DoesNotContain(lab.Sent(), s => s.Contains(Generations + "/", StringComparison.Ordinal) || s.Contains("source-code-download", StringComparison.Ordinal) || s.StartsWith("POST", StringComparison.Ordinal) || s.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_newest_first_and_filtered_here()
    {
        await using var lab = await LibraryLab.StartAsync();
        foreach (var name in new[] { "One", "Two", "Three" })
        {
            lab.WriteLibrary($"{name}.zip", name, LibraryLab.Add);
            lab.Shell.Run($"$null = Import-OdcExternalLibrary {name}.zip -Wait").ThrowOnError();
            lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(1));
        }

        lab.Tenant.Delivery.Plan(EmulatedOperation.LibraryGeneration, OperationPlan.Failing("No."));
        lab.Shell.Run("$null = Import-OdcExternalLibrary One.zip -Wait -ErrorAction SilentlyContinue");
        lab.Tenant.Statistics.Clear();
        Assert.Equal("One.zip, Three.zip, Two.zip, One.zip", Names(""));
        Assert.Equal(["GET " + Generations], lab.Sent());
        Assert.Equal("Three.zip, Two.zip, One.zip", Names("-Status completed"));
        Assert.Equal("One.zip", Names("-Status GenerationError, DownloadError"));
        Assert.Equal("Three.zip, Two.zip", Names("-FileName T*"));
        Assert.Equal("Two.zip", Names("-Library Two"));
        Assert.Equal("One.zip, Three.zip", Names("-Since (Get-Date).AddMinutes(90)"));
        Assert.Equal("Two.zip, One.zip", Names("-Before (Get-Date).AddMinutes(90)"));
        Assert.Equal("", Names("-Status ReadyForReview"));
        lab.Shell.Run("Get-OdcExternalLibraryGeneration -FileName Four.zip").Error.MustBe("OdcNotFound");
        lab.Shell.Run("Get-OdcExternalLibraryGeneration -Library Four").Error.MustBe("OdcNotFound");

        string Names(string filter) => string.Join(", ", lab.Shell.Run($"Get-OdcExternalLibraryGeneration {filter}").All<OdcExternalLibraryGeneration>().Select(g => g.FileName));
    }

    [Fact]
    public async Task A_generation_is_read_again_by_key_object_and_row()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        var key = lab.Shell.Run("($import = Import-OdcExternalLibrary calc.zip -Wait)").Single<OdcExternalLibraryImport>().OperationKey;
        foreach (var script in new[] { "$import | Get-OdcExternalLibraryGeneration", $"Get-OdcExternalLibraryGeneration {key}", "$import | ConvertTo-Csv | ConvertFrom-Csv | Get-OdcExternalLibraryGeneration", "$import | ConvertTo-CliXml | ConvertFrom-CliXml | Get-OdcExternalLibraryGeneration" })
            Assert.Equal(key, lab.Shell.Run(script).Single<OdcExternalLibraryGeneration>().OperationKey);
        lab.Shell.Run($"Get-OdcExternalLibraryGeneration {Guid.NewGuid()}").Error.MustBe("OdcNotFound");
        var log = lab.Shell.Run("$import | Get-OdcExternalLibraryGenerationLog").All<OdcExternalLibraryMessage>();
        Assert.Equal(("Information", "Finished.", key), (log[^1].Type, log[^1].Message, log[^1].OperationKey));
        Assert.NotNull(log[^1].FinishedAt);
    }

    [Fact]
    public async Task A_running_generation_has_no_contents_and_can_not_be_removed()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromHours(1);
        lab.Shell.Run("$import = Import-OdcExternalLibrary calc.zip").ThrowOnError();
        Assert.Empty(lab.Shell.Run("$import | Get-OdcExternalLibraryContent").ThrowOnError().Output);
        Assert.Null(lab.Shell.Run("$import | Get-OdcExternalLibraryGenerationLog").All<OdcExternalLibraryMessage>()[0].FinishedAt);
        var error = lab.Shell.Run("$import | Remove-OdcExternalLibraryGeneration").Error.MustBe("OdcConflict");
        Assert.Contains("does not remove a generation in this state: it is Generating", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Wait until it has ended: Get-OdcExternalLibraryGeneration", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(50));
        Assert.Contains("it is Downloading", lab.Shell.Run("$import | Remove-OdcExternalLibraryGeneration").Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(20));
        Assert.Empty(lab.Shell.Run("$import | Remove-OdcExternalLibraryGeneration").ThrowOnError().Output);
        lab.Shell.Run("$import | Remove-OdcExternalLibraryGeneration").Error.MustBe("OdcNotFound");
        Assert.Equal(1, lab.Tenant.Delivery.Asset("Calculator").LatestRevision);
    }

    [Fact]
    public async Task Removals_are_shown_with_the_library_and_can_be_tried()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Shell.Run("$import = Import-OdcExternalLibrary calc.zip -Wait; $import | Remove-OdcExternalLibraryGeneration -WhatIf").ThrowOnError();
        Assert.Contains("generation of Calculator", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Sent(), s => s.StartsWith("DELETE", StringComparison.Ordinal));
        Assert.Equal("Medium", lab.Shell.Run("[System.Management.Automation.CommandMetadata]::new((Get-Command Remove-OdcExternalLibraryGeneration)).ConfirmImpact.ToString()").Single<string>());
    }

    [Fact]
    public async Task A_cancelled_request_is_sent_again()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.Tenant.Answer(Generations, new CannedAnswer(410, "application/json", """{ "title": "Gone", "status": 410 }""") { Times = 1 });
        Assert.Empty(lab.Shell.Run("Get-OdcExternalLibraryGeneration").ThrowOnError().Output);
        Assert.Equal(2, lab.Tenant.Statistics.Requests["GET " + Generations].Count);
    }

    [Fact]
    public async Task A_wait_that_ends_early_shows_how_to_resume_it()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromHours(1);
        lab.Shell.Run("$import = Import-OdcExternalLibrary calc.zip; $download = Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2").ThrowOnError();
        var result = lab.Shell.Run("$import, $download | Wait-OdcOperation -TimeoutSec 1");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => e.MustBe("OdcTimeout"));
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(2));
        foreach (var error in result.Errors)
        {
            var action = error.ErrorDetails.RecommendedAction;
            Assert.Single(lab.Shell.Run(action[(action.IndexOf("with: ", StringComparison.Ordinal) + 6)..]).ThrowOnError().Output);
        }
    }
}
