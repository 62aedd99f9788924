namespace OdcPowerShell.Tests.Emulation;

/// <summary>Organization roles and their grants.</summary>
public sealed class IdentityOrganizationRoleTests
{
    private static readonly Guid Nobody = new("11111111-1111-4111-8111-111111111111");

    [Fact]
    public async Task Roles_are_made_changed_and_deleted()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var permission = lab.Identity.Permissions[0].Key;
        var body = $$"""{ "name": "Crew", "permissions": [{ "permissionKey": "{{permission}}", "environmentKeys": ["{{lab.Tenant.Stages[1].Key}}"] }] }""";
        var key = (await lab.PostAsync("organization-roles", body)).MustBe(201).Json.GetProperty("orgRoleKey").GetGuid();
        var role = (await lab.GetAsync($"organization-roles/{key}")).MustBe(200).Json;
        Assert.False(role.GetProperty("isReadOnly").GetBoolean());
        Assert.Equal(lab.Tenant.Stages[1].Key, role.GetProperty("permissions")[0].GetProperty("environmentKeys")[0].GetGuid());
        (await lab.PostAsync("organization-roles", """{ "name": "CREW", "permissions": [] }""")).MustFail(409);
        (await lab.PostAsync("organization-roles", """{ "permissions": [] }""")).MustFail(400, "name");
        (await lab.PostAsync("organization-roles", $$"""{ "name": "x", "permissions": [{ "permissionKey": "{{Nobody}}" }] }""")).MustFail(400, "permissions");
        (await lab.PatchAsync($"organization-roles/{key}", """{ "name": "Viewer" }""")).MustFail(409);
        (await lab.PatchAsync($"organization-roles/{key}", """{ "name": "Crew 2" }""")).MustBe(204);
        Assert.Single(lab.Identity.OrganizationRoles.Single(r => r.Name == "Crew 2").Permissions);
        (await lab.PatchAsync($"organization-roles/{key}", """{ "permissions": [] }""")).MustBe(204);
        Assert.Equal([key], (await lab.GetAsync("organization-roles?nameContains=crew%202&sort=-name")).Keys);
        (await lab.PostAsync($"users/{lab.Tenant.Users[0].Key}/organization-roles/{key}")).MustBe(201);
        (await lab.DeleteAsync($"organization-roles/{key}")).MustBe(204);
        (await lab.GetAsync($"organization-roles/{key}")).MustFail(404);
        Assert.DoesNotContain(lab.Tenant.Users[0].OrganizationGrants, g => g.RoleKey == key);
    }

    [Fact]
    public async Task Built_in_roles_stay_as_they_are()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var names = (await lab.GetAsync("organization-roles")).Results.Select(r => r.GetProperty("name").GetString()!).ToList();
        Assert.Equal(["Administrator", "Developer", "Manager", "Release Crew", "Viewer"], names);
        var viewer = Role(lab, "Viewer");
        (await lab.PatchAsync($"organization-roles/{viewer}", """{ "name": "x" }""")).MustFail(400);
        (await lab.DeleteAsync($"organization-roles/{viewer}")).MustFail(400);
    }

    [Fact]
    public async Task A_grant_makes_a_member_and_revoking_it_unmakes_one()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = await lab.CreateUserAsync("member@acme.example");
        var viewer = Role(lab, "Viewer");
        (await lab.PostAsync($"users/{user}/organization-roles/{viewer}")).MustBe(201);
        Assert.Contains(user, (await lab.GetAsync($"organization-roles/{viewer}/users")).Keys);
        Assert.Contains(user, (await lab.GetAsync("users?hasOrganizationRoles=true")).Keys);
        var developer = Role(lab, "Developer");
        (await lab.PostAsync($"users/{user}/organization-roles/{developer}", """{ "grantPeriod": { "startTime": "2026-01-01T00:00:00Z", "endTime": "2027-01-01T00:00:00" } }""")).MustBe(201);
        var only = Assert.Single((await lab.GetAsync($"users/{user}/organization-roles")).Results);
        Assert.Equal(developer, only.GetProperty("key").GetGuid());
        Assert.Equal("2027-01-01T00:00:00Z", only.GetProperty("grantPeriod").GetProperty("endTime").GetString());
        (await lab.DeleteAsync($"users/{user}/organization-roles/{viewer}")).MustFail(404);
        (await lab.DeleteAsync($"users/{user}/organization-roles/{developer}")).MustBe(204);
        Assert.DoesNotContain(user, (await lab.GetAsync("users?hasOrganizationRoles=true")).Keys);
        (await lab.PostAsync($"users/{user}/organization-roles/{Nobody}")).MustFail(404);
        (await lab.PostAsync($"users/{user}/organization-roles/{viewer}", """{ "grantPeriod": { "startTime": "2027-01-01T00:00:00Z", "endTime": "2026-01-01T00:00:00Z" } }""")).MustFail(400, "grantPeriod");
        (await lab.PostAsync($"users/{user}/organization-roles/{viewer}", """{ "assetKeys": "all" }""")).MustFail(400);
    }

    [Fact]
    public async Task A_role_for_assets_is_granted_and_revoked_asset_by_asset()
    {
        await using var lab = await IdentityLab.StartAsync();
        var user = await lab.CreateUserAsync("dev@acme.example");
        var (one, two) = (lab.Tenant.Identity.AssetNames.Keys.First(), lab.Tenant.Identity.AssetNames.Keys.Last());
        var path = $"users/{user}/organization-roles";
        var developer = Role(lab, "Developer");
        (await lab.PostAsync($"{path}/{developer}", $$"""{ "assetKeys": ["{{one}}", "{{two}}"] }""")).MustBe(201);
        (await lab.PostAsync($"{path}/{Role(lab, "Viewer")}")).MustBe(201);
        Assert.Equal(3, (await lab.GetAsync(path)).Total);
        Assert.Equal(2, (await lab.GetAsync(path + "?scopes=Asset")).Total);
        Assert.Equal(1, (await lab.GetAsync(path + "?scopes=Organization")).Total);
        Assert.Equal(3, (await lab.GetAsync(path + "?scopes=Organization&scopes=Asset")).Total);
        var found = Assert.Single((await lab.GetAsync($"{path}?assetKeys={two}")).Results);
        Assert.Equal(lab.Tenant.Stages[0].PortfolioKey, found.GetProperty("portfolioKey").GetGuid());
        (await lab.DeleteAsync($"{path}/{developer}")).MustFail(404);
        (await lab.DeleteAsync($"{path}/{developer}", $$"""{ "assetKeys": ["{{one}}"] }""")).MustBe(204);
        Assert.Equal(two, lab.Identity.FindUser(user)!.OrganizationGrants.Single(g => g.RoleKey == developer).AssetKey);
        (await lab.PostAsync($"{path}/{developer}", $$"""{ "assetKeys": ["{{one}}"], "portfolioKey": "{{Nobody}}" }""")).MustFail(400, "portfolioKey");
    }

    [Fact]
    public async Task Permissions_and_providers_are_there()
    {
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var permissions = (await lab.GetAsync("permissions")).Results;
        Assert.Equal(lab.Identity.Permissions.Count, permissions.Count);
        Assert.Equal("Manage users", (await lab.GetAsync("permissions?nameContains=manage%20users")).Results.Single().GetProperty("name").GetString());
        (await lab.GetAsync($"permissions/{Nobody}")).MustFail(404);
        Assert.Equal(2, (await lab.GetAsync("identity-providers")).Total);
        var provider = (await lab.GetAsync($"identity-providers/{lab.Identity.OpenIdConnectProviderKey}")).Json;
        Assert.Equal(lab.Identity.ProviderSecret, provider.GetProperty("oidcConfiguration").GetProperty("clientSecret").GetString());
        Assert.DoesNotContain(lab.Identity.ProviderSecret, (await lab.GetAsync($"identity-providers?key={lab.Identity.BuiltInProviderKey}")).Text, StringComparison.Ordinal);
        (await lab.GetAsync($"identity-providers/{Nobody}")).MustFail(404);
    }

    private static Guid Role(IdentityLab lab, string name) => lab.Identity.OrganizationRoles.Single(r => r.Name == name).Key;
}
