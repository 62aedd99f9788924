using OdcPowerShell.AssetRepository;
using OdcPowerShell.ExternalLibraries;
using OdcPowerShell.Tests.AssetRepository;

namespace OdcPowerShell.Tests.ExternalLibraries;

/// <summary>Import-OdcExternalLibrary: upload, generation, comparison and release.</summary>
public sealed class ImportOdcExternalLibraryTests
{
    private const string Import = "Import-OdcExternalLibrary calc.zip";
    private const string Create = "Asset management > Create";
    private const string Change = "Asset management > Change";

    [Fact]
    public async Task A_new_library_becomes_an_asset()
    {
        await using var lab = await LibraryLab.StartAsync();
        var bytes = lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add, LibraryLab.Point);
        var result = lab.Shell.Run($"{Import} -Wait");
        var import = result.Single<OdcExternalLibraryImport>();
        Assert.Equal(("Completed", "Calculator", true, 1, true), (import.Status, import.LibraryName, import.IsNewLibrary, import.Revision, import.IsNewRevision));
        Assert.Equal((2, 0, 0, "Added Add; Added Point"), (import.Added, import.Changed, import.Removed, import.Changes!.ToString()));
        Assert.Equal((lab.PathOf("calc.zip"), "calc.zip", (string?)null), (import.Path, import.FileName, import.Tag));
        Assert.Empty(result.Warnings);
        Assert.Equal(bytes.Length, Assert.Single(lab.Storage.Files).Length);
        Assert.All(lab.ToStorage, r => Assert.False(r.HasAuthorization));
        var asset = lab.Shell.Run("Get-OdcAsset Calculator").Single<OdcAsset>();
        Assert.Equal((import.AssetKey, "ExternalLibrary", 1), (asset.AssetKey, asset.AssetType, asset.Revision));
    }

    [Fact]
    public async Task A_revision_shows_what_differs_and_who_may_break()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add, LibraryLab.Subtract, LibraryLab.Point, "action Same A:Text", "action Grows A:Text");
        lab.Shell.Run($"{Import} -Wait").ThrowOnError();
        lab.WriteLibrary("calc.zip", "Calculator", "action Add Left:Integer Right:Decimal >Sum:Integer", "structure Point X:Decimal", "action Same A:Text", "action Grows A:Text >B:Text", "action Divide A:Decimal");
        var result = lab.Shell.Run($"{Import} -Wait");
        var import = result.Single<OdcExternalLibraryImport>();
        Assert.Equal((1, 3, 1, 2, true, false), (import.Added, import.Changed, import.Removed, import.Revision, import.IsNewRevision, import.IsNewLibrary));
        Assert.Equal("Assets that use Calculator may break: Subtract was removed, and Add, Point have other parameters or attributes.", Assert.Single(result.Warnings));
        var rows = lab.Shell.Run($"Get-OdcExternalLibraryContent {import.OperationKey} -ChangeType removed, updated").All<OdcExternalLibraryContent>();
        Assert.Equal(
            ["Updated Add", "Updated Add.Right", "Updated Grows", "Removed Subtract", "Removed Subtract.Left", "Removed Subtract.Right", "Removed Subtract.Rest", "Updated Point", "Removed Point.Y"], rows.Select(r => r.ToString()));
        Assert.Equal("Action, Input, Action, Action, Input, Input, Output, Structure, Attribute", string.Join(", ", rows.Select(r => r.Kind)));
    }

    [Fact]
    public async Task A_release_tags_the_new_revision()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("pdf.zip", "PDF Tools", LibraryLab.Add);
        var before = lab.Tenant.Delivery.Asset("PDF Tools").LatestRevision;
        var import = lab.Shell.Run("Import-OdcExternalLibrary pdf.zip -Release -Tag 9.1.0 -ReleaseNote 'New ü'").Single<OdcExternalLibraryImport>();
        Assert.Equal((before + 1, "9.1.0", 1, 3), (import.Revision, import.Tag, import.Added, import.Removed));
        Assert.Equal("9.1.0", lab.Tenant.Delivery.Asset("PDF Tools").HighestTag);
        Assert.Equal("New ü", lab.Shell.Run("Get-OdcAssetReleaseNote 'PDF Tools'").Single<OdcAssetReleaseNote>().Content);
        Assert.Equal("Add", lab.Shell.Run("(Get-OdcPublicElement -Asset 'PDF Tools').Name").Single<string>());
    }

    [Fact]
    public async Task The_same_package_makes_no_revision_and_its_tag_is_added()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Shell.Run($"{Import} -Wait").ThrowOnError();
        var again = lab.Shell.Run($"{Import} -Release -Tag 1.0.0");
        Assert.Equal("Calculator has no new revision: the package is probably the same as that of revision 1.", Assert.Single(again.Warnings));
        var import = again.Single<OdcExternalLibraryImport>();
        Assert.Equal((1, false, "1.0.0", 0), (import.Revision, import.IsNewRevision, import.Tag, import.Changes!.Count));
        Assert.Equal("1.0.0", lab.Shell.Run($"{Import} -Release -Tag 1.0.0").Single<OdcExternalLibraryImport>().Tag);
        var other = lab.Shell.Run($"{Import} -Release -Tag 1.1.0");
        Assert.Contains("not released as 1.1.0: revision 1 already has the tag 1.0.0", other.Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
        Assert.Equal("1.0.0", ((OdcExternalLibraryImport)other.Output.Single().BaseObject).Tag);
    }

    [Theory]
    [InlineData("-Wait", "Wait-OdcOperation")]
    [InlineData("-Release -Tag 1.4.0 -ReleaseNote 'It''s new'", "-Latest | Set-OdcAssetRevision -Tag 1.4.0 -ReleaseNote 'It''s new'")]
    public async Task A_review_is_a_warning_with_what_to_run(string parameters, string command)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Delivery.Plan(EmulatedOperation.LibraryGeneration, new OperationPlan { FinalStatus = "ReadyForReview" });
        var result = lab.Shell.Run($"{Import} {parameters}");
        var import = result.Single<OdcExternalLibraryImport>();
        Assert.Equal(("ReadyForReview", true, true, false, "Calculator", 1, (int?)null, (string?)null), (import.Status, import.NeedsReview, import.IsTerminal, import.IsSuccess, import.LibraryName, import.Added, import.Revision, import.Tag));
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("in the ODC Portal, open External Logic", warning, StringComparison.Ordinal);
        Assert.EndsWith(command, warning, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => lab.Tenant.Delivery.Asset("Calculator"));
        lab.Tenant.Delivery.ApproveLibraries();
        lab.Shell.Run(warning[(warning.LastIndexOf("with: ", StringComparison.Ordinal) + 6)..]).ThrowOnError();
        Assert.Equal((1, parameters.Contains("1.4.0", StringComparison.Ordinal) ? "1.4.0" : null), (lab.Tenant.Delivery.Asset("Calculator").LatestRevision, lab.Tenant.Delivery.Asset("Calculator").HighestTag));
    }

    [Theory]
    [InlineData("GenerationError")]
    [InlineData("DownloadError")]
    public async Task A_failure_is_an_error_with_the_log_s_last_lines(string status)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Delivery.Plan(EmulatedOperation.LibraryGeneration, new OperationPlan { Fails = true, FinalStatus = status, Messages = ["Type Task`1 is not supported."] });
        var result = lab.Shell.Run($"{Import} -Release -Tag 1.0.0");
        Assert.Empty(result.Output);
        var error = Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString();
        Assert.Contains($"ended as {status}: Type Task`1 is not supported. (OS-ELG-MODL-05001)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_run_together()
    {
        await using var lab = await LibraryLab.StartAsync();
        foreach (var name in new[] { "one", "two", "three" })
            lab.WriteLibrary($"{name}.zip", name, LibraryLab.Add);
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromSeconds(1);
        lab.Tenant.Delivery.Plan(EmulatedOperation.LibraryGeneration, OperationPlan.Failing("No."));
        var result = lab.Shell.Run("Get-ChildItem *.zip | Sort-Object Name | Import-OdcExternalLibrary -Wait");
        Assert.Equal(["three", "two"], result.Output.Select(o => ((OdcExternalLibraryImport)o.BaseObject).LibraryName!).Order());
        Assert.Contains("one.zip", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        var sent = lab.Sent();
        // All are started before the first is waited for, and one list serves their polls.
        Assert.Equal(3, sent.TakeWhile(s => s is LibraryLab.Start or LibraryLab.Mint).Count(s => s == LibraryLab.Start));
        Assert.Contains("GET /api/external-libraries/v1/generation-operations", sent);
    }

    [Fact]
    public async Task Without_Wait_it_is_written_at_once_and_can_be_waited_for()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        var import = lab.Shell.Run($"($import = {Import})").Single<OdcExternalLibraryImport>();
        Assert.Equal(("Generating", "calc.zip", (string?)null), (import.Status, import.FileName, import.AssetKey));
        Assert.Equal([LibraryLab.Mint, LibraryLab.Start], lab.Sent());
        Assert.Equal("Completed", lab.Shell.Run("$import | Wait-OdcOperation").Single<OdcExternalLibraryGeneration>().Status);
    }

    [Theory]
    [InlineData("/uploads/", Fault.Error500, "OdcUnavailable")]
    [InlineData("/uploads/", Fault.ResetBeforeHeaders, "OdcConnectFailed")]
    public async Task A_broken_upload_starts_nothing(string path, Fault fault, string id)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.Shell.Connect(lab.Tenant, parameters: "-MaximumRetryCount 0").ThrowOnError();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Statistics.Clear();
        lab.Spoil(fault, path, always: true);
        lab.Shell.Run($"{Import} -Wait").Error.MustBe(id);
        Assert.Equal([LibraryLab.Mint], lab.Sent());
    }

    [Fact]
    public async Task Stopping_ends_the_upload_and_starts_nothing()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        var hasArrived = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, "/uploads/");
        await Stopping.EndsAsync(lab.Shell, $"{Import} -Wait", _ => hasArrived());
        Assert.DoesNotContain(LibraryLab.Start, lab.Sent());
    }

    [Fact]
    public async Task A_wait_that_is_too_short_shows_how_to_release_later()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromHours(1);
        var action = lab.Shell.Run($"{Import} -Release -Tag 1.4.0 -TimeoutSec 1").Error.MustBe("OdcTimeout").ErrorDetails.RecommendedAction;
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromHours(2));
        lab.Shell.Run(action[(action.IndexOf("with: ", StringComparison.Ordinal) + 6)..]).ThrowOnError();
        Assert.Equal("1.4.0", lab.Tenant.Delivery.Asset("Calculator").HighestTag);
    }

    [Fact]
    public async Task WhatIf_sends_nothing_and_shows_the_file()
    {
        await using var lab = await LibraryLab.StartAsync();
        var size = lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add).Length;
        lab.Shell.Run($"{Import} -Release -Tag 1.4.0 -WhatIf; New-OdcUpload -ExternalLibrary -WhatIf").ThrowOnError();
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Contains($"to be released as 1.4.0 (POST {lab.Tenant.Url.Authority}/api/external-libraries/v1/generation-operations", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"(the upload of calc.zip, {size} bytes)"), lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lower_tag_is_the_service_s_error_with_how_to_release()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("pdf.zip", "PDF Tools", LibraryLab.Add);
        var result = lab.Shell.Run("Import-OdcExternalLibrary pdf.zip -Release -Tag 0.0.1 -ReleaseNote x");
        var import = (OdcExternalLibraryImport)result.Output.Single().BaseObject;
        var error = Assert.Single(result.Errors).MustBe("OdcInvalidRequest");
        Assert.Contains("PDF Tools was imported, but not released as 0.0.1", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("must be higher", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(FormattableString.Invariant($"Release it with another tag: Set-OdcAssetRevision -Asset {import.AssetKey} -Revision {import.Revision} -ReleaseNote 'x' -Tag …"), error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((true, (string?)null), (import.IsNewRevision, import.Tag));
        lab.Shell.Run(error.ErrorDetails.RecommendedAction[error.ErrorDetails.RecommendedAction.IndexOf("Set-Odc", StringComparison.Ordinal)..].Replace("…", "8.0.0", StringComparison.Ordinal)).ThrowOnError();
        Assert.Equal("8.0.0", lab.Tenant.Delivery.Asset("PDF Tools").HighestTag);
    }

    [Fact]
    public async Task Two_revisions_at_once_are_not_released()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("a.zip", "Calculator", LibraryLab.Add);
        lab.WriteLibrary("b.zip", "Calculator", LibraryLab.Subtract);
        lab.Tenant.Delivery.OperationDuration = TimeSpan.FromSeconds(1);
        var result = lab.Shell.Run("Import-OdcExternalLibrary a.zip, b.zip -Release -Tag 1.0.0");
        Assert.Equal(2, result.Output.Count);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, e => Assert.Contains("revisions 1 and 2 were both created", e.MustBe("OdcConflict").ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { Create }, "OdcAccessDenied", Change)]
    [InlineData(new[] { Change }, "OdcAccessDenied", Create)]
    public async Task A_missing_permission_is_named(string[] granted, string id, string missing)
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("pdf.zip", "PDF Tools", LibraryLab.Add);
        lab.Grant(granted);
        Assert.Contains(missing, lab.Shell.Run("Import-OdcExternalLibrary pdf.zip -Wait").Error.MustBe(id).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_permission_to_release_the_library_is_imported()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Grant(Create);
        var result = lab.Shell.Run($"{Import} -Release -Tag 1.0.0");
        Assert.Equal((1, (string?)null), (((OdcExternalLibraryImport)result.Output.Single().BaseObject).Revision, lab.Tenant.Delivery.Asset("Calculator").HighestTag));
        var error = Assert.Single(result.Errors).MustBe("OdcAccessDenied");
        Assert.Contains("imported, but not released", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Release management > Release", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_link_is_an_error_of_the_generation()
    {
        await using var lab = await LibraryLab.StartAsync();
        lab.WriteLibrary("calc.zip", "Calculator", LibraryLab.Add);
        lab.Shell.Run("$upload = New-OdcUpload -ExternalLibrary | Send-OdcFile calc.zip -PassThru").ThrowOnError();
        lab.Storage.ExpireUrls();
        Assert.Contains("the URL has expired", lab.Shell.Run("$upload | Start-OdcExternalLibraryGeneration -Wait").Error.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
    }
}
