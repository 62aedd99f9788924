using OdcPowerShell.Cmdlets.Identity;
using OdcPowerShell.Identity;
using OdcPowerShell.Binding;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Permissions that are added to a role never take any away.</summary>
public sealed class RolePermissionTests
{
    private static PermissionGrant Grant(params string[] stages) => new("p", "Deploy assets", stages, []);

    [Fact]
    public void Stages_are_added_to_those_that_are_there() =>
        Assert.Equal(["prod", "qa"], Assert.Single(PermissionGrants.Changed([Grant("prod")], [], [Grant("qa")])).Stages);

    [Fact]
    public void A_permission_without_limits_stays_without() =>
        Assert.True(Assert.Single(PermissionGrants.Changed([Grant()], [], [Grant("qa")])).IsUnlimited);

    [Fact]
    public void A_limit_is_lifted_by_one_without() => Assert.True(Assert.Single(PermissionGrants.Changed([Grant("prod")], [], [Grant()])).IsUnlimited);

    [Fact]
    public void A_stage_is_taken_away_alone() =>
        Assert.Equal(["qa"], Assert.Single(PermissionGrants.Changed([Grant("prod", "qa")], [Grant("prod")], [])).Stages);

    [Fact]
    public void With_the_last_stage_the_permission_goes() => Assert.Empty(PermissionGrants.Changed([Grant("prod")], [Grant("prod")], []));

    [Fact]
    public void Without_stages_all_of_it_goes() => Assert.Empty(PermissionGrants.Changed([Grant("prod", "qa")], [Grant()], []));

    [Fact]
    public void What_can_t_be_said_is_an_error()
    {
        Assert.Throws<OdcException>(() => PermissionGrants.Changed([Grant()], [Grant("qa")], []));
        Assert.Throws<OdcException>(() => PermissionGrants.Changed([Grant("qa")], [], [new PermissionGrant("p", "Deploy assets", [], ["portfolio"])]));
    }

    [Fact]
    public async Task The_request_has_both_stages()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$role = New-OdcOrganizationRole Some 'Deploy assets' -Stage Production; $role | Set-OdcOrganizationRole -AddPermission 'Deploy assets' -Stage QA").ThrowOnError();
        var role = lab.Run("Get-OdcOrganizationRole Some | Get-OdcOrganizationRole").Single<OdcOrganizationRole>();
        Assert.Equal(2, Assert.Single(role.Permissions!).StageKeys!.Count);
        Assert.True(lab.Run("$role | Set-OdcOrganizationRole -Permission 'View members' -AddPermission 'View end users'").HasError);
    }
}
