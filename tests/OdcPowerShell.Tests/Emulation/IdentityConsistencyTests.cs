namespace OdcPowerShell.Tests.Emulation;

/// <summary>Whatever requests do, and however many at once: what the API says of users, groups and roles fits together.</summary>
public sealed class IdentityConsistencyTests
{
    private const string AllSources = "assignmentSources=Direct&assignmentSources=GroupAssigned&assignmentSources=GroupMapped";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Users_groups_and_roles_agree(int seed)
    {
        await using var lab = await IdentityLab.StartAsync(users: 40);
        await lab.GetAsync("users");
        var random = new Random(seed);
        var changes = Enumerable.Range(0, 300).Select(i => Change(lab, random, i)).ToList();
        await Parallel.ForEachAsync(changes, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (change, _) =>
            Assert.InRange((await lab.SendAsync(change.Method, change.Path, change.Json, "admin")).Status, 200, 499));

        var users = (await lab.GetAsync("users")).Keys;
        var roles = (await lab.GetAsync("application-roles")).Keys;
        var groups = (await lab.GetAsync("groups")).Keys;
        Assert.True(groups.Count < 100 && users.Count < 100, "one page each");

        var ofUsers = await PairsAsync(lab, users, u => $"users/{u}/application-roles?{AllSources}", r => r.GetProperty("key").GetGuid());
        var ofRoles = await PairsAsync(lab, roles, r => $"application-roles/{r}/users", r => r.GetProperty("key").GetGuid());
        Assert.Equal(ofUsers.Order(), ofRoles.Select(p => (p.Item2, p.Item1)).Order());

        var ofMembers = await PairsAsync(lab, users, u => $"users/{u}/groups", r => r.GetProperty("group").GetProperty("key").GetGuid());
        var ofGroups = await PairsAsync(lab, groups, g => $"groups/{g}/users", r => r.GetProperty("user").GetProperty("key").GetGuid());
        Assert.Equal(ofMembers.Order(), ofGroups.Select(p => (p.Item2, p.Item1)).Order());

        // A role is had directly or through a group that has it, and in no other way.
        var direct = await PairsAsync(lab, users, u => $"users/{u}/application-roles", r => r.GetProperty("key").GetGuid());
        var handedDown = (await PairsAsync(lab, groups, g => $"groups/{g}/application-roles", r => r.GetProperty("key").GetGuid())).ToLookup(p => p.Item1, p => p.Item2);
        var expected = direct.Concat(ofMembers.SelectMany(m => handedDown[m.Item2].Select(role => (m.Item1, role)))).Distinct();
        Assert.Equal(expected.Order(), ofUsers.Order());
        Assert.Equal(ofUsers.Select(p => p.Item1).Distinct().Order(), (await lab.GetAsync("users?hasApplicationRoles=true")).Keys.Order());
        Assert.NotEmpty(direct);
        Assert.NotEmpty(ofMembers);
    }

    private static (string Method, string Path, string? Json) Change(IdentityLab lab, Random random, int i)
    {
        var user = Any(lab.Tenant.Users).Key;
        var role = Any(lab.Identity.Roles);
        var group = Any(lab.Identity.Groups);
        var sister = Any([.. lab.Identity.Roles.Where(r => r.StageKey == group.StageKey)]).Key;
        return random.Next(11) switch
        {
            0 => ("POST", "users", $$"""{ "email": "new{{i}}@acme.example" }"""),
            1 => ("DELETE", $"users/{user}", null),
            2 or 3 => ("POST", $"users/{user}/application-roles/{role.Key}", null),
            4 => ("DELETE", $"users/{user}/application-roles/{role.Key}", null),
            5 => ("POST", "groups", $$"""{ "name": "New {{i}}", "environmentKey": "{{role.StageKey}}", "applicationRoleKeys": ["{{role.Key}}"], "userKeys": ["{{user}}"] }"""),
            6 => ("PATCH", $"groups/{group.Key}/users", $$"""{ "userKeysToAdd": ["{{user}}"], "userKeysToRemove": ["{{Any(lab.Tenant.Users).Key}}"] }"""),
            7 => ("PATCH", $"groups/{group.Key}/application-roles", $$"""{ "applicationRoleKeysToAdd": ["{{sister}}"] }"""),
            8 => ("PATCH", $"groups/{group.Key}/application-roles", $$"""{ "applicationRoleKeysToRemove": ["{{group.Roles[0].Key}}"] }"""),
            9 => ("DELETE", $"groups/{group.Key}", null),
            _ => ("DELETE", $"groups/{group.Key}/claim-mappings/{group.ClaimMappings.FirstOrDefault()?.Key ?? user}", null),
        };

        T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
    }

    private static async Task<List<(Guid, Guid)>> PairsAsync(IdentityLab lab, IEnumerable<Guid> keys, Func<Guid, string> path, Func<System.Text.Json.JsonElement, Guid> other)
    {
        var pairs = new List<(Guid, Guid)>();
        foreach (var key in keys)
            pairs.AddRange((await lab.GetAsync(path(key))).MustBe(200).Results.Select(r => (key, other(r))));
        return pairs;
    }
}
