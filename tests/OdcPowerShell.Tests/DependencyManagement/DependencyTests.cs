using OdcPowerShell.DependencyManagement;

namespace OdcPowerShell.Tests.DependencyManagement;

/// <summary>What uses what.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("Get-OdcAssetConsumer 'Money Formats'", false)]
    [InlineData("Get-OdcAsset 'Money Formats' | Get-OdcAssetConsumer", false)]
    [InlineData("Get-OdcLibrary 'Money Formats' | Get-OdcAssetConsumer", false)]
    [InlineData("(Get-OdcPublicElement 'Money Formats')[0] | Get-OdcAssetConsumer", false)]
    [InlineData("Get-OdcAsset 'Money Formats' | Get-OdcAssetConsumer -Revision 6", true)]
    [InlineData("Get-OdcAssetConsumer 'Money Formats' 6", true)]
    [InlineData("Get-OdcAssetRevision 'Money Formats' -Latest | Get-OdcAssetConsumer", true)]
    [InlineData("Get-OdcAssetConsumer (Get-OdcAssetRevision 'Money Formats' -Latest)", true)]
    [InlineData("Get-OdcAsset 'Money Formats' | ForEach-Object { [pscustomobject]@{ Asset = $_.Name; Revision = '6' } } | Get-OdcAssetConsumer", true)]
    public async Task The_object_says_whether_all_revisions_are_meant(string script, bool isOne)
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var library = lab["acme"].Delivery.Asset("Money Formats");
        var consumers = shell.Run(script).All<OdcAssetDependency>();
        Assert.NotEmpty(consumers);
        Assert.All(consumers, c => Assert.Equal((library.Key.ToString(), isOne ? 6 : null), (c.ProducerAssetKey, c.ProducerRevision)));
        var path = Assert.Single(lab["acme"].Statistics.Requests, r => r.Path.EndsWith("/consumers", StringComparison.Ordinal)).Path;
        Assert.EndsWith(isOne ? $"{library.Key}/revisions/6/consumers" : $"{library.Key}/consumers", path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumers_are_those_of_a_stage()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var development = shell.Run("Get-OdcAssetConsumer 'Order Desk'").All<OdcAssetDependency>();
        Assert.Equal("Customer Portal", Assert.Single(development).Name);
        Assert.Equal("Order Desk", development[0].ProducerAssetName);
        var production = shell.Run("Get-OdcAssetConsumer 'Order Desk' -Stage Production").Single<OdcAssetDependency>();
        Assert.NotEqual(development[0].Revision, production.Revision);
        Assert.True(shell.Run("Get-OdcAssetConsumer 'Common UI' -AllVersions").Output.Count > shell.Run("Get-OdcAssetConsumer 'Common UI'").Output.Count);
        var names = shell.Run("Get-OdcAssetConsumer 'Common UI' -Descending").All<OdcAssetDependency>().Select(c => c.Name).ToList();
        Assert.Equal(names.OrderByDescending(n => n, StringComparer.OrdinalIgnoreCase), names);
        shell.Catch("Get-OdcAssetConsumer 'Order Desk' -Stage Staging").MustBe("OdcNotFound");
    }

    [Fact]
    public async Task Producers_are_followed_as_far_as_wanted()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var direct = shell.Run("Get-OdcAssetProducer 'Customer Portal' -Depth 1").All<OdcAssetProducer>();
        Assert.Equal(["Chart Widgets", "Common UI", "Money Formats", "Order Desk"], direct.Select(p => p.Name));
        Assert.All(direct, p => Assert.True(p.IsDirectProducer));
        var all = shell.Run("Get-OdcAsset 'Customer Portal' | Get-OdcAssetProducer").All<OdcAssetProducer>();
        Assert.Contains(all, p => p is { Name: "Legacy Crypto", IsDirectProducer: false, ConsumerAssetName: "Customer Portal" });
        Assert.Contains(all.Single(p => p.Name == "Legacy Crypto").AssetKey, all.Single(p => p.Name == "Warehouse").ProducerKeys!);
        Assert.Equal(["Order Desk", "Warehouse"], shell.Run("Get-OdcAssetProducer 'Customer Portal' -ProducerType Deployable").All<OdcAssetProducer>().Select(p => p.Name));
        Assert.NotEqual(
            all.Single(p => p.Name == "Order Desk").Revision,
            shell.Run("Get-OdcAssetProducer 'Customer Portal' -Stage Production").All<OdcAssetProducer>().Single(p => p.Name == "Order Desk").Revision);
    }

    [Fact]
    public async Task The_graph_is_a_tree_whose_nodes_know_what_uses_them()
    {
        await using var lab = await Lab.StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        var nodes = shell.Run("Get-OdcAssetProducerGraph 'Customer Portal'").All<OdcAssetProducerNode>();
        var desk = nodes.Single(n => n.Name == "Order Desk");
        Assert.Equal(lab["acme"].Delivery.Asset("Customer Portal").Key.ToString(), desk.ConsumerAssetKey);
        var crypto = desk.Producers!.Single(n => n.Name == "Warehouse").Producers!.Single(n => n.Name == "Legacy Crypto");
        Assert.Equal(("Warehouse", desk.Producers!.Single(n => n.Name == "Warehouse").Revision), (crypto.ConsumerAssetName, crypto.ConsumerRevision));
        Assert.All(shell.Run("Get-OdcAssetProducerGraph 'Customer Portal' -Depth 1").All<OdcAssetProducerNode>(), n => Assert.Empty(n.Producers!));
    }
}
