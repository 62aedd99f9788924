using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Many users created from rows.</summary>
public sealed class ImportOdcUserTests
{
    private const string Post = "POST /api/identity/v1/users/bulk";

    /// <summary>500 rows, seven of which can't become users: each for a reason of its own, some told by the service and some not.</summary>
    private const string Rows = """
        $rows = 1..500 | ForEach-Object { [pscustomobject]@{ Email = "new$_@acme.example"; Name = "New $_"; Active = ''; IdentityProvider = '' } }
        $rows[9].Email = ''
        $rows[99].Email = 'no address'
        $rows[149].Email = 'new140@acme.example'
        $rows[249].Email = $taken
        $rows[349].IdentityProvider = '11111111-1111-1111-1111-111111111111'
        $rows[399].Active = 'perhaps'
        $rows[499].Email = 'unlucky@acme.example'
        """;

    [Fact]
    public async Task Of_500_rows_the_seven_bad_ones_are_errors_that_name_row_and_reason()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Identity.BulkFailures["unlucky@acme.example"] = "OS-IDENT-50001";
        lab.Shell.Set("taken", lab.Tenant.Users[0].Email);
        lab.Run(Rows).ThrowOnError();
        var result = lab.Run("$rows | Import-OdcUser -AddToBuiltInIdentityProvider -Wait");
        var written = result.Output.Select(o => (OdcUserImportResult)o.BaseObject).ToList();
        Assert.Equal(Enumerable.Range(1, 500), written.Select(r => r.Row!.Value).Order());
        Assert.Equal(493, written.Count(r => r.IsSuccess));
        Assert.Equal(553, lab.Tenant.Users.Count);
        Assert.All(written.Where(r => r.IsSuccess), r => Assert.Equal(r.Email, lab.Identity.FindUser(Guid.Parse(r.UserKey!))!.Email));
        Assert.Equal(
            new[]
            {
                "Row 10: no user was created: it has no e-mail.",
                "Row 400, new400@acme.example: no user was created: 'perhaps' is neither true nor false.",
                "Row 100, no address: no user was created: 'no address' is not a valid e-mail address (OS-IDENT-40011).",
                "Row 150, new140@acme.example: no user was created: A user with the e-mail address 'new140@acme.example' already exists (OS-IDENT-40012).",
                $"Row 250, {lab.Tenant.Users[0].Email}: no user was created: A user with the e-mail address '{lab.Tenant.Users[0].Email}' already exists (OS-IDENT-40012).",
                "Row 350, new350@acme.example: no user was created: The identity provider '11111111-1111-1111-1111-111111111111' doesn't exist (OS-IDENT-40013).",
                "Row 500, unlucky@acme.example: no user was created: The user could not be created (OS-IDENT-50001).",
            }.Order(),
            result.Errors.Select(e => e.MustBe("OdcInvalidRequest").ToString()).Order());
        Assert.InRange(lab.Changes.Count, 1, 5);
        Assert.All(lab.Changes, c => Assert.Equal(Post, c));
    }

    [Fact]
    public async Task A_column_that_is_named_almost_like_a_parameter_is_a_warning()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("'Email,Name,Groups,Rolle,Remark', 'ana@new.example,Ana,Clerks,Clerk,x', 'ben@new.example,Ben,,,' | ConvertFrom-Csv | Import-OdcUser -WhatIf").ThrowOnError();
        Assert.Equal("The column Groups is not used. Did you mean Group? The column Rolle is not used. Did you mean Role? Only columns that are named like a parameter are used.", Assert.Single(result.Warnings));
        Assert.Empty(lab.Run("'EmailAddress,EndUserRole,Note', 'ana@new.example,,' | ConvertFrom-Csv | Import-OdcUser -WhatIf").ThrowOnError().Warnings);
    }

    [Fact]
    public async Task Without_Wait_the_operations_are_written_and_can_be_looked_at_later()
    {
        await using var lab = await TenantLab.StartAsync();
        var started = lab.Run("$imports = 1..150 | ForEach-Object { [pscustomobject]@{ Email = \"new$_@acme.example\" } } | Import-OdcUser; $imports").All<OdcUserImport>();
        Assert.Equal([false, false], started.Select(i => i.IsTerminal));
        IReadOnlyList<OdcUserImport> ended = [];
        await Stopping.UntilAsync(() => (ended = lab.Run("$imports | Get-OdcUserImport").All<OdcUserImport>()).All(i => i.IsTerminal));
        Assert.Equal([("Finished", 100), ("Finished", 50)], ended.Select(i => (i.Status!, i.Results!.Count)));
        Assert.Equal(started.Select(i => i.OperationKey), ended.Select(i => i.OperationKey));
    }

    [Fact]
    public async Task An_import_that_fails_as_a_whole_says_why_for_each_row()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.Delivery.Plan(EmulatedOperation.UserImport, OperationPlan.Failing());
        var result = lab.Run("1..2 | ForEach-Object { [pscustomobject]@{ Email = \"new$_@acme.example\" } } | Import-OdcUser -Wait");
        Assert.Equal(["Error", "Error"], result.Output.Select(o => ((OdcUserImportResult)o.BaseObject).Status));
        Assert.Equal(
            ["Row 1, new1@acme.example: no user was created: The operation took too long (OS-IDENT-50401).", "Row 2, new2@acme.example: no user was created: The operation took too long (OS-IDENT-50401)."],
            result.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public async Task An_import_that_takes_too_long_is_an_error_that_says_how_to_go_on()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Tenant.BulkDuration = TimeSpan.FromSeconds(30);
        var result = lab.Run("[pscustomobject]@{ Email = 'new@acme.example' } | Import-OdcUser -Wait -TimeoutSec 1");
        var error = Assert.Single(result.Errors).MustBe("OdcTimeout");
        Assert.Contains("Get-OdcUserImport", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.IsType<OdcUserImport>(error.TargetObject);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_provider_is_looked_up_once_and_an_unknown_one_is_the_error_of_its_row()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("""
            [pscustomobject]@{ Email = 'a@acme.example'; IdentityProvider = 'Entra ID'; Subject = 'a' },
            [pscustomobject]@{ Email = 'b@acme.example'; IdentityProvider = 'Okta'; Subject = 'b' },
            [pscustomobject]@{ Email = 'c@acme.example'; IdentityProvider = 'entra id'; Subject = 'c' } | Import-OdcUser -Wait
            """);
        Assert.StartsWith("Row 2, b@acme.example: no user was created: There is no identity provider with the name 'Okta'", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(["b@acme.example", "a@acme.example", "c@acme.example"], result.Output.Select(o => ((OdcUserImportResult)o.BaseObject).Email));
        // The third is for the names that may have been meant.
        Assert.Equal(3, lab.Sent.Count(s => s == "GET /api/identity/v1/identity-providers"));
    }

    [Fact]
    public async Task New_users_go_on_to_roles_and_groups()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$rows = 1..120 | ForEach-Object { [pscustomobject]@{ Email = \"new$_@acme.example\" } }; $rows[7].Email = 'no address'").ThrowOnError();
        lab.Run("$clerk = Get-OdcEndUserRole Clerk -Stage Production; $rows | Import-OdcUser -Wait | Grant-OdcEndUserRole -EndUserRole $clerk");
        var clerk = lab.Identity.Roles.Single(r => r.Name == "Clerk" && r.StageKey == lab.Tenant.Stages.Single(s => s.Name == "Production").Key);
        Assert.Equal(119, lab.Tenant.Users.Skip(60).Count(u => u.DirectRoles.Contains(clerk)));
        lab.Forget();
        lab.Run("$rows | ForEach-Object { $_.Email = 'x' + $_.Email }; $rows | Import-OdcUser -Wait | Add-OdcGroupUser -Group (New-OdcGroup Clerks -Stage Production)");
        Assert.Equal(119, lab.Identity.MembersOf(lab.Identity.Groups.Single(g => g.Name == "Clerks")).Count);
        Assert.Equal(["POST /api/identity/v1/groups", Post, Post, $"PATCH /api/identity/v1/groups/{lab.Identity.Groups.Single(g => g.Name == "Clerks").Key}/users"], lab.Changes);
    }
}
