using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Who has which roles: cheap, and the same as asking user by user.</summary>
public sealed class RoleAuditTests
{
    private const string Each = "Get-OdcUser | ForEach-Object { $_ | Get-OdcEndUserRole }";
    private const string Together = "Get-OdcUser | Get-OdcEndUserRole";

    /// <summary>Gives some members of a group, into which claims are mapped too, its role directly as well.</summary>
    private const string Mix = "$team = Get-OdcGroup 'Customer Portal Customer Team' -Stage QA; $team | Get-OdcUser | Grant-OdcEndUserRole -EndUserRole ($team | Get-OdcEndUserRole)";

    [Fact]
    public async Task A_thousand_users_take_a_third_of_the_requests_and_give_the_same_rows()
    {
        await using var lab = await TenantLab.StartAsync(users: 1000);
        lab.Run(Mix).ThrowOnError();
        lab.Forget();
        var expected = Rows(lab.Run(Each));
        var naive = lab.Sent.Count(s => s.StartsWith("GET /api/identity/", StringComparison.Ordinal));
        Assert.Equal(1010, naive);
        Assert.Superset(
            new HashSet<string> { "Direct", "GroupAssigned", "GroupMapped", "GroupAssigned, GroupMapped", "Direct, GroupAssigned", "Direct, GroupMapped", "Direct, GroupAssigned, GroupMapped" },
            expected.Select(r => r.Source).ToHashSet());
        lab.Forget();
        Assert.Equal(expected, Rows(lab.Run(Together)));
        Assert.InRange(lab.Sent.Count, 1, naive / 3);
    }

    [Theory]
    [InlineData("-AssignmentSource Direct")]
    [InlineData("-AssignmentSource GroupMapped")]
    [InlineData("-AssignmentSource GroupAssigned, GroupMapped")]
    public async Task Sources_are_told_as_the_service_tells_them(string source)
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        lab.Run(Mix).ThrowOnError();
        var expected = Rows(lab.Run(Each.Replace(" }", $" {source} }}", StringComparison.Ordinal)));
        Assert.NotEmpty(expected);
        lab.Forget();
        Assert.Equal(expected, Rows(lab.Run($"{Together} {source}")));
        Assert.DoesNotContain(lab.Sent, s => s.EndsWith("/application-roles", StringComparison.Ordinal) && s.Contains("/users/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_may_not_see_groups_asks_user_by_user()
    {
        await using var lab = await TenantLab.StartAsync(users: 250, client: "auditor");
        var expected = Rows(lab.Run(Each));
        lab.Forget();
        var result = lab.Run(Together + " -Verbose");
        Assert.Equal(expected, Rows(result));
        Assert.Contains(result.Verbose, v => v.Contains("Manage end-user groups", StringComparison.Ordinal));
        Assert.Equal(250, lab.Sent.Count(s => s.EndsWith("/application-roles", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Filters_hold_for_many_users_too()
    {
        await using var lab = await TenantLab.StartAsync(users: 40);
        var all = Rows(lab.Run(Together));
        Assert.Equal(all.Where(r => r.Stage == "QA"), Rows(lab.Run(Together + " -Stage QA")));
        Assert.Equal(all.Where(r => r.Name == "Clerk"), Rows(lab.Run(Together + " -Name Clerk")));
        Assert.Equal(all.Where(r => r.Asset is "Order Desk" or "Fleet"), Rows(lab.Run(Together + " -Asset 'Order Desk', Fleet")));
    }

    [Fact]
    public async Task Keys_are_enough_and_a_key_without_a_user_is_an_error_of_its_own()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        lab.Shell.Set("keys", lab.Tenant.Users.Select(u => u.Key.ToString()).Append("11111111-1111-1111-1111-111111111111").ToArray());
        var result = lab.Run("Get-OdcEndUserRole -User $keys");
        Assert.Equal("11111111-1111-1111-1111-111111111111", Assert.Single(result.Errors).MustBe("OdcNotFound").TargetObject);
        Assert.Equal(Rows(lab.Run(Together)), Rows(result with { Errors = [] }));
    }

    [Fact]
    public async Task Members_are_counted_by_organization_role()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var rows = lab.Run("Get-OdcOrganizationRole | Get-OdcUser").All<OdcOrganizationRoleUser>();
        Assert.Equal(lab.Identity.OrganizationRoles.Count, lab.Sent.Count - 1);
        foreach (var role in lab.Identity.OrganizationRoles)
        {
            Assert.Equal(
                lab.Tenant.Users.Where(u => u.OrganizationGrants.Any(g => g.RoleKey == role.Key)).Select(u => u.Email).Order(),
                rows.Where(r => r.OrganizationRoleName == role.Name).Select(r => r.Email!).Order());
        }
    }

    private sealed record Row(string? Key, string? Email, string? User, string? Name, string? Asset, string? Stage, string Source, string Groups);

    private static List<Row> Rows(Result result) =>
    [
        .. result.All<OdcUserEndUserRole>().Select(r => new Row(
            r.UserKey, r.UserEmail, r.UserName, r.Name, r.AssetName, r.StageName, r.Source,
            string.Join(';', (r.AssignedGroups ?? []).Select(g => $"{g.Name} {g.GroupKey} {g.MembershipType}").Order())))
            .OrderBy(r => $"{r.Key} {r.Name} {r.Asset} {r.Stage}", StringComparer.Ordinal),
    ];
}
