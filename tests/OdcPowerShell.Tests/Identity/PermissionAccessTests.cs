using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Who may do something: the members whose roles have a permission, with the permissions that it comes with.</summary>
public sealed class PermissionAccessTests
{
    [Fact]
    public async Task Who_has_a_permission_in_a_stage_is_who_has_a_role_with_it_there()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("""
            $users = Get-OdcUser -First 4
            New-OdcOrganizationRole 'Deploys to QA' -Permission 'Deploy assets' -Stage QA
            Set-OdcOrganizationRole 'Deploys to QA' -AddPermission 'View stage'
            New-OdcOrganizationRole 'Manages users' -Permission 'Manage users'
            $users[0] | Grant-OdcOrganizationRole -OrganizationRole 'Deploys to QA'
            $users[1] | Grant-OdcOrganizationRole -OrganizationRole 'Manages users'
            """).ThrowOnError();
        Assert.Equal(("Deploys to QA", "QA"), Assert.Single(Of("-Permission 'Release management > Deploy assets' -Stage QA"), r => r.Role == "Deploys to QA"));
        // View stage lets the role apply in Production, and not the permission that is asked for.
        Assert.DoesNotContain(Of("-Permission 'Deploy assets' -Stage Production"), r => r.Role == "Deploys to QA");
        Assert.Contains(Of("-RoleKind Organization -Stage Production"), r => r.Role == "Deploys to QA");
        // All that have it, no matter where: the same roles as Get-OdcOrganizationRole shows.
        var having = lab.Identity.OrganizationRoles.Where(r => r.Permissions.Any(p => lab.Identity.Permissions.Single(d => d.Key == p.PermissionKey).Name == "Deploy assets")).Select(r => r.Key).ToHashSet();
        Assert.Equal(
            lab.Tenant.Users.SelectMany(u => u.OrganizationGrants.Where(g => having.Contains(g.RoleKey)).Select(_ => u.Email)).Order(StringComparer.Ordinal),
            lab.Run("Get-OdcUserAccess -Permission 'Deploy assets'").All<OdcUserAccess>().Select(r => r.UserEmail).Order(StringComparer.Ordinal));
        // It comes with another permission.
        Assert.Contains(("Manages users", null), Of("-Permission 'View members' -Stage Production"));
        Assert.DoesNotContain(Of("-Permission 'View members'"), r => r.Role == "Deploys to QA");
        lab.Run("Get-OdcUserAccess -Permission 'View members' -RoleKind EndUser").Error.MustBe("OdcInvalidRequest");

        List<(string? Role, string? Stages)> Of(string parameters) => [.. lab.Run("Get-OdcUserAccess " + parameters).All<OdcUserAccess>().Select(r => (r.RoleName, r.StageName))];
    }

    [Theory]
    [InlineData("SAME_STAGE", "QA")]
    [InlineData("PRD", null)]
    public void What_comes_with_a_permission_is_limited_as_that_is_only_in_the_same_stages(string realm, string? stages)
    {
        var all = new[]
        {
            new OdcPermission { PermissionKey = "release", Inherits = [new OdcPermissionInheritance { PermissionKey = "deploy", RealmStages = ["SAME_STAGE"] }] },
            new OdcPermission { PermissionKey = "deploy", Inherits = [new OdcPermissionInheritance { PermissionKey = "open", RealmStages = [realm] }] },
            new OdcPermission { PermissionKey = "open" }, new OdcPermission { PermissionKey = "other" },
        };
        var role = new OdcOrganizationRole { Permissions = [new() { PermissionKey = "RELEASE", StageKeys = ["qa"] }, new() { PermissionKey = "other" }] };
        var found = new PermissionCarriers(["open"], all).Of(role);
        Assert.Equal(stages, RoleStages.Of(found, [], key => key?.ToUpperInvariant()).Text);
        Assert.Equal("release", Assert.Single(found).PermissionKey, ignoreCase: true);
        Assert.Empty(new PermissionCarriers(["open"], all).Of(new OdcOrganizationRole { Permissions = [new() { PermissionKey = "other" }] }));
    }
}
