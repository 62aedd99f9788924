using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>Get-OdcAsset and Remove-OdcAsset against the emulator's data.</summary>
public sealed class AssetTests
{
    private const string List = "GET /api/asset-repository/v1/assets";

    [Fact]
    public async Task Pages_are_as_large_as_the_service_allows()
    {
        await using var lab = await Lab.StartAsync(assets: 1200);
        using var shell = Shell.Connected(lab["acme"]);
        var assets = shell.Run("Get-OdcAsset").All<OdcAsset>();
        Assert.Equal(1200, assets.Select(a => a.AssetKey).Distinct().Count());
        Assert.Equal(2, lab["acme"].Statistics.Requests[List].Count);
        Assert.Equal(assets.Skip(1100).Take(3).Select(a => a.Name), shell.Run("Get-OdcAsset -Skip 1100 -First 3").All<OdcAsset>().Select(a => a.Name));
    }

    [Theory]
    [InlineData("Get-OdcAsset 'order desk'", "Order Desk")]
    [InlineData("Get-OdcAsset Claim*", "Claim Approval, Claims, Claims Assistant")]
    [InlineData("Get-OdcAsset *s -Type WebApplication", "Board Reports, Claims, Expenses")]
    [InlineData("'Order Desk' | Get-OdcAsset", "Order Desk")]
    [InlineData("'Fleet', 'Claims' | Get-OdcAsset", "Fleet, Claims")]
    [InlineData("Get-OdcAsset -Type Agent, Workflow", "Claim Approval, Claims Assistant")]
    [InlineData("Get-OdcAsset -TemplateType ScreenTemplateBundle", "Dashboard Screens")]
    [InlineData("Get-OdcAsset -External", "Payments Gateway, PDF Tools")]
    [InlineData("Get-OdcAsset -BuiltIn", "Blank App, Dashboard Screens, OutSystems UI")]
    [InlineData("Get-OdcAsset -Deployable:$false -BuiltIn:$false -External:$false -Descending -First 2", "Policy Model, Money Formats")]
    [InlineData("Get-OdcAsset -Portfolio partners", "Partner Catalogue")]
    [InlineData("Get-OdcAsset -Portfolio (Get-OdcPortfolio Partners)", "Partner Catalogue")]
    [InlineData("Get-OdcAsset -NameOrDescription insurance", "Claims")]
    [InlineData("Get-OdcAsset -UrlPath hrself", "HR Self Service")]
    public async Task Names_and_filters_find_assets(string script, string names)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(names, string.Join(", ", shell.Run(script).All<OdcAsset>().Select(a => a.Name)));
    }

    [Fact]
    public async Task A_filter_that_is_false_is_not_one_that_is_left_out()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var all = shell.Run("Get-OdcAsset").All<OdcAsset>().Count;
        foreach (var filter in new[] { "-BuiltIn", "-External", "-Deployable" })
            Assert.Equal(all, shell.Run($"Get-OdcAsset {filter}; Get-OdcAsset {filter}:$false").All<OdcAsset>().Select(a => a.AssetKey).Distinct().Count());
        Assert.InRange(shell.Run("Get-OdcAsset -External:$false").All<OdcAsset>().Count, 1, all - 1);
    }

    [Fact]
    public async Task A_name_that_only_parts_of_names_have_is_an_error()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run("Get-OdcAsset Order");
        Assert.Empty(result.Output);
        Assert.Equal("Order", Assert.Single(result.Errors).MustBe("OdcNotFound").TargetObject);
        Assert.Empty(shell.Run("Get-OdcAsset Nothing*").ThrowOnError().Output);
    }

    [Fact]
    public async Task Piped_keys_are_gathered_and_keep_their_order()
    {
        await using var lab = await Lab.StartAsync(assets: 150);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("keys", shell.Run("(Get-OdcAsset -First 120).AssetKey").All<string>().Reverse().ToArray());
        lab["acme"].Statistics.Clear();
        Assert.Equal(shell.Run("$keys").All<string>(), shell.Run("$keys | Get-OdcAsset").All<OdcAsset>().Select(a => a.AssetKey));
        Assert.Equal(2, lab["acme"].Statistics.Requests.Count);
        var result = shell.Run("$keys[0], '11111111-1111-1111-1111-111111111111', $keys[1] | Get-OdcAsset");
        Assert.Equal(2, result.Output.Count);
        Assert.Equal("11111111-1111-1111-1111-111111111111", Assert.Single(result.Errors).MustBe("OdcNotFound").TargetObject);
    }

    [Fact]
    public async Task Embedded_details_tell_whose_they_are()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var asset = shell.Run("Get-OdcAsset 'Order Desk' -Embed metadata, icon, signature, sourceCode, releaseNote").Single<OdcAsset>();
        Assert.True(asset.Embedded!.Metadata!.IsDeployable);
        Assert.Equal(5, asset.Embedded.Parts.OfType<OdcAssetPart>().Count(p => p.AssetKey == asset.AssetKey && p.Revision == asset.Revision));
        Assert.Null(shell.Run("Get-OdcAsset 'Order Desk'").Single<OdcAsset>().Embedded);
    }

    [Fact]
    public async Task A_removal_asks_and_can_be_tried()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Empty(shell.Run("Get-OdcAsset 'Camera Kit' | Remove-OdcAsset -WhatIf").ThrowOnError().Output);
        Assert.Contains("Camera Kit", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Method == "DELETE");
        shell.Run("Remove-OdcAsset 'Camera Kit'").ThrowOnError();
        Assert.Contains("Are you sure", shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab["acme"].Delivery.Assets, a => a.Name == "Camera Kit");
        shell.Run("Remove-OdcAsset 'Camera Kit'").Error.MustBe("OdcNotFound");
    }

    [Fact]
    public async Task Removals_do_not_shift_the_list_that_they_come_from()
    {
        await using var lab = await Lab.StartAsync(assets: 60);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Run("Get-OdcAsset Application* -PageSize 10 | Remove-OdcAsset -Confirm:$false").ThrowOnError();
        Assert.DoesNotContain(lab["acme"].Delivery.Assets, a => a.Name.StartsWith("Application", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_asset_that_is_protected_does_not_stop_the_others()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run("'OutSystems UI', 'Camera Kit' | Remove-OdcAsset -Confirm:$false");
        Assert.Equal("OutSystems UI", Assert.Single(result.Errors).MustBe("OdcInvalidRequest").TargetObject!.ToString());
        Assert.DoesNotContain(lab["acme"].Delivery.Assets, a => a.Name == "Camera Kit");
    }

    [Theory]
    [InlineData("Get-OdcStage | Get-OdcAsset")]
    [InlineData("Get-OdcUser -First 1 | Remove-OdcAsset -Confirm:$false")]
    [InlineData("Get-OdcPortfolio | Get-OdcAssetRevision")]
    [InlineData("Get-OdcStage | Get-OdcAssetMetadata")]
    [InlineData("17 | Get-OdcAssetSourceCode")]
    public async Task Another_object_never_passes_for_an_asset(string script)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run(script);
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, e => Assert.Contains("An asset is expected here", e.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(lab["acme"].Statistics.Requests, r => r.Path.StartsWith("/api/asset-repository", StringComparison.Ordinal));
    }
}
