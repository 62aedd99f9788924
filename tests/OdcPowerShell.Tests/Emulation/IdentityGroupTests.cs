namespace OdcPowerShell.Tests.Emulation;

/// <summary>Groups, their members and what they hand down.</summary>
public sealed class IdentityGroupTests
{
    private static readonly Guid Nobody = new("11111111-1111-4111-8111-111111111111");

    [Fact]
    public async Task Seeded_groups_hold_the_users_who_inherit_from_them()
    {
        await using var lab = await IdentityLab.StartAsync();
        Assert.Equal(60, (await lab.GetAsync("groups")).Total);
        var member = lab.Tenant.Users.First(u => u.Memberships.Count > 0);
        var group = member.Memberships[0].GroupKey;
        Assert.Contains(member.Key, await MembersAsync(lab, group));
        Assert.Contains(group, (await lab.GetAsync($"users/{member.Key}/groups")).Results.Select(r => r.GetProperty("group").GetProperty("key").GetGuid()));
        var role = Assert.Single((await lab.GetAsync($"groups/{group}/application-roles")).Keys);
        Assert.Contains(member.Key, (await lab.GetAsync($"application-roles/{role}/users")).Keys);
        Assert.Equal(60, (await lab.GetAsync($"groups?portfolioKeys={lab.Tenant.Stages[0].PortfolioKey}")).Total);
        Assert.Equal(20, (await lab.GetAsync($"groups?environmentKey={lab.Tenant.Stages[1].Key}")).Total);
        Assert.Equal(3, (await lab.GetAsync("groups?nameContains=board%20reports%20EDITOR")).Total);
        (await lab.GetAsync($"groups?environmentKey={Nobody}&environmentKeys={Nobody}")).MustFail(400);
    }

    [Fact]
    public async Task A_new_group_has_its_users_and_hands_down_its_roles()
    {
        await using var lab = await IdentityLab.StartAsync();
        var stage = lab.Tenant.Stages[2].Key;
        var roles = lab.Identity.Roles.Where(r => r.StageKey == stage).Take(2).Select(r => r.Key).ToList();
        var users = new[] { lab.Tenant.Users[3].Key, await lab.CreateUserAsync("member@acme.example") };
        var group = (await lab.PostAsync("groups", $$"""{ "name": "Clerks", "environmentKey": "{{stage}}", "applicationRoleKeys": ["{{roles[0]}}"], "userKeys": ["{{users[0]}}", "{{users[1]}}"] }""")).MustBe(201).Key;
        Assert.Equal(users.Order(), (await MembersAsync(lab, group)).Order());
        Assert.Contains(users[1], (await lab.GetAsync($"application-roles/{roles[0]}/users")).Keys);
        Assert.Equal([users[1]], (await lab.GetAsync("users?nameOrEmailContains=member@&hasApplicationRoles=true")).Keys);

        (await lab.PatchAsync($"groups/{group}/application-roles", $$"""{ "applicationRoleKeysToAdd": ["{{roles[1]}}"], "applicationRoleKeysToRemove": ["{{roles[0]}}"] }""")).MustBe(200);
        Assert.Equal([roles[1]], (await lab.GetAsync($"users/{users[1]}/application-roles?assignmentSources=GroupAssigned")).Keys);
        Assert.DoesNotContain(users[1], (await lab.GetAsync($"application-roles/{roles[0]}/users")).Keys);

        (await lab.DeleteAsync($"groups/{group}")).MustFail(400);
        (await lab.PatchAsync($"groups/{group}/users", $$"""{ "userKeysToRemove": ["{{users[0]}}", "{{users[1]}}"] }""")).MustBe(200);
        Assert.False(lab.Identity.FindUser(users[1])!.HasApplicationRoles);
        (await lab.DeleteAsync($"groups/{group}")).MustBe(204);
        (await lab.GetAsync($"groups/{group}")).MustFail(404);
        (await lab.DeleteAsync($"groups/{group}")).MustFail(404);
    }

    [Fact]
    public async Task The_roles_of_a_seeded_group_change_for_all_its_members()
    {
        await using var lab = await IdentityLab.StartAsync();
        var group = lab.Identity.Groups.First(g => lab.Identity.MembersOf(g).Count > 1);
        var members = await MembersAsync(lab, group.Key);
        var role = lab.Identity.Roles.Last(r => r.StageKey == group.StageKey && r.GroupKey != group.Key).Key;
        (await lab.PatchAsync($"groups/{group.Key}/application-roles", $$"""{ "applicationRoleKeysToAdd": ["{{role}}"] }""")).MustBe(200);
        Assert.Subset((await lab.GetAsync($"application-roles/{role}/users")).Keys.ToHashSet(), members.ToHashSet());
        Assert.Equal(members.Order(), (await MembersAsync(lab, group.Key)).Order());
    }

    [Fact]
    public async Task A_patch_keeps_what_it_does_not_name()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var group = lab.Identity.Groups[0];
        (await lab.PatchAsync($"groups/{group.Key}", """{ "description": "new" }""")).MustBe(204);
        (await lab.PatchAsync($"groups/{group.Key}", """{ "name": "Renamed" }""")).MustBe(204);
        var changed = lab.Identity.FindGroup(group.Key)!;
        Assert.Equal(("Renamed", "new"), (changed.Name, changed.Description));
        Assert.True(changed.UpdatedAt > group.UpdatedAt);
        (await lab.PatchAsync($"groups/{Nobody}", """{ "name": "x" }""")).MustFail(404);
    }

    [Fact]
    public async Task What_cannot_be_in_a_group_is_refused()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var group = lab.Identity.Groups[0];
        var elsewhere = lab.Identity.Roles.First(r => r.StageKey != group.StageKey).Key;
        var taken = $$"""{ "name": "{{group.Name.ToUpperInvariant()}}", "environmentKey": "{{group.StageKey}}" }""";
        (await lab.PostAsync("groups", taken)).MustFail(400, "name");
        (await lab.PostAsync("groups", """{ "name": "x" }""")).MustFail(400, "environmentKey");
        (await lab.PostAsync("groups", $$"""{ "environmentKey": "{{group.StageKey}}" }""")).MustFail(400, "name");
        (await lab.PostAsync("groups", $$"""{ "name": "x", "environmentKey": "{{Nobody}}" }""")).MustFail(400, "environmentKey");
        (await lab.PostAsync("groups", $$"""{ "name": "x", "environmentKey": "{{group.StageKey}}", "userKeys": ["{{Nobody}}"] }""")).MustFail(400, "userKeys");
        (await lab.PostAsync("groups", $$"""{ "name": "x", "environmentKey": "{{group.StageKey}}", "applicationRoleKeys": ["{{elsewhere}}"] }""")).MustFail(400, "applicationRoleKeys");
        (await lab.PatchAsync($"groups/{group.Key}/users", $$"""{ "userKeysToAdd": ["{{lab.Tenant.Users[0].Key}}", "{{Nobody}}"] }""")).MustFail(400, "userKeysToAdd");
        (await lab.PatchAsync($"groups/{group.Key}/application-roles", $$"""{ "applicationRoleKeysToAdd": ["{{elsewhere}}"] }""")).MustFail(400, "applicationRoleKeysToAdd");
        Assert.Equal(60, lab.Identity.Groups.Count);
        Assert.DoesNotContain(lab.Identity.MembersOf(group), u => u.Key == lab.Tenant.Users[0].Key && u.Memberships.Count > 1);
        await using var other = await IdentityLab.StartAsync(users: 5);
        (await other.PostAsync("groups", $$"""{ "name": "Same", "environmentKey": "{{other.Tenant.Stages[0].Key}}" }""")).MustBe(201);
        (await other.PostAsync("groups", $$"""{ "name": "Same", "environmentKey": "{{other.Tenant.Stages[1].Key}}" }""")).MustBe(201);
    }

    [Fact]
    public async Task Mapped_members_go_with_the_last_claim_mapping()
    {
        await using var lab = await IdentityLab.StartAsync();
        Assert.Equal(lab.Identity.Groups.Count(g => g.ClaimMappings.Count > 0), (await lab.GetAsync($"groups?identityProviderKey={lab.Identity.OpenIdConnectProviderKey}")).Total);
        var group = lab.Identity.Groups.First(g => lab.Identity.MembersOf(g).Any(u => u.Memberships.Any(m => m.GroupKey == g.Key && m is { IsMapped: true, IsAssigned: false })));
        var mapped = (await lab.GetAsync($"groups/{group.Key}/users?membershipType=Mapped")).Results;
        Assert.NotEmpty(mapped);
        Assert.All(mapped, m => Assert.Contains("Mapped", m.GetProperty("membershipTypes").EnumerateArray().Select(t => t.GetString())));
        Assert.Equal(group.ClaimMappings.Count, (await lab.GetAsync($"groups/{group.Key}")).Json.GetProperty("groupIdpClaimMappings").GetArrayLength());
        var assigned = (await lab.GetAsync($"groups/{group.Key}/users?membershipType=Assigned")).Total;
        foreach (var mapping in group.ClaimMappings)
            (await lab.DeleteAsync($"groups/{group.Key}/claim-mappings/{mapping.Key}")).MustBe(204);
        (await lab.DeleteAsync($"groups/{group.Key}/claim-mappings/{group.ClaimMappings[0].Key}")).MustFail(404);
        Assert.Equal(0, (await lab.GetAsync($"groups/{group.Key}/users?membershipType=Mapped")).Total);
        Assert.Equal(assigned, (await lab.GetAsync($"groups/{group.Key}/users")).Total);
    }

    private static async Task<IReadOnlyList<Guid>> MembersAsync(IdentityLab lab, Guid group) =>
        [.. (await lab.GetAsync($"groups/{group}/users")).Results.Select(r => r.GetProperty("user").GetProperty("key").GetGuid())];
}
