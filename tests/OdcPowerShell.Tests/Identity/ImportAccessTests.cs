using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>New users get the groups and roles that their rows name, or an error that says what is missing.</summary>
public sealed class ImportAccessTests
{
    private const string Post = "POST /api/identity/v1/users/bulk";

    [Fact]
    public async Task A_file_with_group_role_stage_and_asset_takes_one_line()
    {
        await using var lab = await TenantLab.StartAsync();
        var path = Path.Combine(Directory.CreateTempSubdirectory("odc-joiners-").FullName, "users.csv");
        await File.WriteAllLinesAsync(
            path,
            [
                "Email,Name,Group,Role,Stage,Asset", "ana@new.example,Ana,Fleet Driver Team,,Production,", "ben@new.example,Ben,Fleet Driver Team; Order Desk Clerk Team,Employee,QA; Production,Expenses",
                "cleo@new.example,Cleo,,clerk,QA,", "dora@new.example,Dora,,,,",
            ],
            TestContext.Current.CancellationToken);
        var result = lab.Run($"Import-Csv '{path}' | Import-OdcUser -Wait");
        Assert.Equal(4, result.ThrowOnError().Output.Count);
        Assert.Equal(["Fleet Driver Team Production"], Groups(lab, "ana@new.example"));
        Assert.Equal(["Fleet Driver Team Production", "Fleet Driver Team QA", "Order Desk Clerk Team Production", "Order Desk Clerk Team QA"], Groups(lab, "ben@new.example"));
        Assert.Equal(["Expenses Employee Production", "Expenses Employee QA"], Roles(lab, "ben@new.example"));
        Assert.Equal(["Order Desk Clerk QA"], Roles(lab, "cleo@new.example"));
        Assert.Empty(Groups(lab, "dora@new.example").Concat(Roles(lab, "dora@new.example")));
        // One import, one request for each group, one for each user and role.
        Assert.Equal(1 + 4 + 3, lab.Changes.Count);
    }

    [Fact]
    public async Task Users_of_one_group_are_added_with_one_request()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("1..150 | ForEach-Object { [pscustomobject]@{ Email = \"new$_@acme.example\" } } | Import-OdcUser -Wait -Group 'Fleet Driver Team' -Stage QA").ThrowOnError();
        var group = lab.Identity.Groups.Single(g => g.Name == "Fleet Driver Team" && g.StageKey == lab.Tenant.Stages[1].Key);
        Assert.Equal(150, lab.Identity.MembersOf(group).Count(u => u.Email.StartsWith("new", StringComparison.Ordinal)));
        Assert.Equal([Post, Post, $"PATCH /api/identity/v1/groups/{group.Key}/users"], lab.Changes);
        Assert.Single(lab.Sent, s => s == "GET /api/identity/v1/groups");
    }

    [Theory]
    [InlineData("Group = 'Clercs'; Stage = 'QA'", "Stage QA has no end-user group with the name 'Clercs'")]
    [InlineData("Group = 'Fleet Driver Team'", "3 end-user groups are named 'Fleet Driver Team'")]
    [InlineData("Group = 'Fleet Driver Team'; Stage = 'Nowhere'", "There is no stage with the name 'Nowhere'")]
    [InlineData("Group = 'Fleet Driver Team'; Stage = 'QA; Nowhere'", "There is no stage with the name 'Nowhere'")]
    [InlineData("Group = '11111111-1111-1111-1111-111111111111'", "There is no end-user group with the key 11111111-1111-1111-1111-111111111111")]
    [InlineData("Role = 'Employee'; Stage = 'QA'", "2 end-user roles are named 'Employee'")]
    [InlineData("Role = 'Clerk'; Stage = 'QA'; Asset = 'Fleet'", "Stage QA has no end-user role with the name 'Clerk'")]
    [InlineData("Role = 'Clerk'; Stage = 'QA'; Asset = 'Nothing'", "There is no asset with the name 'Nothing'")]
    [InlineData("Role = 'Boss'; Stage = 'QA'", "Stage QA has no end-user role with the name 'Boss'")]
    [InlineData("Stage = 'Nowhere'", "it has a stage, but neither a group nor an end-user role for it")]
    [InlineData("Asset = 'Order Desk'; Group = 'Fleet Driver Team'; Stage = 'QA'", "it has an asset without a role")]
    [InlineData("Asset = 'Order Desk'", "it has an asset without a role")]
    [InlineData("Asset = 'Fleet'; Role = (Get-OdcEndUserRole Clerk -Stage QA)", "The end-user role Clerk of Order Desk in QA is of another asset than the row")]
    [InlineData("Asset = 'Fleet'; Role = (Get-OdcEndUserRole Clerk -Stage QA).EndUserRoleKey", "The end-user role Clerk of Order Desk in QA is of another asset than the row")]
    public async Task What_a_row_names_wrongly_is_its_error_and_it_is_not_sent(string columns, string reason)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run($"[pscustomobject]@{{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Stage = 'QA' }}, [pscustomobject]@{{ Email = 'b@new.example'; {columns} }} | Import-OdcUser -Wait");
        Assert.StartsWith("Row 2, b@new.example: no user was created: " + reason, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Null(lab.Tenant.Users.FirstOrDefault(u => u.Email == "b@new.example"));
        Assert.Equal(["Fleet Driver Team QA"], Groups(lab, "a@new.example"));
        Assert.Equal(["b@new.example", "a@new.example"], result.Output.Select(o => ((OdcUserImportResult)o.BaseObject).Email));
    }

    [Theory]
    [InlineData("/groups/", "is not in end-user group Fleet Driver Team in QA", "Add-OdcGroupUser")]
    [InlineData("/application-roles/", "does not have end-user role Clerk in QA", "Grant-OdcEndUserRole")]
    public async Task A_grant_that_fails_says_what_is_missing_and_the_line_that_adds_it(string path, string missing, string command)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (method, asked) => method != "GET" && asked.Contains(path, StringComparison.Ordinal) };
        var result = lab.Run("[pscustomobject]@{ Email = \"o'neil@new.example\"; Group = 'Fleet Driver Team'; Role = 'Clerk'; Stage = 'QA' } | Import-OdcUser -Wait");
        lab.Tenant.Faults = null;
        var error = Assert.Single(result.Errors);
        Assert.StartsWith($"Row 1, o'neil@new.example: the user was created, but {missing}", error.ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
        var line = error.ErrorDetails.RecommendedAction.Split("Then run: ")[1];
        Assert.StartsWith(command, line, StringComparison.Ordinal);
        lab.Run(line).ThrowOnError();
        Assert.Equal(["Fleet Driver Team QA"], Groups(lab, "o'neil@new.example"));
        Assert.Equal(["Order Desk Clerk QA"], Roles(lab, "o'neil@new.example"));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Stage = 'QA' } | Import-OdcUser")]
    [InlineData("[pscustomobject]@{ Email = 'a@new.example'; Role = 'Clerk' } | Import-OdcUser")]
    [InlineData("[pscustomobject]@{ Email = 'a@new.example' } | Import-OdcUser -Group 'Fleet Driver Team' -Stage QA")]
    public async Task Without_Wait_they_are_an_error_that_says_so(string line)
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run(line);
        Assert.Contains("-Wait", result.Error.ToString() + result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task Without_Wait_a_file_of_such_rows_is_one_error_also_with_WhatIf()
    {
        await using var lab = await TenantLab.StartAsync();
        const string Rows = "1..120 | ForEach-Object { [pscustomobject]@{ Email = \"new$_@acme.example\"; Group = 'Fleet Driver Team'; Stage = 'QA' } } | Import-OdcUser";
        foreach (var line in new[] { Rows, Rows + " -WhatIf" })
        {
            var result = lab.Run(line);
            Assert.Equal(("Add -Wait, also with -WhatIf.", 1), (Assert.Single(result.Errors).ErrorDetails.RecommendedAction, result.Errors.Count));
        }

        lab.Run(Rows + " -Wait -WhatIf").ThrowOnError();
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_file_with_extra_columns_still_goes_on_to_a_group()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = New-OdcGroup Clerks -Stage Production; $null = New-OdcGroup Clerks -Stage QA").ThrowOnError();
        var rows = "[pscustomobject]@{ Email = 'a@new.example'; Name = 'A'; Group = 'Clerks'; Stage = 'Production' }, [pscustomobject]@{ Email = 'b@new.example'; Name = 'B'; Group = ''; Stage = '' }";
        lab.Run(rows + " | Import-OdcUser -Wait | Add-OdcGroupUser -Group Clerks -Stage Production").ThrowOnError();
        Assert.Equal(["Clerks Production"], Groups(lab, "a@new.example"));
        Assert.Equal(["Clerks Production"], Groups(lab, "b@new.example"));
    }

    [Fact]
    public async Task WhatIf_names_groups_and_roles()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("[pscustomobject]@{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Role = 'Clerk'; Stage = 'QA' } | Import-OdcUser -Wait -WhatIf").ThrowOnError();
        Assert.Contains("1 user (row 1), with end-user group Fleet Driver Team in QA, end-user role Clerk in QA", lab.Shell.Host.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task An_import_that_takes_too_long_says_that_groups_are_missing()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.BulkDuration = TimeSpan.FromSeconds(30);
        var result = lab.Run("[pscustomobject]@{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Stage = 'QA' } | Import-OdcUser -Wait -TimeoutSec 1");
        Assert.Equal("OdcTimeout", Assert.Single(result.Errors).Id());
        Assert.Contains("Fleet Driver Team in QA", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_it_waits_says_that_groups_are_missing()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.BulkDuration = TimeSpan.FromMinutes(5);
        await Stopping.EndsAsync(
            lab.Shell, "[pscustomobject]@{ Email = 'a@new.example'; Group = 'Fleet Driver Team'; Stage = 'QA' } | Import-OdcUser -Wait",
            _ => lab.Sent.Any(s => s.StartsWith("GET /api/identity/v1/users/bulk/", StringComparison.Ordinal)));
        Assert.Contains("did not get all groups and roles", lab.Shell.Host.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add-OdcGroupUser")]
    [InlineData("Remove-OdcGroupUser -Confirm:$false")]
    public async Task Members_of_a_group_name_need_its_stage(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("Get-OdcUser -First 1 | Add-OdcGroupUser -Group 'Fleet Driver Team' -Stage QA").ThrowOnError();
        var group = lab.Identity.Groups.Single(g => g.Name == "Fleet Driver Team" && g.StageKey == lab.Tenant.Stages[1].Key);
        var user = command.StartsWith("Add", StringComparison.Ordinal) ? lab.Tenant.Users.First(u => u.Memberships.All(m => m.GroupKey != group.Key)) : lab.Identity.MembersOf(group)[0];
        lab.Forget();
        var result = lab.Run($"'{user.Email}' | {command} -Group 'Fleet Driver Team'");
        Assert.Equal("OdcAmbiguousName", result.ErrorId);
        Assert.Contains("-Stage", result.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("OdcNotFound", lab.Run($"'{user.Email}' | {command} -Group 'Fleet Driver Team' -Stage Nowhere").ErrorId);
        Assert.Empty(lab.Changes);
        foreach (var line in (string[])[$"'{user.Email}' | {command} -Group 'Fleet Driver Team' -Stage QA", $"[pscustomobject]@{{ Email = '{user.Email}'; Group = 'Fleet Driver Team'; Stage = 'QA' }} | {command}"])
        {
            lab.Forget();
            lab.Run(line).ThrowOnError();
            Assert.Equal([$"PATCH /api/identity/v1/groups/{group.Key}/users"], lab.Changes);
        }

        Assert.Equal(command.StartsWith("Add", StringComparison.Ordinal), lab.Identity.FindUser(user.Key)!.Memberships.Any(m => m.GroupKey == group.Key && m.IsAssigned));
    }

    private static IEnumerable<string> Groups(TenantLab lab, string email) =>
        lab.Tenant.Users.Single(u => u.Email == email).Memberships.Select(m => lab.Identity.FindGroup(m.GroupKey)!).Select(g => $"{g.Name} {Stage(lab, g.StageKey)}").Order(StringComparer.Ordinal);

    private static IEnumerable<string> Roles(TenantLab lab, string email) =>
        lab.Tenant.Users.Single(u => u.Email == email).DirectRoles.Select(r => $"{lab.Identity.AssetNames[r.AssetKey]} {r.Name} {Stage(lab, r.StageKey)}").Order(StringComparer.Ordinal);

    private static string Stage(TenantLab lab, Guid key) => lab.Tenant.Stages.Single(s => s.Key == key).Name;
}
