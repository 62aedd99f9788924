using System.Management.Automation;
using OdcPowerShell.Deployments;

namespace OdcPowerShell.Tests.Binding;

/// <summary>-First, -Skip and -IncludeTotalCount count what a command writes, of all its input together.</summary>
public sealed class OutputWindowTests
{
    [Theory]
    [InlineData("Get-OdcGroup | Get-OdcUser")]
    [InlineData("Get-OdcUser | Get-OdcGroup")]
    [InlineData("Get-OdcUser -HasOrganizationRole | Get-OdcOrganizationRole")]
    [InlineData("Get-OdcUser -HasEndUserRole | Get-OdcEndUserRole")]
    [InlineData("Get-OdcAsset | Get-OdcAssetRevision")]
    [InlineData("(Get-OdcUser -First 5).UserKey | Get-OdcUser")]
    [InlineData("(Get-OdcAsset -First 5).AssetKey | Get-OdcAsset")]
    public async Task The_window_is_that_of_the_output(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        var all = lab.Run(line).ThrowOnError().Output.Select(Text).ToList();
        Assert.InRange(all.Count, 3, int.MaxValue);
        Assert.Equal(all.Take(3), lab.Run(line + " -First 3").ThrowOnError().Output.Select(Text));
        Assert.Equal(all.Skip(1).Take(2), lab.Run(line + " -Skip 1 -First 2").ThrowOnError().Output.Select(Text));
        var counted = lab.Run(line + " -IncludeTotalCount").ThrowOnError().Output;
        Assert.Equal(all.Count + 1, counted.Count);
    }

    [Fact]
    public async Task First_0_with_the_count_is_one_request()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Forget();
        var output = lab.Run("Get-OdcUser -First 0 -IncludeTotalCount").ThrowOnError().Output;
        Assert.Equal("60", Assert.Single(output).BaseObject.ToString());
        Assert.Single(lab.Sent);
        lab.Forget();
        Assert.Empty(lab.Run("Get-OdcUser -First 0").ThrowOnError().Output);
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task A_skip_that_the_service_can_t_count_is_an_error()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal("OdcInvalidRequest", lab.Run("Get-OdcUser -Skip 3000000000").ErrorId);
    }

    [Fact]
    public async Task Users_of_a_group_are_asked_for_in_chunks()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$users = Get-OdcUser; $group = Get-OdcGroup -First 1").ThrowOnError();
        lab.Forget();
        lab.Run("$users | Get-OdcUser -Group $group").ThrowOnError();
        Assert.Equal(3, lab.Sent.Count);
        lab.Forget();
        lab.Run("Get-OdcUser -User $users -Group $group").ThrowOnError();
        Assert.Equal(3, lab.Sent.Count);
    }

    [Fact]
    public async Task Deployments_say_in_which_stage_they_ran()
    {
        await using var lab = await TenantLab.StartAsync();
        var all = lab.Run("Get-OdcDeployment").All<OdcDeployment>();
        Assert.NotEmpty(all);
        Assert.All(all, d => Assert.NotNull(d.StageName));
        Assert.Equal(all.Count, lab.Run("Get-OdcStage | Get-OdcDeployment").All<OdcDeployment>().Count);
        Assert.Equal(all.Count(d => d.StageName is "QA" or "Production"), lab.Run("Get-OdcDeployment -Stage QA, Production").All<OdcDeployment>().Count);
        lab.Run("Get-OdcDeployment -First 1 | Get-OdcUser");
    }

    [Theory]
    [InlineData("Get-OdcStage QA | Get-OdcStage")]
    [InlineData("(Get-OdcStage QA).StageKey | Get-OdcStage")]
    [InlineData("Get-OdcPortfolio Main* | Get-OdcStage QA")]
    public async Task A_stage_is_itself(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal("QA", lab.Run(line).Single<OdcPowerShell.Portfolios.OdcStage>().Name);
    }

    [Fact]
    public async Task Builds_are_found_by_the_name_of_an_asset()
    {
        await using var lab = await TenantLab.StartAsync();
        var revision = lab.Run("(Get-OdcDeployedAsset 'Order Desk' -Stage Production -Flat).Revision").Single<int>();
        Assert.NotEmpty(lab.Run($"Get-OdcBuild 'Order Desk' {revision}").ThrowOnError().Output);
        lab.Run("Get-OdcBuild 'Order Desk'").ThrowOnError();
    }

    private static string Text(PSObject output) => $"{output} {output.Properties["Key"]?.Value ?? output.Properties["OrganizationRoleKey"]?.Value} {output.Properties["UserKey"]?.Value} {output.Properties["Revision"]?.Value}";
}
