using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Leavers: locked out first, then without roles and groups, whatever fails in between.</summary>
public sealed class RevokeAccessTests
{
    [Fact]
    public async Task A_file_of_leavers_takes_one_line()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leavers = Prepare(lab);
        var path = Path.Combine(Directory.CreateTempSubdirectory("odc-leavers-").FullName, "leavers.csv");
        await File.WriteAllLinesAsync(path, ["Email,Name,LastDay", .. leavers.Select(u => $"{u.Email},Someone,2026-01-31")], TestContext.Current.CancellationToken);
        lab.Forget();
        var result = lab.Run($"Import-Csv '{path}' | Disable-OdcUser -RevokeAccess").ThrowOnError();
        Assert.Empty(result.Output);
        foreach (var leaver in leavers)
        {
            var now = lab.Identity.FindUser(leaver.Key)!;
            Assert.Equal(("Inactive", 0, 0), (now.Status, now.DirectRoles.Count, now.OrganizationGrants.Count));
            Assert.All(now.Memberships, m => Assert.True(m is { IsAssigned: false, IsMapped: true }));
            Assert.StartsWith($"PATCH /api/identity/v1/users/{leaver.Key}", lab.Changes.First(c => c.Contains(leaver.Key.ToString(), StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Equal(now.Memberships.Count, result.Warnings.Count(w => w.Contains(now.Email, StringComparison.Ordinal)));
        }

        Assert.Contains(result.Warnings, w => w.Contains("Customer Portal Customer Team in QA through the claim groups = Customer Portal Customer Team", StringComparison.Ordinal) && w.Contains("Entra ID", StringComparison.Ordinal));
        // Users who were not named keep all.
        Assert.True(lab.Tenant.Users.Count(u => u.DirectRoles.Count > 0) > 10);
        // Nothing is left for a second run.
        lab.Forget();
        lab.Run($"Import-Csv '{path}' | Disable-OdcUser -RevokeAccess").ThrowOnError();
        Assert.Equal(leavers.Count, lab.Changes.Count);
    }

    [Fact]
    public async Task WhatIf_and_the_question_name_all_and_change_nothing()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        lab.Forget();
        lab.Run($"Disable-OdcUser {leaver.Email} -RevokeAccess -WhatIf").ThrowOnError();
        lab.Shell.Host.Choice = 2;
        lab.Run($"Disable-OdcUser {leaver.Email} -RevokeAccess -Confirm").ThrowOnError();
        Assert.Empty(lab.Changes);
        foreach (var part in lab.Shell.Host.Text.Split("Are you sure"))
        {
            foreach (var name in (string[])[leaver.Email, "end-user group Fleet Driver Team in QA", "end-user role Clerk of Order Desk in Production", "organization role Developer for Fleet", "organization role Viewer", "PATCH "])
                Assert.Contains(name, part, StringComparison.Ordinal);
        }

        lab.Shell.Host.Choice = 0;
        lab.Run($"Disable-OdcUser {leaver.Email} -RevokeAccess -Confirm").ThrowOnError();
        Assert.Empty(lab.Identity.FindUser(leaver.Key)!.OrganizationGrants);
    }

    [Theory]
    [InlineData("-WhatIf")]
    [InlineData("-Confirm")]
    [InlineData("-Verbose")]
    public async Task A_user_who_does_not_exist_is_an_error_and_no_question(string parameter)
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        lab.Shell.Host.Choice = 2;
        var result = lab.Run($"Disable-OdcUser 11111111-1111-1111-1111-111111111111 -RevokeAccess {parameter}");
        Assert.Contains("There is no user with the key 11111111-1111-1111-1111-111111111111", Assert.Single(result.Errors).MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("takes away", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task What_can_not_be_read_is_named_in_the_question_without_details_of_the_request()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        lab.Tenant.Answer($"/api/identity/v1/users/{leaver.Key}/groups", new CannedAnswer(500, Body: """{ "title": "It broke.", "traceId": "0123456789abcdef" }"""));
        lab.Run($"Disable-OdcUser {leaver.Email} -RevokeAccess -WhatIf").ThrowOnError();
        Assert.Contains("its groups (can't be read: the service answered with the status 500)", lab.Shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/groups/", "was not taken away")]
    [InlineData("/application-roles/", "was not taken away")]
    [InlineData("/organization-roles/", "was not taken away")]
    public async Task What_fails_is_an_error_of_its_user_and_the_rest_is_done(string path, string text)
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leavers = Prepare(lab);
        lab.Shell.Set("emails", leavers.Select(u => u.Email).ToArray());
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (method, asked) => method != "GET" && asked.Contains(path, StringComparison.Ordinal) };
        var result = lab.Run("$emails | Disable-OdcUser -RevokeAccess");
        Assert.Null(result.Terminating);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, e => Assert.Contains(text, e.ToString(), StringComparison.Ordinal));
        Assert.All(result.Errors, e => Assert.Contains(((OdcUser)e.TargetObject).Email, leavers.Select(u => u.Email)));
        foreach (var now in leavers.Select(u => lab.Identity.FindUser(u.Key)!))
        {
            Assert.Equal("Inactive", now.Status);
            Assert.Equal(path == "/groups/", now.Memberships.Any(m => m.IsAssigned));
            Assert.Equal(path == "/application-roles/", now.DirectRoles.Count > 0);
            Assert.Equal(path == "/organization-roles/", now.OrganizationGrants.Count > 0);
        }

        lab.Tenant.Faults = null;
        lab.Run("$emails | Disable-OdcUser -RevokeAccess").ThrowOnError();
        Assert.All(leavers.Select(u => lab.Identity.FindUser(u.Key)!), now => Assert.Equal((0, 0, false), (now.DirectRoles.Count, now.OrganizationGrants.Count, now.Memberships.Any(m => m.IsAssigned))));
    }

    [Fact]
    public async Task A_run_that_breaks_off_leaves_the_user_locked_out()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Html503) { Only = (method, path) => method != "PATCH" || !path.EndsWith(leaver.Key.ToString(), StringComparison.Ordinal) };
        lab.Run($"Disable-OdcUser {leaver.Key} -RevokeAccess");
        Assert.Equal("Inactive", lab.Identity.FindUser(leaver.Key)!.Status);
    }

    [Fact]
    public async Task A_missing_permission_is_named_and_does_not_keep_the_rest()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        lab.Tenant.Clients["admin"].Permissions = ["User management > Manage users", "User management > Manage member access"];
        var result = lab.Run($"Disable-OdcUser {leaver.Key} -RevokeAccess -PassThru");
        Assert.Equal("Inactive", ((OdcUser)Assert.Single(result.Output).BaseObject).Status);
        Assert.Equal(2, result.Errors.Count);
        Assert.Contains(result.Errors, e => e.MustBe("OdcAccessDenied").ToString().Contains("its groups could not be read, and were not taken away", StringComparison.Ordinal) && e.ToString().Contains("Manage end-user groups", StringComparison.Ordinal));
        Assert.Contains(result.Errors, e => e.ToString().Contains("its end-user roles could not be read", StringComparison.Ordinal) && e.ToString().Contains("View end users", StringComparison.Ordinal));
        Assert.Empty(lab.Identity.FindUser(leaver.Key)!.OrganizationGrants);
    }

    [Fact]
    public async Task Unknown_leavers_are_errors_and_the_others_are_done()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        var result = lab.Run($"'nobody@acme.example', '11111111-1111-1111-1111-111111111111', '{leaver.Email}', '{leaver.Email}' | Disable-OdcUser -RevokeAccess");
        Assert.Equal(["nobody@acme.example", "11111111-1111-1111-1111-111111111111"], result.Errors.Select(e => e.MustBe("OdcNotFound").TargetObject));
        Assert.Equal("Inactive", lab.Identity.FindUser(leaver.Key)!.Status);
        Assert.Single(lab.Changes, c => c == $"PATCH /api/identity/v1/users/{leaver.Key}");
    }

    [Fact]
    public async Task Without_it_roles_stay()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var leaver = Prepare(lab)[0];
        lab.Forget();
        lab.Run($"Disable-OdcUser {leaver.Key}").ThrowOnError();
        Assert.Equal([$"PATCH /api/identity/v1/users/{leaver.Key}"], lab.Sent);
        Assert.NotEmpty(lab.Identity.FindUser(leaver.Key)!.DirectRoles);
    }

    /// <summary>Two users with roles and groups of every kind.</summary>
    private static List<EmulatedUser> Prepare(TenantLab lab)
    {
        var leavers = lab.Identity.MembersOf(lab.Identity.Groups.Single(g => g.Name == "Customer Portal Customer Team" && g.StageKey == lab.Tenant.Stages[1].Key))
            .Where(u => u.Memberships.Any(m => m.IsMapped)).Take(2).ToList();
        Assert.NotEmpty(leavers);
        lab.Shell.Set("leavers", leavers.Select(u => u.Email).ToArray());
        lab.Run("""
            $leavers | Add-OdcGroupUser -Group 'Fleet Driver Team' -Stage QA
            $leavers | Grant-OdcEndUserRole -EndUserRole Clerk -Stage Production
            $leavers | Grant-OdcOrganizationRole -OrganizationRole Viewer
            $leavers | Grant-OdcOrganizationRole -OrganizationRole Developer -Asset Fleet, Claims
            """).ThrowOnError();
        return leavers;
    }
}
