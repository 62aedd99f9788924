using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Who has which access: complete, of the right stage, and in as few requests as possible.</summary>
public sealed class UserAccessTests
{
    /// <summary>Some members of a group, into which claims are mapped too, have its role directly as well.</summary>
    private const string Mix = "$team = Get-OdcGroup 'Customer Portal Customer Team' -Stage QA; $team | Get-OdcUser | Grant-OdcEndUserRole -EndUserRole ($team | Get-OdcEndUserRole)";

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 90)]
    [InlineData(3, 170)]
    [InlineData(4, 250)]
    public async Task In_every_stage_the_rows_are_those_of_each_user_asked_alone(int seed, int users)
    {
        await using var lab = await TenantLab.StartAsync(users, seed: seed);
        lab.Run(Mix).ThrowOnError();
        foreach (var stage in (string[])["", "-Stage Development", "-Stage QA", "-Stage Production", "-Stage QA, Production"])
        {
            var each = lab.Run($"Get-OdcUser | ForEach-Object {{ $_ | Get-OdcEndUserRole {stage} }}").All<OdcUserEndUserRole>();
            var expected = each.SelectMany(r => r.Sources.Contains("Direct") ? Ways(r).Append(Text(r, "Direct", group: null)) : Ways(r)).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(expected, EndUserRows(lab.Run($"Get-OdcUserAccess -RoleKind EndUser {stage}")).Order(StringComparer.Ordinal));
            Assert.Equal(expected, EndUserRows(lab.Run($"Get-OdcUser | Get-OdcUserAccess -RoleKind EndUser {stage}")).Order(StringComparer.Ordinal));
            Assert.NotEmpty(expected);
        }
    }

    [Fact]
    public async Task Both_kinds_have_all_names_and_the_periods()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var rows = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>();
        Assert.Equal(lab.Tenant.Users.Sum(u => u.OrganizationGrants.Count), rows.Count(r => r.RoleKind == "Organization"));
        foreach (var user in lab.Tenant.Users.Where(u => u.OrganizationGrants.Count > 0))
        {
            Assert.Equal(
                user.OrganizationGrants.Select(g => (lab.Identity.OrganizationRoles.Single(r => r.Key == g.RoleKey).Name, g.AssetKey?.ToString(), g.StartTime, g.EndTime)).OrderBy(g => $"{g.Name}{g.Item2}", StringComparer.Ordinal),
                rows.Where(r => r.UserKey == user.Key.ToString() && r.RoleKind == "Organization").Select(r => (r.RoleName!, r.AssetKey, r.StartTime, r.EndTime)).OrderBy(g => $"{g.Item1}{g.AssetKey}", StringComparer.Ordinal));
        }

        Assert.All(rows, r => Assert.Equal((r.UserKey, r.LastLoginAt), (lab.Tenant.Users.Single(u => u.Email == r.UserEmail).Key.ToString(), lab.Tenant.Users.Single(u => u.Email == r.UserEmail).LastLoginAt)));
        Assert.All(rows.Where(r => r.RoleKind == "EndUser"), r => Assert.All([r.RoleName, r.AssetName, r.StageName, r.PortfolioName, r.EndUserRoleKey, r.Source], text => Assert.False(string.IsNullOrEmpty(text))));
        Assert.All(rows.Where(r => r.AssetKey is not null), r => Assert.False(string.IsNullOrEmpty(r.AssetName)));
        Assert.All(rows.Where(r => r.Source!.StartsWith("Group", StringComparison.Ordinal)), r => Assert.Equal(lab.Identity.FindGroup(Guid.Parse(r.GroupKey!))!.Name, r.GroupName));
        Assert.Equal(rows.Select(r => r.UserEmail).Order(StringComparer.OrdinalIgnoreCase), rows.Select(r => r.UserEmail));
        Assert.Equal(rows.Select(Text), lab.Run("Get-OdcUserAccess").All<OdcUserAccess>().Select(Text));
    }

    [Theory]
    [InlineData(250, "")]
    [InlineData(250, "-Stage Production")]
    [InlineData(1000, "")]
    [InlineData(1000, "-Stage Production")]
    public async Task It_takes_the_fewest_requests(int users, string stage)
    {
        await using var lab = await TenantLab.StartAsync(users);
        var result = lab.Run($"Get-OdcUserAccess {stage} -Verbose").ThrowOnError();
        var groups = lab.Identity.Groups.Where(g => stage.Length == 0 || g.StageKey == lab.Tenant.Stages[2].Key).ToList();
        var byGroups = groups.Sum(g => 1 + Pages(lab.Identity.MembersOf(g).Count)) + Pages(groups.Count);
        Assert.InRange(byGroups, 1, users);
        var members = lab.Tenant.Users.Count(u => u.HasOrganizationRoles);
        // Whether there are end-user roles, the organization roles, and the names of stages, assets and portfolios.
        string[] names = ["GET /api/identity/v1/application-roles", "GET /api/identity/v1/organization-roles", "GET /api/portfolios/v2/environments", "GET /api/asset-repository/v1/assets", "GET /api/portfolios/v2/portfolios"];
        Assert.Equal(Pages(users) + byGroups + members, lab.Sent.Count(s => !names.Contains(s)));
        Assert.InRange(lab.Sent.Count(names.Contains), 5, 6);
        Assert.Contains(result.Verbose, v => v.Contains($"through {groups.Count} groups", StringComparison.Ordinal) && v.Contains($"instead of {users}", StringComparison.Ordinal));
        Assert.Contains(result.Verbose, v => v.Contains($"in {members} requests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_row_does_not_wait_for_the_others()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        lab.Run("Get-OdcUserAccess -RoleKind Organization | Select-Object -First 1").ThrowOnError();
        Assert.InRange(lab.Sent.Count, 1, 8);
        lab.Forget();
        Assert.Equal(3, lab.Run("Get-OdcUserAccess -RoleKind Organization -First 3").All<OdcUserAccess>().Count);
        Assert.InRange(lab.Sent.Count, 1, 12);
    }

    [Fact]
    public async Task An_organization_role_applies_where_its_permissions_do()
    {
        await using var lab = await TenantLab.StartAsync();
        var portfolio = lab.Run("(Get-OdcPortfolio -Name 'Main Portfolio').PortfolioKey").Single<string>();
        lab.Shell.Set("portfolio", portfolio);
        lab.Run("""
            $users = Get-OdcUser -First 5
            New-OdcOrganizationRole Tester -Permission 'Deploy assets' -Stage QA, Development
            New-OdcOrganizationRole Mixed -Permission 'Deploy assets' -Stage QA
            Set-OdcOrganizationRole Mixed -AddPermission 'View members'
            New-OdcOrganizationRole Regional -Permission 'Open' -Portfolio $portfolio
            $users[0] | Grant-OdcOrganizationRole -OrganizationRole Tester
            $users[1] | Grant-OdcOrganizationRole -OrganizationRole Mixed
            $users[2] | Grant-OdcOrganizationRole -OrganizationRole Regional
            """).ThrowOnError();
        Assert.Equal(["Development, QA"], Stages("", "Tester"));
        Assert.Equal(["Development, QA"], Stages("-Stage QA", "Tester"));
        Assert.Empty(Stages("-Stage Production", "Tester"));
        Assert.Equal([null], Stages("-Stage Production", "Mixed"));
        Assert.Equal([null], Stages("-Stage QA", "Mixed"));
        Assert.Equal(["Development, QA, Production"], Stages("-Stage Production", "Regional"));

        IEnumerable<string?> Stages(string stage, string role) => lab.Run($"Get-OdcUserAccess {stage} -RoleKind Organization").All<OdcUserAccess>().Where(r => r.RoleName == role).Select(r => r.StageName);
    }

    [Fact]
    public async Task A_role_for_a_portfolio_does_not_apply_in_the_stages_of_another()
    {
        await using var lab = await TenantLab.StartAsync();
        var other = lab.Tenant.Delivery.Portfolios.First(p => !p.IsMain);
        lab.Tenant.Delivery.AddStage(new EmulatedStage(Guid.NewGuid(), "Partner QA", "NonProduction", 9, "partner-qa.example", "partner-qa.example") { PortfolioKey = other.Key });
        lab.Run("Get-OdcUser -First 1 | Grant-OdcOrganizationRole -OrganizationRole Developer -Asset Fleet").ThrowOnError();
        var rows = lab.Run("Get-OdcUserAccess -Stage QA -RoleKind Organization").All<OdcUserAccess>();
        Assert.Contains(rows, r => r.AssetName == "Fleet");
        Assert.DoesNotContain(lab.Run("Get-OdcUserAccess -Stage 'Partner QA' -RoleKind Organization").All<OdcUserAccess>(), r => r.PortfolioKey is not null);
    }

    [Fact]
    public async Task An_asset_has_its_own_roles_and_those_for_all()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var all = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>();
        Assert.Equal(
            all.Where(r => r.AssetName == "Order Desk" || (r.RoleKind == "Organization" && r.AssetKey is null)).Select(Text),
            lab.Run("Get-OdcUserAccess -Asset 'Order Desk'").All<OdcUserAccess>().Select(Text));
    }

    [Theory]
    [InlineData("View end users", "All organization roles are left out: the API client lacks the permission User management > View members or Manage users", "EndUser")]
    [InlineData("View members", "All end-user roles are left out: the API client lacks the permission User management > View end users", "Organization")]
    [InlineData("Manage users", "All end-user roles are left out: the API client lacks the permission User management > View end users", "Organization")]
    public async Task A_kind_that_the_client_may_not_see_is_named(string permission, string warning, string left)
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        lab.Tenant.Clients["admin"].Permissions = ["User management > " + permission, "Stage > View stage"];
        var result = lab.Run("Get-OdcUserAccess");
        Assert.StartsWith(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.All(result.All<OdcUserAccess>(), r => Assert.Equal(left, r.RoleKind));
        Assert.NotEmpty(result.Output);
        // Of the missing kind alone, nothing would come: an error.
        var denied = lab.Run($"Get-OdcUserAccess -RoleKind {(left == "EndUser" ? "Organization" : "EndUser")}");
        Assert.Equal(("OdcAccessDenied", 0), (denied.ErrorId, denied.Output.Count));
    }

    [Theory]
    [InlineData("deployer")]
    [InlineData("empty")]
    public async Task A_client_that_may_see_nothing_gets_an_error(string client)
    {
        await using var lab = await TenantLab.StartAsync(client: client);
        foreach (var line in (string[])["Get-OdcUserAccess", $"Get-OdcUserAccess -User {lab.Tenant.Users[0].Key}", "Get-OdcUserAccess -IncludeUsersWithoutRole"])
        {
            var result = lab.Run(line);
            Assert.Equal(("OdcAccessDenied", 0), (result.ErrorId, result.Output.Count));
        }
    }

    [Fact]
    public async Task Members_that_no_permission_shows_are_missed_aloud()
    {
        await using var lab = await TenantLab.StartAsync(users: 60);
        lab.Tenant.Clients["admin"].Permissions = ["User management > View end users", "User management > Manage end-user groups"];
        lab.Run("Get-OdcUserAccess | Out-Null").ThrowOnError();
        Assert.Contains("organization roles", Assert.Single(lab.Run("Get-OdcUserAccess").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Faults_in_the_middle_lose_and_double_nothing(int seed)
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var expected = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>().Select(Text).ToList();
        lab.Tenant.Faults = new FaultPlan(seed, 0.08, Fault.ThrottledSeconds, Fault.Html503, Fault.Error500, Fault.ResetBeforeHeaders, Fault.ResetInBody, Fault.TruncatedJson);
        var rows = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>().Select(Text).ToList();
        Assert.True(lab.Tenant.Faults.Injected > 3, "There were no faults.");
        Assert.Equal(expected, rows);
    }

    [Fact]
    public async Task A_failure_that_stays_ends_the_list_with_an_error()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var member = lab.Tenant.Users.Where(u => u.HasOrganizationRoles).OrderBy(u => u.Email, StringComparer.OrdinalIgnoreCase).ElementAt(3);
        lab.Tenant.Answer($"/api/identity/v1/users/{member.Key}/organization-roles", new CannedAnswer(400, "application/problem+json", """{"title":"Bad","status":400,"detail":"No."}"""));
        var result = lab.Run("Get-OdcUserAccess");
        Assert.Equal("OdcInvalidRequest", Assert.Single(result.Errors).Id());
    }

    [Fact]
    public async Task A_user_who_is_deleted_meanwhile_is_left_out_aloud()
    {
        await using var lab = await TenantLab.StartAsync(users: 60);
        var member = lab.Tenant.Users.First(u => u is { HasOrganizationRoles: true, HasApplicationRoles: true });
        var expected = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>().Where(r => r.UserEmail != member.Email).Select(Text).ToList();
        using var other = Shell.Connected(lab.Tenant);
        var isDeleted = 0;
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Html503)
        {
            Only = (_, path) =>
            {
                if (path.EndsWith($"{member.Key}/organization-roles", StringComparison.Ordinal) && Interlocked.Exchange(ref isDeleted, 1) == 0)
                    other.Run($"Remove-OdcUser {member.Key} -Confirm:$false").ThrowOnError();
                return false;
            },
        };
        var result = lab.Run("Get-OdcUserAccess");
        Assert.Equal(expected, result.All<OdcUserAccess>().Select(Text));
        Assert.Contains(member.Email, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_come_as_rows_names_and_objects_and_each_unknown_one_is_an_error()
    {
        await using var lab = await TenantLab.StartAsync(users: 60);
        var users = lab.Tenant.Users.Where(u => u.HasApplicationRoles && u.Name is not null).Take(3).ToList();
        lab.Shell.Set("emails", users.Select(u => u.Email).ToArray());
        var expected = lab.Run("Get-OdcUserAccess").All<OdcUserAccess>().Where(r => users.Exists(u => u.Email == r.UserEmail)).Select(Text).Order(StringComparer.Ordinal).ToList();
        foreach (var line in (string[])
            [
                "$emails | Get-OdcUserAccess", "Get-OdcUserAccess $emails", "$emails | ForEach-Object { [pscustomobject]@{ Email = $_; Name = 'x' } } | Get-OdcUserAccess",
                "$emails | Get-OdcUser | Get-OdcUserAccess", "$emails | Get-OdcUser | Get-OdcEndUserRole | Get-OdcUserAccess", "$emails | Get-OdcUserAccess | Get-OdcUserAccess",
            ])
            Assert.Equal(expected, lab.Run(line).All<OdcUserAccess>().Select(Text).Order(StringComparer.Ordinal));
        var result = lab.Run("$emails[0], 'nobody@acme.example', '11111111-1111-1111-1111-111111111111', $emails[1] | Get-OdcUserAccess");
        Assert.Equal(["nobody@acme.example", "11111111-1111-1111-1111-111111111111"], result.Errors.Select(e => e.MustBe("OdcNotFound").TargetObject));
        Assert.Equal(users.Take(2).Select(u => u.Email), result.Output.Select(o => ((OdcUserAccess)o.BaseObject).UserEmail).Distinct());
    }

    [Theory]
    [InlineData("@() | Get-OdcUserAccess")]
    [InlineData("Get-OdcUserAccess -First 0")]
    public async Task Nothing_means_nothing(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run(line).ThrowOnError().Output);
        Assert.Empty(lab.Sent);
    }

    [Theory]
    [InlineData("Get-OdcUserAccess nobody@acme.example", "OdcNotFound")]
    [InlineData("Get-OdcUserAccess -Stage Nowhere", "OdcNotFound")]
    [InlineData("Get-OdcUserAccess -Asset Nothing", "OdcNotFound")]
    [InlineData("Get-OdcUserAccess -User @()", "OdcInvalidRequest")]
    public async Task Wrong_names_are_errors_and_not_everything(string line, string id)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Equal((id, 0), (result.ErrorId, result.Output.Count));
    }

    [Fact]
    public async Task Users_without_a_role_are_shown_only_on_demand()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var without = lab.Run("Get-OdcUserAccess -IncludeUsersWithoutRole").All<OdcUserAccess>().Where(r => r.RoleKind is null).Select(r => r.UserEmail);
        Assert.Equal(lab.Tenant.Users.Where(u => !u.HasApplicationRoles && !u.HasOrganizationRoles).Select(u => u.Email).Order(StringComparer.OrdinalIgnoreCase), without);
        Assert.DoesNotContain(lab.Run("Get-OdcUserAccess").All<OdcUserAccess>(), r => r.RoleKind is null);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_at_once()
    {
        await using var lab = await TenantLab.StartAsync();
        var isHeld = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, "/api/identity/v1/users");
        await Stopping.EndsAsync(lab.Shell, "Get-OdcUserAccess", _ => isHeld());
    }

    private static int Pages(int count) => Math.Max(1, (count + 99) / 100);

    private static IEnumerable<string> Ways(OdcUserEndUserRole role) => (role.AssignedGroups ?? []).Select(g => Text(role, "Group" + g.MembershipType, g.GroupKey));

    private static string Text(OdcUserEndUserRole role, string source, string? group) => $"{role.UserKey} {role.UserEmail} {role.EndUserRoleKey} {role.Name} {role.AssetName} {role.StageName} {source} {group}";

    private static string Text(OdcUserAccess row) => $"{row.UserKey} {row.UserEmail} {row.EndUserRoleKey ?? row.OrganizationRoleKey} {row.RoleName} {row.AssetName} {row.StageName} {row.Source} {row.GroupKey}";

    private static List<string> EndUserRows(Result result) => [.. result.All<OdcUserAccess>().Select(Text)];
}
