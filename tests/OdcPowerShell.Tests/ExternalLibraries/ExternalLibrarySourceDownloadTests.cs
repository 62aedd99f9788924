using OdcPowerShell.ExternalLibraries;

namespace OdcPowerShell.Tests.ExternalLibraries;

/// <summary>The source code of external libraries, and the workflow from a zip file to it.</summary>
public sealed class ExternalLibrarySourceDownloadTests
{
    [Fact]
    public async Task Source_code_is_packed_and_saved()
    {
        await using var lab = await LibraryLab.StartAsync();
        var download = lab.Shell.Run("($download = Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2)").Single<OdcExternalLibrarySourceDownload>();
        Assert.Equal(("PDF Tools", 2, (string?)null), (download.LibraryName, download.Revision, download.FileUri));
        var ready = lab.Shell.Run("($ready = $download | Wait-OdcOperation)").Single<OdcExternalLibrarySourceDownload>();
        Assert.Equal(("ReadyForDownload", 2, download.AssetKey), (ready.Status, ready.Revision, ready.AssetKey));
        lab.Shell.Run("$ready | Save-OdcContent; $ready | Out-Default; $ready | Get-OdcExternalLibrarySourceDownload | Out-Default").ThrowOnError();
        Assert.Contains("PDF Tools-r2-source.zip", lab.Files);
        Assert.DoesNotContain("X-Signature", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.All(lab.ToStorage, r => Assert.False(r.HasAuthorization));
    }

    [Theory]
    [InlineData("Start-OdcExternalLibrarySourceDownload 'Order Desk'", "has the type WebApplication")]
    [InlineData("Get-OdcAsset 'Order Desk' | Start-OdcExternalLibrarySourceDownload", "has the type WebApplication")]
    [InlineData("Get-OdcExternalLibrarySourceDownload 0f8fad5b-d9cb-469f-a165-70867728950e", "Specify -Asset and -Revision")]
    [InlineData("Get-OdcExternalLibrarySourceDownload 0f8fad5b-d9cb-469f-a165-70867728950e -Asset 7c9e6679-7425-40de-944b-e07fc1f90ae7", "Specify -Asset and -Revision")]
    public async Task What_is_no_library_is_rejected_before_anything_is_sent(string script, string message)
    {
        await using var lab = await LibraryLab.StartAsync();
        var error = lab.Shell.Run(script).Error.MustBe("OdcInvalidRequest");
        Assert.Contains(message, error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Sent(), s => s.Contains("external-libraries", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Start-OdcExternalLibrarySourceDownload 'PDF Tools' 99", "OdcNotFound")]
    [InlineData("Start-OdcExternalLibrarySourceDownload 0f8fad5b-d9cb-469f-a165-70867728950e 1", "OdcNotFound")]
    [InlineData("Get-OdcExternalLibrarySourceDownload 0f8fad5b-d9cb-469f-a165-70867728950e 'PDF Tools' 1", "OdcNotFound")]
    public async Task What_is_not_there_is_not_found(string script, string id)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.Shell.Run(script).Error.MustBe(id);
    }

    [Fact]
    public async Task A_failure_is_an_error_and_the_permission_is_named()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.SourceDownload, OperationPlan.Failing("No."));
        Assert.Contains("ended as GenerationError", lab.Shell.Run("Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2 -Wait").Error.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        lab.Grant("Asset management > Open", "Asset management > Create");
        Assert.Contains("Asset management > Change", lab.Shell.Run("Start-OdcExternalLibrarySourceDownload 'PDF Tools' 2").Error.MustBe("OdcAccessDenied").ToString(), StringComparison.Ordinal);
    }

    /// <summary>The lines that odc-api.md 4.6 shows, with the steps before and after them.</summary>
    [Fact]
    public async Task From_a_zip_file_to_a_release_and_its_source()
    {
        await using var lab = await LibraryLab.StartAsync();
        Directory.CreateDirectory(lab.PathOf("publish"));
        var bytes = lab.WriteLibrary(Path.Combine("publish", "MyLib.zip"), "My Lib", LibraryLab.Add, LibraryLab.Point);
        lab.Shell.Run("Import-OdcExternalLibrary ./publish/MyLib.zip -Wait | Get-OdcAssetRevision -Latest | Set-OdcAssetRevision -Tag 1.4.0 -ReleaseNote 'Fixes'").ThrowOnError();
        var asset = lab.Tenant.Delivery.Asset("My Lib");
        Assert.Equal((1, "1.4.0"), (asset.LatestRevision, asset.HighestTag));
        lab.Shell.Run("Start-OdcExternalLibrarySourceDownload 'My Lib' 1.4.0 -Wait | Save-OdcContent source.zip").ThrowOnError();
        Assert.Equal(bytes, File.ReadAllBytes(lab.PathOf("source.zip")));
        lab.Shell.Run("Import-OdcExternalLibrary ./publish/MyLib.zip -Release -Tag 1.4.0 | Start-OdcExternalLibrarySourceDownload -Wait | Save-OdcContent again.zip").ThrowOnError();
        Assert.Equal(bytes, File.ReadAllBytes(lab.PathOf("again.zip")));
    }
}
