using OdcPowerShell.Emulator;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>What New-Odc* writes, also when only the creation succeeds.</summary>
public sealed class CreationTests
{
    [Theory]
    [InlineData("New-OdcUser ana@acme.example -Name Ana", "/api/identity/v1/users/", "UserKey", "Email", "ana@acme.example")]
    [InlineData("New-OdcGroup Clerks -Stage QA", "/api/identity/v1/groups/", "GroupKey", "Name", "Clerks")]
    [InlineData("New-OdcOrganizationRole Auditor -Permission 'View members'", "/api/identity/v1/organization-roles/", "OrganizationRoleKey", "Name", "Auditor")]
    public async Task The_key_is_not_lost_when_it_cannot_be_read_again(string command, string path, string keyName, string property, string value)
    {
        await using var reference = await TenantLab.StartAsync();
        var key = reference.Run($"({command}).{keyName}").Single<string>();
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer(path + key, new CannedAnswer(403, "application/json", """{"detail":"Not for you."}"""));
        var result = lab.Run($"$new = {command}; $new.{keyName}; $new.{property}").ThrowOnError();
        Assert.Equal([key, value], result.Output.Select(o => o.ToString()));
        Assert.Contains(key, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("Not for you.", result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_whose_answer_has_no_key_says_so()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Answer("/api/identity/v1/groups", new CannedAnswer(201, "application/json", "{}"));
        Assert.Contains("answered 201 with application/json without ", lab.Run("New-OdcGroup Clerks -Stage QA").Error.MustBe("OdcUnexpectedResponse").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_group_has_its_stage_roles_and_users()
    {
        await using var lab = await TenantLab.StartAsync();
        var group = lab.Run("New-OdcGroup Clerks -Stage qa -Description 'All clerks' -EndUserRole Clerk -User (Get-OdcUser -First 3), (Get-OdcUser -Skip 3 -First 1).Email").Single<OdcGroup>();
        Assert.Equal(("Clerks", "QA", "All clerks"), (group.Name, group.StageName, group.Description));
        var made = lab.Identity.FindGroup(Guid.Parse(group.GroupKey!))!;
        Assert.Equal("Clerk", Assert.Single(made.Roles).Name);
        Assert.Equal(4, lab.Identity.MembersOf(made).Count);
        Assert.Equal(("Chiefs", "QA"), lab.Run("Set-OdcGroup Clerks -Name Chiefs -PassThru | ForEach-Object { $_.Name; $_.StageName }").All<string>() is [var name, var stage] ? (name, stage) : default);
        Assert.Contains("has users", Assert.Single(lab.Run("Remove-OdcGroup Chiefs -Confirm:$false").Errors).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        lab.Run("Get-OdcGroup Chiefs | Get-OdcUser | Remove-OdcGroupUser -Confirm:$false; Remove-OdcGroup Chiefs -Confirm:$false").ThrowOnError();
        Assert.Null(lab.Identity.FindGroup(made.Key));
    }

    [Fact]
    public async Task Rows_become_groups_in_their_stages()
    {
        await using var lab = await TenantLab.StartAsync();
        var groups = lab.Run("[pscustomobject]@{ Name = 'A'; Stage = 'QA'; Description = '' }, [pscustomobject]@{ Name = 'B'; StageName = 'Production' } | New-OdcGroup").All<OdcGroup>();
        Assert.Equal([("A", "QA"), ("B", "Production")], groups.Select(g => (g.Name!, g.StageName!)));
    }

    [Fact]
    public async Task A_role_is_copied_with_the_stages_of_its_permissions_and_changed_permission_by_permission()
    {
        await using var lab = await TenantLab.StartAsync();
        var role = lab.Run("New-OdcOrganizationRole Auditor -Permission 'View stage', 'Deploy assets' -Stage QA").Single<OdcOrganizationRole>();
        Assert.All(Made(role).Permissions, p => Assert.Equal([Stage("QA")], p.StageKeys));
        var copy = lab.Run("New-OdcOrganizationRole 'Auditor 2' -Permission (Get-OdcOrganizationRole Auditor).Permissions").Single<OdcOrganizationRole>();
        Assert.Equal(Made(role).Permissions.Select(p => (p.PermissionKey, string.Join(' ', p.StageKeys))), Made(copy).Permissions.Select(p => (p.PermissionKey, string.Join(' ', p.StageKeys))));
        lab.Run("Set-OdcOrganizationRole 'Auditor 2' -AddPermission 'View members' -RemovePermission 'Deploy assets' -Stage Production").ThrowOnError();
        Assert.Equal([("View stage", Stage("QA")), ("Deploy assets", Stage("QA")), ("View members", Stage("Production"))], Made(copy).Permissions.Select(p => (Name(p.PermissionKey), Assert.Single(p.StageKeys))));
        Assert.Equal("Reviewer", lab.Run("Set-OdcOrganizationRole 'Auditor 2' -Name Reviewer -PassThru").Single<OdcOrganizationRole>().Name);
        lab.Run("Set-OdcOrganizationRole Reviewer -RemovePermission 'Deploy assets' -Stage QA").ThrowOnError();
        Assert.Equal(2, Made(copy).Permissions.Count);

        EmulatedOrganizationRole Made(OdcOrganizationRole of) => lab.Identity.OrganizationRoles.Single(r => r.Key == Guid.Parse(of.OrganizationRoleKey!));
        Guid Stage(string name) => lab.Tenant.Stages.Single(s => s.Name == name).Key;
        string Name(Guid permission) => lab.Identity.Permissions.Single(p => p.Key == permission).Name;
    }
}
