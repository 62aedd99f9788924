namespace OdcPowerShell.Tests.Binding;

/// <summary>-Stage with groups and roles that are objects, keys or rows: they must be of that stage.</summary>
public sealed class OtherStageTests
{
    private const string Setup = "$group = New-OdcGroup 'Claims Team' -Stage Production; $user = Get-OdcUser -First 1; $group | Add-OdcGroupUser -User $user";

    [Theory]
    [InlineData("$group | Remove-OdcGroupUser -User $user -Stage QA -Confirm:$false")]
    [InlineData("Remove-OdcGroupUser -Group $group.GroupKey -User $user -Stage QA -Confirm:$false")]
    [InlineData("Remove-OdcGroupUser -Group 'Claims Team' -User $user -Stage QA -Confirm:$false")]
    [InlineData("[pscustomobject]@{ GroupKey = $group.GroupKey; UserKey = $user.UserKey; Stage = 'QA' } | Add-OdcGroupUser")]
    [InlineData("[pscustomobject]@{ UserKey = $user.UserKey; Stage = 'QA' } | Add-OdcGroupUser -Group 'Claims Team'")]
    [InlineData("[pscustomobject]@{ UserKey = $user.UserKey; Stage = 'QA' } | Add-OdcGroupUser -Group $group")]
    [InlineData("New-OdcGroup Other -Stage QA -EndUserRole (Get-OdcEndUserRole -Stage Production -First 1)")]
    [InlineData("[pscustomobject]@{ Name = 'Other'; Stage = 'QA' } | New-OdcGroup -EndUserRole (Get-OdcEndUserRole -Stage Production -First 1)")]
    public async Task Of_another_stage_is_an_error(string line)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Run(Setup).ThrowOnError();
        lab.Forget();
        var result = lab.Run(line);
        Assert.True(result.HasError, line);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Rows_of_several_stages_change_the_groups_of_their_own_stage()
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Run(Setup).ThrowOnError();
        lab.Forget();
        var result = lab.Run("'QA', 'Production', 'QA' | ForEach-Object { [pscustomobject]@{ GroupKey = $group.GroupKey; UserKey = $user.UserKey; Stage = $_ } } | Add-OdcGroupUser");
        Assert.Equal(2, result.Errors.Count);
        Assert.Contains("The end-user group 'Claims Team' is of the stage Production, and not of QA", result.Errors[0].MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Single(lab.Changes);
        // The group of the rows was read once.
        Assert.Single(lab.Sent, s => s.StartsWith("GET /api/identity/v1/groups/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$group | Remove-OdcGroupUser -User $user -Stage Production -Confirm:$false")]
    [InlineData("Remove-OdcGroupUser -Group $group.GroupKey -User $user -Stage Production -Confirm:$false")]
    [InlineData("$group | Remove-OdcGroupUser -User $user -Confirm:$false")]
    public async Task Of_the_same_stage_is_changed(string line)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Run(Setup).ThrowOnError();
        lab.Forget();
        lab.Run(line).ThrowOnError();
        Assert.Single(lab.Changes);
    }

    [Fact]
    public async Task A_group_by_name_is_found_though_the_asset_of_roles_is_specified()
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        lab.Run("$null = New-OdcGroup 'Claims Team' -Stage QA; Grant-OdcEndUserRole -Group 'Claims Team' -EndUserRole Clerk -Stage QA -Asset 'Order Desk'").ThrowOnError();
    }
}
