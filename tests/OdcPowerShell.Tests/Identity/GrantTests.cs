using System.Text.Json;

namespace OdcPowerShell.Tests.Identity;

/// <summary>A role for many users, with few requests.</summary>
public sealed class GrantTests
{
    private const string Users = "$users = Get-OdcUser -First 300; $clerk = Get-OdcEndUserRole Clerk -Stage QA";

    [Theory]
    [InlineData("$users | Add-OdcGroupUser -Group (New-OdcGroup Clerks -Stage QA -EndUserRole $clerk)", 3)]
    [InlineData("New-OdcGroup Clerks -Stage QA -EndUserRole Clerk -User $users | Out-Null", 3)]
    [InlineData("$group = New-OdcGroup Clerks -Stage QA; $group | Grant-OdcEndUserRole -EndUserRole $clerk; $users | Add-OdcGroupUser -Group $group", 4)]
    public async Task Three_hundred_users_have_a_role_after_four_requests(string script, int requests)
    {
        await using var lab = await TenantLab.StartAsync(users: 350);
        lab.Run(Users).ThrowOnError();
        lab.Forget();
        Assert.Empty(lab.Run(script).ThrowOnError().Output);
        Assert.InRange(requests, 1, 4);
        Assert.Equal(requests, lab.Sent.Count);
        MustHaveRole(lab);
    }

    [Fact]
    public async Task So_have_they_after_four_requests_of_a_connection_that_knows_no_names()
    {
        await using var lab = await TenantLab.StartAsync(users: 350);
        lab.Run(Users).ThrowOnError();
        lab.Shell.Connect(lab.Tenant, parameters: "-Name fresh").ThrowOnError();
        lab.Forget();
        Assert.Empty(lab.Run("$users | Add-OdcGroupUser -Group (New-OdcGroup Clerks -Stage QA -EndUserRole $clerk)").ThrowOnError().Output);
        Assert.Equal(4, lab.Sent.Count);
        MustHaveRole(lab);
    }

    [Fact]
    public async Task Directly_granted_it_takes_a_request_a_user_and_names_are_looked_up_once()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$users = Get-OdcUser -First 30").ThrowOnError();
        lab.Forget();
        Assert.Empty(lab.Run("$users | Grant-OdcEndUserRole -EndUserRole Clerk -Stage QA -Asset 'Order Desk'").ThrowOnError().Output);
        Assert.Equal(30, lab.Changes.Count);
        Assert.Equal(3, lab.Sent.Count - lab.Changes.Count);
        var role = lab.Run("$clerk = Get-OdcEndUserRole Clerk -Stage QA; $clerk.EndUserRoleKey").Single<string>();
        Assert.Equal(30, Granted());
        Assert.Empty(lab.Run("$users | Get-OdcEndUserRole -AssignmentSource Direct -EndUserRole $clerk | Revoke-OdcEndUserRole").ThrowOnError().Output);
        Assert.Equal(0, Granted());

        int Granted() => lab.Run("$users.UserKey").All<string>().Count(k => lab.Identity.FindUser(Guid.Parse(k))!.DirectRoles.Any(r => r.Key == Guid.Parse(role)));
    }

    [Fact]
    public async Task Groups_gather_and_rows_say_which_group_they_are_of()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var teams = lab.Run("$teams = Get-OdcGroup 'Order Desk Clerk Team'; $teams").All<OdcPowerShell.Identity.OdcGroup>();
        var members = lab.Run("$members = $teams | Get-OdcUser; $members").All<OdcPowerShell.Identity.OdcGroupUser>();
        Assert.InRange(members.DistinctBy(m => m.GroupKey).Count(), 2, 3);
        lab.Forget();
        Assert.Empty(lab.Run("$members | Remove-OdcGroupUser -Confirm:$false").ThrowOnError().Output);
        Assert.Equal(members.Select(m => $"PATCH /api/identity/v1/groups/{m.GroupKey}/users").Distinct().Order(), lab.Sent.Order());
        Assert.DoesNotContain(lab.Tenant.Users, u => u.Memberships.Any(m => m.IsAssigned && teams.Any(t => t.GroupKey == m.GroupKey.ToString())));
        lab.Forget();
        Assert.Empty(lab.Run("$teams[0] | Get-OdcEndUserRole | Revoke-OdcEndUserRole").ThrowOnError().Output);
        var body = JsonDocument.Parse(lab.Tenant.Statistics.Requests.Single(r => r.Method == "PATCH").Body!).RootElement;
        Assert.Equal(1, body.GetProperty("applicationRoleKeysToRemove").GetArrayLength());
        Assert.Empty(lab.Identity.FindGroup(Guid.Parse(teams[0].GroupKey!))!.Roles);
    }

    private static void MustHaveRole(TenantLab lab)
    {
        var role = lab.Identity.Roles.Single(r => r.Name == "Clerk" && r.StageKey == lab.Tenant.Stages.Single(s => s.Name == "QA").Key);
        var group = lab.Identity.Groups.Single(g => g.Name == "Clerks");
        Assert.Equal([role], group.Roles);
        Assert.Equal(300, lab.Identity.MembersOf(group).Count);
        Assert.All(lab.Identity.MembersOf(group), u => Assert.Contains(role, u.Roles));
    }
}
