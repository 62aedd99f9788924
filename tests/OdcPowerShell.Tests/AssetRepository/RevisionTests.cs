using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>Revisions of assets: which there are, their details, and their tags.</summary>
public sealed class RevisionTests
{
    [Theory]
    [InlineData("Get-OdcAssetRevision 'Order Desk'", "1, 2, 3, 4, 5, 6")]
    [InlineData("Get-OdcAsset 'Order Desk' | Get-OdcAssetRevision", "1, 2, 3, 4, 5, 6")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Descending -First 2 -Skip 1", "5, 4")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Tagged", "2, 3, 4")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Tagged:$false", "1, 5, 6")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Tag 1.9.0", "3")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -CommitMessage 'change 2'", "2")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Since ([datetime]'2026-01-30T00:00:00Z') -Before ([datetime]'2026-02-07T00:00:00Z')", "4")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -ModelDigest (Get-OdcAssetRevision 'Order Desk' 5).ModelDigest", "5")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Latest", "6")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -HighestTag", "4")]
    [InlineData("Get-OdcAssetRevision 'Order Desk' 5, 2", "5, 2")]
    public async Task Revisions_are_found(string script, string numbers)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(numbers, string.Join(", ", shell.Run(script).All<OdcAssetRevision>().Select(r => r.Revision)));
    }

    [Fact]
    public async Task Tags_are_compared_as_versions()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(["1.8.0", "1.9.0", "1.10.0"], shell.Run("Get-OdcAssetRevision 'Order Desk' -Tagged -Descending").All<OdcAssetRevision>().OrderBy(r => r.Version).Select(r => r.Tag));
        Assert.Equal(new Version(1, 10, 0), shell.Run("Get-OdcAssetRevision 'Order Desk' | Where-Object Version -gt 1.9.0").Single<OdcAssetRevision>().Version);
        Assert.Null(shell.Run("Get-OdcAsset 'Order Desk'").Single<OdcAsset>().Version);
    }

    [Fact]
    public async Task An_asset_that_was_never_tagged_has_no_highest_tag_and_no_error()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Empty(shell.Run("Get-OdcAssetRevision Warehouse -HighestTag").ThrowOnError().Output);
        Assert.Equal(["Order Desk"], shell.Run("'Warehouse', 'Order Desk' | Get-OdcAssetRevision -HighestTag").All<OdcAssetRevision>().Select(r => r.Name));
        shell.Catch("Get-OdcAssetRevision Warehouse 99 -ErrorAction Stop").MustBe("OdcNotFound");
    }

    [Theory]
    [InlineData("Icon", nameof(OdcAssetIcon.IconUrl))]
    [InlineData("Metadata", nameof(OdcAssetMetadata.UrlPath))]
    [InlineData("ReleaseNote", nameof(OdcAssetReleaseNote.Content))]
    [InlineData("Signature", nameof(OdcAssetSignature.SignatureDigest))]
    [InlineData("SourceCode", nameof(OdcAssetSourceCode.SourceCodeBinaryUrl))]
    public async Task Details_tell_whose_they_are(string noun, string property)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var asset = lab["acme"].Delivery.Asset("Order Desk");
        foreach (var (script, revision) in new[] { ("'Order Desk' 4", 4), ("(Get-OdcAssetRevision 'Order Desk' 4)", 4), ("'Order Desk'", 6), ("(Get-OdcAsset 'Order Desk')", 6) })
        {
            var detail = shell.Run($"Get-OdcAsset{noun} {script}").All<OdcAssetPart>();
            Assert.Equal((asset.Key.ToString(), revision), (Assert.Single(detail).AssetKey, detail[0].Revision));
        }

        Assert.NotEmpty(shell.Run($"Get-OdcAssetRevision 'Order Desk' 4 | Get-OdcAsset{noun} | ForEach-Object {property}").ThrowOnError().Output);
        Assert.Equal(6, shell.Run($"Get-OdcAssetRevision 'Order Desk' | Get-OdcAsset{noun}").All<OdcAssetPart>().Select(d => d.Revision).Distinct().Count());
    }

    [Fact]
    public async Task A_tag_is_set_cleared_and_shown_before()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Get-OdcAsset 'Order Desk' | Set-OdcAssetRevision -Tag 1.11.0 -ReleaseNote 'New.' -WhatIf").ThrowOnError();
        Assert.Contains("revision 6 of asset Order Desk (PATCH", shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("1.11.0", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "PATCH");
        Assert.Empty(shell.Run("Get-OdcAsset 'Order Desk' | Set-OdcAssetRevision -Tag 1.11.0 -ReleaseNote 'New.'").ThrowOnError().Output);
        Assert.Equal("1.11.0", lab["acme"].Delivery.Asset("Order Desk").HighestTag);
        Assert.Equal("New.", shell.Run("Get-OdcAssetReleaseNote 'Order Desk'").Single<OdcAssetReleaseNote>().Content);
        var cleared = shell.Run("Get-OdcAssetRevision 'Order Desk' -HighestTag | Set-OdcAssetRevision -ClearTag -PassThru").Single<OdcAssetRevision>();
        Assert.Equal((6, null), (cleared.Revision, cleared.Tag));
        var described = shell.Run("Set-OdcAssetRevision 'Order Desk' 4 -CommitMessage Better -PassThru").Single<OdcAssetRevision>();
        Assert.Equal(("1.10.0", "Better"), (described.Tag, described.CommitMessage));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_an_error_and_a_refused_one_does_not_stop_the_others()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Catch("Set-OdcAssetRevision 'Order Desk' 6").MustBe("OdcInvalidRequest");
        var result = shell.Run("'Order Desk', 'Warehouse' | Set-OdcAssetRevision -Revision 4 -Tag 1.0.0 -PassThru");
        Assert.Equal("Warehouse", Assert.IsType<OdcAssetRevision>(Assert.Single(result.Output).BaseObject).Name);
        Assert.Equal("Order Desk", Assert.Single(result.Errors).MustBe("OdcInvalidRequest").TargetObject.ToString());
    }
}
