using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Emulation;

/// <summary>Who may do what, and sees whom.</summary>
public sealed class IdentityAccessTests
{
    private const string Base = "/api/identity/v1/";
    private const string Key = "11111111-1111-4111-8111-111111111111";
    private const string Category = "User management > ";

    [Fact]
    public async Task Every_operation_asks_for_the_permission_of_the_table()
    {
        var table = OperationTable.Read(Specification.Required()).Where(o => o.Key.Contains(' ' + Base, StringComparison.Ordinal)).ToList();
        Assert.Equal(37, table.Count);
        await using var lab = await IdentityLab.StartAsync(users: 5);
        var client = lab.Tenant.Clients["special"];
        var all = client.Permissions;
        foreach (var (operation, permission) in table)
        {
            var parts = operation.Split(' ');
            var path = string.Join('/', parts[1][Base.Length..].Split('/').Select(s => s[0] == '{' ? Key : s));
            string[] enough = [.. permission == "any one permission" ? ["Stage > View stage"] : all.Where(p => p.StartsWith(Category, StringComparison.Ordinal) && permission.Contains(p[Category.Length..], StringComparison.Ordinal))];
            Assert.NotEmpty(enough);
            foreach (var one in enough)
            {
                client.Permissions = [one];
                var answer = await lab.SendAsync(parts[0], path, parts[0] is "POST" or "PATCH" ? "{}" : null, "special");
                Assert.False(answer.Status is 403 or 501, $"{operation} with {one}: {answer.Status}");
            }

            client.Permissions = permission == "any one permission" ? [] : [.. all.Except(enough)];
            (await lab.SendAsync(parts[0], path, null, "special")).MustFail(403);
        }
    }

    [Theory]
    [InlineData("View end users")]
    [InlineData("View members")]
    public async Task A_client_sees_its_kind_of_users_everywhere(string permission)
    {
        await using var lab = await IdentityLab.StartAsync();
        lab.Tenant.Clients["special"].Permissions = [Category + permission, Category + "Manage end-user groups"];
        bool IsSeen(EmulatedUser user) => permission == "View members" ? user.HasOrganizationRoles : user.HasApplicationRoles;
        var hidden = lab.Tenant.Users.First(u => !IsSeen(u));
        var seen = lab.Tenant.Users.First(IsSeen);
        var group = (await lab.PostAsync("groups", $$"""{ "name": "Both", "environmentKey": "{{lab.Tenant.Stages[0].Key}}", "userKeys": ["{{hidden.Key}}", "{{seen.Key}}"] }""")).MustBe(201).Key;
        var count = lab.Tenant.Users.Count(IsSeen);
        Assert.Equal(count, (await lab.GetAsync("users?limit=1", "special")).Total);
        Assert.Equal(count, (await lab.GetAsync("users/count", "special")).Json.GetProperty("userCount").GetInt32());
        (await lab.GetAsync($"users/{hidden.Key}", "special")).MustFail(404);
        (await lab.GetAsync($"users/{hidden.Key}/groups", "special")).MustFail(404);
        (await lab.GetAsync($"users/{seen.Key}", "special")).MustBe(200);
        Assert.Equal([seen.Key], (await lab.GetAsync($"groups/{group}/users", "special")).Results.Select(r => r.GetProperty("user").GetProperty("key").GetGuid()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("status=Invited")]
    [InlineData("hasOrganizationRoles=true")]
    [InlineData("hasApplicationRoles=true&domains=acme.example&domains=mail.example.com")]
    [InlineData("lastLoginAtSince=2025-10-01T00:00:00Z&lastLoginAtTo=2025-12-01T00:00:00Z")]
    public async Task The_count_is_that_of_the_list(string query)
    {
        await using var lab = await IdentityLab.StartAsync();
        await lab.CreateUserAsync("one.more@acme.example");
        var stages = $"environmentKeys={lab.Tenant.Stages[0].Key}&loggedInEnvironmentKeys={lab.Tenant.Stages[0].Key}&loggedInEnvironmentKeys={lab.Tenant.Stages[1].Key}";
        foreach (var filter in new[] { query, query + '&' + stages })
        {
            var total = (await lab.GetAsync("users?limit=1&" + filter)).Total;
            Assert.Equal(total, (await lab.GetAsync("users/count?" + filter)).Json.GetProperty("userCount").GetInt32());
        }

        (await lab.GetAsync("users/count?status=Gone")).MustFail(400);
    }
}
