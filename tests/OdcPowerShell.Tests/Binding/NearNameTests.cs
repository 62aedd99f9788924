namespace OdcPowerShell.Tests.Binding;

/// <summary>What an error suggests for a name that nothing has.</summary>
public sealed class NearNameTests
{
    [Theory]
    [InlineData("Get-OdcAsset 'Order Dsk'", "Did you mean 'Order Desk'?")]
    [InlineData("Get-OdcAsset flet", "Did you mean 'Fleet'?")]
    [InlineData("Get-OdcAsset Fleeet -Unused", "Did you mean 'Fleet'?")]
    [InlineData("Get-OdcDeployedAsset 'Order Dsk' -Stage QA -Flat", "Did you mean 'Order Desk'?")]
    [InlineData("Get-OdcLibrary 'Comon UI'", "Did you mean 'Common UI'?")]
    [InlineData("Get-OdcGroup 'Fleet Drivers Team'", "Did you mean 'Fleet Driver Team'?")]
    [InlineData("Get-OdcOrganizationRole Develper", "Did you mean 'Developer'?")]
    [InlineData("Get-OdcPortfolio Partnrs", "Did you mean 'Partners'?")]
    [InlineData("Compare-OdcStage QA Production -Name Fleeet", "Did you mean 'Fleet'?")]
    [InlineData("Get-OdcGroup 'Something that nothing is like'", "Check the spelling, or search by a part of the name with wildcards, such as 'Som*'.")]
    [InlineData("Get-OdcGroup Xy", "Check the spelling, or leave the name out to list all.")]
    public async Task It_is_the_near_names_of_the_list_or_a_search_that_can_match(string line, string advice)
    {
        await using var lab = await TenantLab.StartAsync();
        var error = Assert.Single(lab.Run(line).Errors);
        error.MustBe("OdcNotFound");
        Assert.EndsWith(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Order Dsk", "Order Desk")]
    [InlineData("orderdesk", "Order Desk")]
    [InlineData("Order", "Order Desk|Orders")]
    [InlineData("zzz", "")]
    public void Near_names_are_few_and_the_nearest_first(string typed, string near) =>
        Assert.Equal(near, string.Join('|', OdcPowerShell.Resources.NearNames.Of(typed, ["Order Desk", "Orders", "Claims", null, "", "order desk"]).Order(StringComparer.Ordinal)));
}
