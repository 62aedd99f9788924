using OdcPowerShell.AssetRepository;

namespace OdcPowerShell.Tests.AssetRepository;

/// <summary>Many revisions in few requests.</summary>
public sealed class FindOdcAssetRevisionTests
{
    private const string Search = "POST /api/asset-repository/v1/assets/search";

    [Fact]
    public async Task Rows_are_asked_for_together_and_keep_their_order()
    {
        await using var lab = await Lab.StartAsync(assets: 250);
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("assets", shell.Run("Get-OdcAsset -Descending").All<OdcAsset>().ToArray());
        var found = shell.Run("$assets | Find-OdcAssetRevision").All<OdcAssetRevision>();
        Assert.Equal(shell.Run("$assets.Name").All<string>(), found.Select(r => r.Name));
        Assert.Equal(3, lab["acme"].Statistics.Requests[Search].Count);
    }

    [Fact]
    public async Task Each_row_says_which_revision_it_means()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var found = shell.Run("""
            $desk = (Get-OdcAsset 'Order Desk').AssetKey
            $digest = (Get-OdcAssetRevision 'Order Desk' 2).ModelDigest
            function Row($revision, $digest, $highest) { [pscustomobject]@{ ApplicationKey = $desk; Revision = $revision; Digest = $digest; HighestTag = $highest } }
            (Row '5' '' ''), (Row '' $digest 'no'), (Row '' '' 'true') | Find-OdcAssetRevision -Embed metadata
            """).All<OdcAssetRevision>();
        Assert.Equal([5, 2, 4], found.Select(r => r.Revision!.Value));
        Assert.All(found, r => Assert.Equal((r.AssetKey, r.Revision), (r.Embedded!.Metadata!.AssetKey, r.Embedded.Metadata.Revision)));
    }

    [Fact]
    public async Task What_is_typed_wins_over_what_an_object_carries()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(4, shell.Run("Get-OdcAsset 'Order Desk' | Find-OdcAssetRevision -HighestTag").Single<OdcAssetRevision>().Revision);
        Assert.Equal(2, shell.Run("Get-OdcAsset 'Order Desk' | Find-OdcAssetRevision -Revision 2").Single<OdcAssetRevision>().Revision);
        Assert.Empty(shell.Run("Get-OdcAsset Warehouse | Find-OdcAssetRevision -HighestTag").ThrowOnError().Output);
    }

    [Fact]
    public async Task A_row_that_says_it_twice_or_not_at_all_is_an_error_of_its_own()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run("""
            $desk = (Get-OdcAsset 'Order Desk').AssetKey
            [pscustomobject]@{ AssetKey = $desk; Revision = 2; HighestTag = $true }, [pscustomobject]@{ AssetKey = $desk }, [pscustomobject]@{ AssetKey = $desk; Revision = 3 } | Find-OdcAssetRevision
            """);
        Assert.Equal(3, Assert.IsType<OdcAssetRevision>(Assert.Single(result.Output).BaseObject).Revision);
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Contains("exactly one of Revision, Digest and HighestTag", e.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revision_that_is_not_there_is_an_error_of_its_row()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run("'Order Desk', 'OutSystems UI' | Find-OdcAssetRevision -Revision 6");
        Assert.Equal("Order Desk", Assert.IsType<OdcAssetRevision>(Assert.Single(result.Output).BaseObject).Name);
        Assert.Equal(lab["acme"].Delivery.Asset("OutSystems UI").Key.ToString(), Assert.Single(result.Errors).MustBe("OdcNotFound").TargetObject);
    }
}
