namespace OdcPowerShell.Tests.Binding;

/// <summary>An object with a revision means this revision, whether it is piped or passed as an argument.</summary>
public sealed class RevisionInputTests
{
    [Theory]
    [InlineData("Start-OdcBuild -Asset (Get-OdcAssetRevision 'Order Desk' -Revision 3)", 3)]
    [InlineData("Get-OdcAssetRevision 'Order Desk' -Revision 3 | Start-OdcBuild", 3)]
    [InlineData("Start-OdcBuild -Asset (Get-OdcAsset 'Order Desk')", 6)]
    [InlineData("Start-OdcBuild -Asset ([pscustomobject]@{ AssetKey = (Get-OdcAsset 'Order Desk').AssetKey; Revision = '4' })", 4)]
    [InlineData("Start-OdcBuild -Asset (Get-OdcAssetRevision 'Order Desk' -Revision 3) -Revision 5", 5)]
    public async Task It_is_the_revision_of_the_object(string line, int revision)
    {
        await using var lab = await TenantLab.StartAsync(users: 0);
        Assert.Equal(revision, lab.Run(line + " | ForEach-Object Revision").Single<int>());
    }

    [Theory]
    [InlineData("Compare-OdcStage QA Production | Select-Object -First 1 | Test-OdcDeployment -Stage Production")]
    [InlineData("Start-OdcBuild -Asset ([pscustomobject]@{ AssetKey = (Get-OdcAsset 'Order Desk').AssetKey })")]
    public async Task Without_one_it_is_an_error_that_names_where_to_get_it(string line)
    {
        await using var lab = await TenantLab.StartAsync(users: 0);
        Assert.Contains("Get-OdcDeployedAsset", lab.Run(line).Error.MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
