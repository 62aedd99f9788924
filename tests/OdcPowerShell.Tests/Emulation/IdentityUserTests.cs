using System.Text.Json;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Users that come, change and go.</summary>
public sealed class IdentityUserTests
{
    private const string NewUser = """{ "email": "zoe.new@acme.example", "name": "Mia Middle", "username": "zoe" }""";

    [Fact]
    public async Task A_created_user_is_everywhere()
    {
        await using var lab = await IdentityLab.StartAsync();
        var key = (await lab.PostAsync("users", NewUser)).MustBe(201).Key;
        var user = (await lab.GetAsync($"users/{key}")).MustBe(200).Json;
        Assert.Equal("Invited", user.GetProperty("status").GetString());
        Assert.True(user.GetProperty("isActive").GetBoolean());
        Assert.Equal(JsonValueKind.Null, user.GetProperty("photoUrl").ValueKind);
        Assert.Equal([key], (await lab.GetAsync("users?nameOrEmailContains=zoe.new")).Keys);
        Assert.Equal([key], (await lab.GetAsync("users?nameOrEmailOrUsernameContains=zoe&status=Invited&domains=acme.example&nameOrEmailContains=Middle")).Keys);
        Assert.Equal([key], (await lab.GetAsync($"users?userKeys={key}")).Keys);
        Assert.Equal(251, (await lab.GetAsync("users?limit=1")).Total);
        Assert.Equal(251, (await lab.GetAsync("users/count")).Json.GetProperty("userCount").GetInt32());
        Assert.Equal(key, lab.Tenant.Users[^1].Key);
    }

    [Theory]
    [InlineData("name", 250)]
    [InlineData("name", 10_500)]
    [InlineData("key", 250)]
    [InlineData("email", 250)]
    [InlineData("status", 250)]
    [InlineData("lastLoginAt", 250)]
    public async Task Created_and_changed_users_are_sorted_among_the_others(string field, int users)
    {
        await using var lab = await IdentityLab.StartAsync(users);
        foreach (var email in new[] { "aaa@acme.example", "mmm@acme.example", "zzz@zz.example" })
            await lab.PostAsync("users", $$"""{ "email": "{{email}}", "name": "{{email[..1].ToUpperInvariant()}}mm" }""");
        await lab.CreateUserAsync("nameless@acme.example");
        await lab.PatchAsync($"users/{lab.Tenant.Users[7].Key}", """{ "name": "Mz", "isActive": false }""");
        await lab.DeleteAsync($"users/{lab.Tenant.Users[9].Key}");
        var ascending = await ReadAllAsync(lab, field);
        Assert.Equal(users + 3, ascending.Distinct().Count());
        Assert.Equal(Sorted(lab.Tenant.Users, field).Select(u => u.Key), ascending);
        Assert.Equal(ascending.Reverse(), await ReadAllAsync(lab, "-" + field));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = lab.Tenant.Users.First(u => u is { Status: "Active", PhotoUrl: not null, Name: not null });
        (await lab.PatchAsync($"users/{user.Key}", """{ "name": "New Name" }""")).MustBe(204);
        var changed = lab.Identity.FindUser(user.Key)!;
        Assert.Equal(("New Name", user.PhotoUrl, "Active", user.Email, user.LastLoginAt), (changed.Name, changed.PhotoUrl, changed.Status, changed.Email, changed.LastLoginAt));
        Assert.Equal(user.Roles, changed.Roles);
        Assert.Equal(user.Memberships, changed.Memberships);
        Assert.Equal(user.OrganizationGrants, changed.OrganizationGrants);
        (await lab.PatchAsync($"users/{user.Key}", """{ "isActive": false, "unknown": 1 }""")).MustBe(204);
        Assert.Equal([user.Key], (await lab.GetAsync("users?nameOrEmailContains=New%20Name&status=Inactive")).Keys);
        (await lab.PatchAsync($"users/{user.Key}", """{ "isActive": true }""")).MustBe(204);
        Assert.Equal("Active", lab.Identity.FindUser(user.Key)!.Status);
    }

    [Theory]
    [InlineData("""{ "isActive": "yes" }""")]
    [InlineData("""{ "name": 1 }""")]
    [InlineData("""{ "photoUrl": {} }""")]
    [InlineData("[]")]
    public async Task A_member_of_another_type_is_refused(string json)
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        (await lab.PatchAsync($"users/{lab.Tenant.Users[0].Key}", json)).MustFail(400, json.StartsWith('[') ? "$" : "$." + json.Split('"')[1]);
    }

    [Fact]
    public async Task A_deleted_user_is_nowhere()
    {
        await using var lab = await IdentityLab.StartAsync();
        var seeded = lab.Tenant.Users.First(u => u.Memberships.Count > 0 && u.HasOrganizationRoles);
        foreach (var key in new[] { seeded.Key, await lab.CreateUserAsync("short@acme.example") })
        {
            (await lab.DeleteAsync($"users/{key}")).MustBe(204);
            foreach (var path in new[] { "", "/groups", "/application-roles", "/organization-roles" })
                (await lab.GetAsync($"users/{key}{path}")).MustFail(404);
            (await lab.PatchAsync($"users/{key}", """{ "name": "x" }""")).MustFail(404);
            (await lab.DeleteAsync($"users/{key}")).MustFail(404);
            (await lab.PostAsync($"users/{key}/application-roles/{lab.Identity.Roles[0].Key}")).MustFail(404);
            Assert.Empty((await lab.GetAsync($"users?userKeys={key}")).Keys);
        }

        Assert.Equal(249, (await lab.GetAsync("users/count")).Json.GetProperty("userCount").GetInt32());
        Assert.DoesNotContain(seeded.Key, (await lab.GetAsync($"organization-roles/{seeded.OrganizationGrants[0].RoleKey}/users")).Keys);
        Assert.DoesNotContain(lab.Identity.MembersOf(lab.Identity.FindGroup(seeded.Memberships[0].GroupKey)!), u => u.Key == seeded.Key);
        await lab.CreateUserAsync(seeded.Email);
    }

    [Theory]
    [InlineData("""{ "name": "No Address" }""", "email")]
    [InlineData("""{ "email": "" }""", "email")]
    [InlineData("""{ "email": "nobody" }""", "email")]
    [InlineData("""{ "email": "a b@acme.example" }""", "email")]
    [InlineData("""{ "email": "a@acme.example", "identityProviderKey": "11111111-1111-4111-8111-111111111111" }""", "identityProviderKey")]
    [InlineData("""{ "email": "a@acme.example", "isActive": null }""", null)]
    [InlineData("""{ "email": "a@acme.example", "isActive": 1 }""", null)]
    public async Task A_user_that_cannot_be_is_refused(string json, string? member)
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        (await lab.PostAsync("users", json)).MustFail(400, member);
        Assert.Equal(5, lab.Tenant.Users.Count);
    }

    [Fact]
    public async Task An_address_is_taken_once_and_doubles_are_counted()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        await lab.CreateUserAsync("once@acme.example");
        (await lab.PostAsync("users", """{ "email": "ONCE@acme.example" }""")).MustFail(400, "email");
        (await lab.PostAsync("users", $$"""{ "email": "{{lab.Tenant.Users[0].Email}}" }""")).MustFail(400, "email");
        var created = Assert.Single(lab.Tenant.Identity.CreatedUsers);
        Assert.Equal((1, 2), (created.Keys.Count, created.Count));
    }

    [Fact]
    public async Task Inactive_and_provider_are_taken_from_the_body()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var provider = lab.Identity.OpenIdConnectProviderKey;
        var key = (await lab.PostAsync("users", $$"""{ "email": "a@acme.example", "isActive": false, "addToBuiltInIdentityProvider": true, "identityProviderKey": "{{provider}}", "subject": "s-1", "username": "u-1" }""")).MustBe(201).Key;
        var user = (await lab.GetAsync($"users/{key}?embed=UserIdentityProviders&embed=ApplicationRoles")).MustBe(200).Json;
        Assert.Equal("Inactive", user.GetProperty("status").GetString());
        var profiles = user.GetProperty("_embedded").GetProperty("userIdentityProviders").EnumerateArray().ToList();
        Assert.Equal([lab.Identity.BuiltInProviderKey, provider], profiles.Select(p => p.GetProperty("identityProviderKey").GetGuid()));
        Assert.Equal("s-1", profiles[1].GetProperty("subject").GetString());
        Assert.Empty(user.GetProperty("_embedded").GetProperty("applicationRoles").EnumerateArray());
    }

    [Fact]
    public async Task Many_at_once_do_not_disturb_each_other()
    {
        await using var lab = await IdentityLab.StartAsync();
        await lab.GetAsync("users?limit=1");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            var key = await lab.CreateUserAsync($"u{i}@acme.example");
            Assert.Equal([key], (await lab.GetAsync($"users?nameOrEmailContains=u{i}@acme.example")).Keys);
            (await lab.PostAsync($"users/{key}/application-roles/{lab.Identity.Roles[0].Key}")).MustBe(201);
        }));
        Assert.Equal(450, (await lab.GetAsync("users?limit=1")).Total);
        Assert.Equal(200, lab.Tenant.Users.Count(u => u.Email.StartsWith('u') && u.Roles.Count == 1 && u.Status == "Invited"));
    }

    private static async Task<IReadOnlyList<Guid>> ReadAllAsync(IdentityLab lab, string sort)
    {
        var keys = new List<Guid>();
        while (await lab.GetAsync($"users?sort={sort}&offset={keys.Count}") is { Keys.Count: > 0 } page)
            keys.AddRange(page.Keys);
        return keys;
    }

    // Creation order among equals, which is the order of the list.
    private static IEnumerable<EmulatedUser> Sorted(IReadOnlyList<EmulatedUser> users, string field) => field switch
    {
        "key" => users.OrderBy(u => u.Key),
        "email" => users.OrderBy(u => u.Email, StringComparer.OrdinalIgnoreCase),
        "status" => users.OrderBy(u => Array.IndexOf(["Active", "Inactive", "Invited", "PendingRegistration"], u.Status)),
        "lastLoginAt" => users.OrderBy(u => u.LastLoginAt is null).ThenBy(u => u.LastLoginAt),
        _ => users.OrderBy(u => u.Name is null).ThenBy(u => u.Name, StringComparer.OrdinalIgnoreCase),
    };
}
