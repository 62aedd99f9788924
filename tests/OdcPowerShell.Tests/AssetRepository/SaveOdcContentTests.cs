using System.Management.Automation;
using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>Save-OdcContent saves whole files, under names of their own, and tells the storage nothing of the tenant.</summary>
public sealed class SaveOdcContentTests
{
    [Theory]
    [InlineData("$source | Save-OdcContent", "{0}-r1.oml")]
    [InlineData("$source | Save-OdcContent -Path $folder", "{0}-r1.oml")]
    [InlineData("Save-OdcContent -InputObject $source -Path orders.oml", "orders.oml")]
    [InlineData("$source | Save-OdcContent \"$folder/orders.oml\"", "orders.oml")]
    [InlineData("Save-OdcContent -Uri $source.SourceCodeBinaryUrl", "source.oml")]
    [InlineData("$null = New-PSDrive out FileSystem $folder; Save-OdcContent out:/given.oml -Uri $source.SourceCodeBinaryUrl", "given.oml")]
    public async Task A_file_is_saved_where_the_path_says(string script, string name)
    {
        await using var lab = await TransferLab.StartAsync();
        var source = lab.Source();
        Assert.Empty(lab.Shell.Run(script).ThrowOnError().Output);
        Assert.Equal([string.Format(null, name, source.AssetKey)], lab.Files);
        Assert.Equal(lab.Storage.ContentSize, new FileInfo(lab.PathOf(lab.Files.Single())).Length);
        var asked = Assert.Single(lab.Tenant.Statistics.Requests);
        Assert.False(asked.HasAuthorization);
        Assert.Empty(lab.Storage.RefusedAuthorizations);
    }

    [Fact]
    public async Task Several_things_get_names_of_their_own_in_a_folder()
    {
        await using var lab = await TransferLab.StartAsync();
        var first = lab.Source(0);
        var second = lab.Source(1);
        lab.Shell.Set("all", new object[] { first, second, first, new OdcAssetIcon { IconUrl = first.SourceCodeBinaryUrl }, new OdcAssetIcon { IconUrl = second.SourceCodeBinaryUrl } });
        var saved = lab.Shell.Run("$all | Save-OdcContent -Path . -PassThru").All<FileInfo>();
        Assert.Equal([$"{first.AssetKey}-r1.oml", $"{second.AssetKey}-r1.oml", $"{first.AssetKey}-r1-2.oml", "source.oml", "source-2.oml"], saved.Select(f => f.Name));
        Assert.Equal(saved.Select(f => f.Name).Order(StringComparer.Ordinal), lab.Files);
    }

    [Fact]
    public async Task Several_things_do_not_go_into_one_file()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        var result = lab.Shell.Run("$source, $source | Save-OdcContent -Path one.oml -Force");
        Assert.Single(result.Errors).MustBe("OdcFileExists");
        Assert.Equal(["one.oml"], lab.Files);
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_only_with_Force()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        File.WriteAllText(lab.PathOf("orders.oml"), "mine");
        var error = lab.Shell.Run("$source | Save-OdcContent -Path orders.oml").Error.MustBe("OdcFileExists");
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Equal("mine", File.ReadAllText(lab.PathOf("orders.oml")));
        lab.Shell.Run("$source | Save-OdcContent -Path orders.oml -Force").ThrowOnError();
        Assert.Equal(lab.Storage.ContentSize, new FileInfo(lab.PathOf("orders.oml")).Length);
        Assert.Equal(["orders.oml"], lab.Files);
    }

    [Fact]
    public async Task A_file_that_came_meanwhile_is_not_overwritten()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        lab.Spoil(Fault.ResetBeforeHeaders, "/assets/", before: () => File.WriteAllText(lab.PathOf("orders.oml"), "mine"));
        lab.Shell.Run("$source | Save-OdcContent -Path orders.oml").Error.MustBe("OdcFileExists");
        Assert.Equal("mine", File.ReadAllText(lab.PathOf("orders.oml")));
        Assert.Equal(["orders.oml"], lab.Files);
    }

    [Fact]
    public async Task WhatIf_asks_nothing_and_writes_nothing()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        lab.Shell.Run("$source | Save-OdcContent -WhatIf").ThrowOnError();
        Assert.Empty(lab.Tenant.Statistics.Requests);
        Assert.Empty(lab.Files);
        Assert.Contains("What if", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$source | Save-OdcContent -Path nowhere/orders.oml", "OdcFileNotFound")]
    [InlineData("$source | Save-OdcContent -Path nowhere/", "OdcFileNotFound")]
    [InlineData("$source | Save-OdcContent -Path nodrive:/orders.oml", "OdcFileNotFound")]
    [InlineData("$source | Save-OdcContent -Path env:orders", "OdcFileNotFound")]
    [InlineData("Get-OdcOrganization | Save-OdcContent", "OdcInvalidRequest")]
    [InlineData("Save-OdcContent -InputObject 17", "OdcInvalidRequest")]
    [InlineData("Save-OdcContent -InputObject $empty", "OdcNotFound")]
    [InlineData("Save-OdcContent -Uri 'http://storage.example/a?sig=1'", "OdcInvalidRequest")]
    [InlineData("Save-OdcContent -Uri '/a?sig=1'", "OdcInvalidRequest")]
    public async Task What_can_not_be_saved_is_told(string script, string id)
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        lab.Shell.Set("empty", new OdcAssetIcon());
        var result = lab.Shell.Run(script);
        Assert.Null(result.Terminating);
        Assert.Single(result.Errors).MustBe(id);
        Assert.Empty(lab.Files);
        Assert.Empty(lab.ToStorage);
    }

    [Fact]
    public async Task An_expired_URL_says_to_read_the_object_again()
    {
        await using var lab = await TransferLab.StartAsync();
        var source = lab.Source();
        lab.Storage.ExpireUrls();
        var result = lab.Shell.Run("$source, $source | Save-OdcContent");
        Assert.Null(result.Terminating);
        Assert.Equal(2, result.Errors.Count);
        var error = result.Error.MustBe("OdcLinkExpired");
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Contains("Read the object again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Same(source, error.TargetObject);
        Assert.Equal(2, lab.ToStorage.Count());
        Assert.Empty(lab.Files);
    }

    [Theory]
    [InlineData(Fault.ResetInBody)]
    [InlineData(Fault.ShortBody)]
    public async Task A_transfer_that_breaks_off_goes_on(Fault fault)
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Storage.ContentSize = 300_000;
        lab.Source();
        lab.Shell.Run("$source | Save-OdcContent -Path whole.oml").ThrowOnError();
        lab.Spoil(fault, "/assets/");
        lab.Shell.Run("$source | Save-OdcContent -Path broken.oml").ThrowOnError();
        Assert.Equal(File.ReadAllBytes(lab.PathOf("whole.oml")), File.ReadAllBytes(lab.PathOf("broken.oml")));
        Assert.Equal([200, 200, 206], lab.ToStorage.Select(r => r.Status));
        Assert.Equal(["broken.oml", "whole.oml"], lab.Files);
    }

    [Fact]
    public async Task A_file_that_became_another_is_taken_from_its_beginning()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Storage.ContentSize = 300_000;
        lab.Source();
        lab.Spoil(Fault.ResetInBody, "/assets/", before: () => lab.Storage.ContentSize = 200_000);
        lab.Shell.Run("$source | Save-OdcContent -Path broken.oml").ThrowOnError();
        lab.Tenant.Faults = null;
        lab.Shell.Run("$source | Save-OdcContent -Path whole.oml").ThrowOnError();
        Assert.Equal(200_000, new FileInfo(lab.PathOf("broken.oml")).Length);
        Assert.Equal(File.ReadAllBytes(lab.PathOf("whole.oml")), File.ReadAllBytes(lab.PathOf("broken.oml")));
        Assert.Equal([200, 200, 200], lab.ToStorage.Select(r => r.Status));
    }

    [Fact]
    public async Task A_failure_leaves_no_half_file()
    {
        await using var lab = await TransferLab.StartAsync("-MaximumRetryCount 0");
        lab.Source();
        lab.Spoil(Fault.ResetInBody, "/assets/", always: true);
        lab.Shell.Catch("$source | Save-OdcContent").MustBe("OdcConnectFailed");
        Assert.Empty(lab.Files);
    }

    [Theory]
    [InlineData("Get-OdcAssetSourceCode 'Order Desk' | Save-OdcContent -PassThru")]
    [InlineData("(Get-OdcAsset 'Order Desk' -Embed SourceCode).Embedded.SourceCode | Save-OdcContent -PassThru")]
    [InlineData("Get-OdcAssetSignature 'Order Desk' | Save-OdcContent -PassThru")]
    [InlineData("Get-OdcAssetIcon 'Order Desk' | Save-OdcContent -PassThru")]
    public async Task What_other_commands_write_is_saved(string script)
    {
        await using var lab = await TransferLab.StartAsync();
        var asset = lab.Tenant.Delivery.Asset("Order Desk");
        var saved = lab.Shell.Run(script).Single<FileInfo>();
        Assert.StartsWith($"{asset.Key}-r{asset.LatestRevision}", saved.Name, StringComparison.Ordinal);
        Assert.True(saved.Length > 0);
        Assert.All(lab.ToStorage, r => Assert.False(r.HasAuthorization));
    }

    [Fact]
    public async Task Stopping_ends_it_and_leaves_no_half_file()
    {
        await using var lab = await TransferLab.StartAsync();
        lab.Source();
        lab.Spoil(Fault.SlowBody, "/assets/", delay: Stopping.Forever);
        await Stopping.EndsAsync(lab.Shell, "$source | Save-OdcContent", _ => lab.Files.Any());
        await Stopping.UntilAsync(() => !lab.Files.Any());
    }
}
