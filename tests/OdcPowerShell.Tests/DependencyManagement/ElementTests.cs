using OdcPowerShell.DependencyManagement;

namespace OdcPowerShell.Tests.DependencyManagement;

/// <summary>What assets share, and what they use of others.</summary>
public sealed class ElementTests
{
    private const string Search = "POST /api/dependency-management/v1/public-elements/search";

    [Fact]
    public async Task Hidden_elements_can_be_left_out()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Contains(shell.Run("Get-OdcPublicElement 'Order Desk'").All<OdcPublicElement>(), e => e is { Name: "OrderDeskRecord", IsHidden: true });
        Assert.DoesNotContain(shell.Run("Get-OdcPublicElement 'Order Desk' -ExcludeHidden").All<OdcPublicElement>(), e => e.IsHidden == true);
        Assert.Contains(shell.Run("Get-OdcPublicElement 'Order Desk' -ExcludeHidden:$false").All<OdcPublicElement>(), e => e.IsHidden == true);
        var used = shell.Run("Get-OdcReferencedElement 'Order Desk' 6").All<OdcReferencedElement>();
        Assert.Contains(used, e => e is { ProducerAssetName: "Warehouse", Name: "GetWarehouse", Revision: 6 });
    }

    [Theory]
    [InlineData("Find-OdcPublicElement *OrderDesk* -ElementType ServiceAction", "GetOrderDesk")]
    [InlineData("Find-OdcPublicElement orderdesk", "OrderDesk")]
    [InlineData("Find-OdcPublicElement -Name OrderDeskR*", "")]
    [InlineData("Find-OdcPublicElement -Name OrderDeskR* -IncludeHidden", "OrderDeskRecord")]
    [InlineData("Find-OdcPublicElement -NameOrDescription 'Event of Fleet'", "FleetChanged")]
    [InlineData("'Fleet', 'Claims' | Get-OdcAsset | Find-OdcPublicElement -ElementType Role -Descending", "FleetUser, ClaimsUser")]
    [InlineData("Find-OdcPublicElement -Asset 'Policy Model' -Digest (Get-OdcAssetRevision 'Policy Model' 2).ModelDigest -First 1", "PolicyModelCall")]
    [InlineData("Find-OdcPublicElement -ConsumerPortfolio Partners -ElementType Role", "PartnerCatalogueUser")]
    [InlineData("@() | Find-OdcPublicElement", "")]
    public async Task Elements_are_found(string script, string names)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        Assert.Equal(names, string.Join(", ", shell.Run(script).All<OdcPublicElement>().Select(e => e.Name)));
    }

    [Fact]
    public async Task Pages_are_asked_for_in_the_body()
    {
        await using var lab = await Lab.StartAsync(assets: 120);
        using var shell = Shell.Connected(lab["acme"]);
        var all = shell.Run("Find-OdcPublicElement -IncludeHidden").All<OdcPublicElement>();
        Assert.InRange(all.Count, 301, 1000);
        Assert.Equal(all.Count, all.Select(e => e.ElementKey).Distinct().Count());
        Assert.Equal((all.Count + 99) / 100, lab["acme"].Statistics.Requests[Search].Count);
        Assert.Equal(all.Skip(250).Take(3).Select(e => e.ElementKey), shell.Run("Find-OdcPublicElement -IncludeHidden -Skip 250 -First 3").All<OdcPublicElement>().Select(e => e.ElementKey));
    }

    [Fact]
    public async Task Of_assets_that_are_not_there_nothing_is_found()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var result = shell.Run("'No such asset' | Find-OdcPublicElement");
        Assert.Empty(result.Output);
        Assert.Single(result.Errors).MustBe("OdcNotFound");
        Assert.Empty(lab["acme"].Statistics.Requests[Search]);
    }
}
