using System.Text.Json;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>End-user roles, granted and inherited.</summary>
public sealed class IdentityRoleTests
{
    private static readonly Guid Nobody = new("11111111-1111-4111-8111-111111111111");

    [Fact]
    public async Task Roles_are_filtered_and_sorted()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var roles = lab.Identity.Roles;
        Assert.Equal(60, (await lab.GetAsync("application-roles")).Total);
        Assert.Equal([roles[7].Key], (await lab.GetAsync($"application-roles?key={roles[7].Key}")).Keys);
        Assert.Equal(roles.Count(r => r.AssetKey == roles[0].AssetKey), (await lab.GetAsync($"application-roles?assetKey={roles[0].AssetKey}")).Total);
        Assert.Equal(40, (await lab.GetAsync($"application-roles?environmentKeys={lab.Tenant.Stages[0].Key}&environmentKeys={lab.Tenant.Stages[2].Key}")).Total);
        Assert.Equal(0, (await lab.GetAsync($"application-roles?portfolioKeys={Nobody}")).Total);
        Assert.Equal(6, (await lab.GetAsync("application-roles?nameContains=employee")).Total);
        var byAsset = (await lab.GetAsync("application-roles?sort=-assetKey&limit=60")).Results.Select(r => r.GetProperty("assetKey").GetGuid()).ToList();
        Assert.Equal(byAsset.OrderDescending(), byAsset);
        Assert.All(roles, r => Assert.True(lab.Tenant.Identity.AssetNames.ContainsKey(r.AssetKey)));
        (await lab.GetAsync($"application-roles?environmentKey={Nobody}&environmentKeys={Nobody}")).MustFail(400);
        (await lab.GetAsync("application-roles?sort=claim")).MustFail(400);
        (await lab.GetAsync("application-roles?limit=101")).MustFail(400);
    }

    [Fact]
    public async Task A_grant_shows_at_user_and_role_until_it_is_revoked()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = await lab.CreateUserAsync("end.user@acme.example");
        var role = lab.Identity.Roles[4];
        var grant = $"users/{user}/application-roles/{role.Key}";
        Assert.Equal("", (await lab.PostAsync(grant)).MustBe(201).Text);
        (await lab.PostAsync(grant)).MustBe(201);
        Assert.Equal([role.Key], (await lab.GetAsync($"users/{user}/application-roles")).Keys);
        Assert.Equal([user], (await lab.GetAsync($"application-roles/{role.Key}/users?nameOrEmailContains=end.user")).Keys);
        Assert.Equal([user], (await lab.GetAsync($"application-roles/{role.Key}/users?userKey={user}")).Keys);
        Assert.Contains(user, (await lab.GetAsync($"users?assetKey={role.AssetKey}&environmentKey={role.StageKey}")).Keys);
        (await lab.GetAsync($"users/{user}", "endusers")).MustBe(200);
        (await lab.DeleteAsync(grant)).MustBe(204);
        (await lab.DeleteAsync(grant)).MustFail(404);
        (await lab.GetAsync($"users/{user}", "endusers")).MustFail(404);
        Assert.Empty((await lab.GetAsync($"users/{user}/application-roles")).Keys);
        (await lab.PostAsync($"users/{user}/application-roles/{Nobody}")).MustFail(404);
        (await lab.GetAsync($"application-roles/{Nobody}/users")).MustFail(404);
    }

    [Fact]
    public async Task Without_sources_only_direct_grants_are_listed()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = lab.Tenant.Users.First(u => u.Memberships.Count > 0 && u.DirectRoles.Count > 0);
        var list = $"users/{user.Key}/application-roles";
        var direct = await lab.GetAsync(list);
        Assert.Equal(user.DirectRoles.Select(r => r.Key).Order(), direct.Keys.Order());
        Assert.All(direct.Results, r => Assert.True(r.GetProperty("isDirectlyAssigned").GetBoolean() && r.GetProperty("assignedGroups").GetArrayLength() == 0));
        var all = await lab.GetAsync(list + "?assignmentSources=Direct&assignmentSources=GroupAssigned&assignmentSources=GroupMapped");
        Assert.Equal(user.Roles.Select(r => r.Key).Order(), all.Keys.Order());
        Assert.NotEqual(direct.Total, all.Total);
        (await lab.DeleteAsync($"{list}/{all.Keys.Except(direct.Keys).First()}")).MustFail(404);
    }

    [Fact]
    public async Task A_role_shows_each_way_it_is_had_that_was_asked_for()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = lab.Tenant.Users.First(u => u.Memberships.Any(m => m is { IsMapped: true, IsAssigned: false }));
        var group = lab.Identity.FindGroup(user.Memberships.First(m => m is { IsMapped: true, IsAssigned: false }).GroupKey)!;
        var role = Assert.Single(group.Roles);
        var list = $"users/{user.Key}/application-roles?applicationRoleKeys={role.Key}&assignmentSources=";
        Assert.Empty((await lab.GetAsync(list + "GroupAssigned")).Keys);
        Assert.Equal("Mapped", Ways(await lab.GetAsync(list + "GroupMapped")));
        (await lab.PatchAsync($"groups/{group.Key}/users", $$"""{ "userKeysToAdd": ["{{user.Key}}"] }""")).MustBe(200);
        (await lab.PostAsync($"users/{user.Key}/application-roles/{role.Key}")).MustBe(201);
        Assert.Equal("Direct", Ways(await lab.GetAsync(list + "Direct")));
        Assert.Equal("Assigned", Ways(await lab.GetAsync(list + "GroupAssigned")));
        Assert.Equal("Direct Assigned Mapped", Ways(await lab.GetAsync(list + "Direct&assignmentSources=GroupAssigned&assignmentSources=GroupMapped")));
        Assert.Equal("Mapped", Ways(await lab.GetAsync($"{list}GroupMapped&groupKeys={group.Key}&assetKeys={role.AssetKey}&environmentKey={role.StageKey}&nameContains={Uri.EscapeDataString(role.Name)}")));
        Assert.Empty((await lab.GetAsync($"{list}GroupMapped&groupKeys={Nobody}")).Keys);
        (await lab.GetAsync($"users/{user.Key}/application-roles?assetKey={Nobody}&assetKeys={Nobody}")).MustFail(400);
    }

    [Fact]
    public async Task Embedded_roles_name_all_their_groups()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = lab.Tenant.Users.First(u => u.Memberships.Count > 0);
        var group = user.Memberships[0].GroupKey;
        var embedded = (await lab.GetAsync($"users/{user.Key}?embed=ApplicationRoles")).Json.GetProperty("_embedded").GetProperty("applicationRoles").EnumerateArray();
        Assert.Contains(embedded, r => r.GetProperty("assignedGroups").EnumerateArray().Any(g => g.GetProperty("key").GetGuid() == group));
        var inGroup = (await lab.GetAsync($"groups/{group}/users?embed=ApplicationRoles&embed=UserIdentityProviders&userKeys={user.Key}")).Results;
        Assert.NotEmpty(Assert.Single(inGroup).GetProperty("user").GetProperty("_embedded").GetProperty("applicationRoles").EnumerateArray());
    }

    private static string Ways(Answer answer)
    {
        var role = Assert.Single(answer.MustBe(200).Results);
        var groups = role.GetProperty("assignedGroups").EnumerateArray().Select(g => g.GetProperty("membershipType").GetString()!);
        return string.Join(' ', role.GetProperty("isDirectlyAssigned").GetBoolean() ? groups.Prepend("Direct") : groups);
    }
}
