using System.Management.Automation;

namespace OdcPowerShell.Tests.Binding;

/// <summary>Names: wildcards in lists, and what stands for one object.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("Get-OdcGroup", "Order*", 6)]
    [InlineData("Get-OdcGroup", "fleet driver team", 3)]
    [InlineData("Get-OdcGroup", "*Clerk*", 3)]
    [InlineData("Get-OdcGroup", "?leet*", 3)]
    [InlineData("Get-OdcGroup", "[FO]*", 15)]
    [InlineData("Get-OdcGroup", "* Nobody *", 0)]
    [InlineData("Get-OdcEndUserRole", "Employee", 6)]
    [InlineData("Get-OdcEndUserRole", "*er", 33)]
    [InlineData("Get-OdcOrganizationRole", "*er", 3)]
    [InlineData("Get-OdcOrganizationRole", "developer", 1)]
    [InlineData("Get-OdcPermission", "View*", 6)]
    [InlineData("Get-OdcIdentityProvider", "*id", 1)]
    public async Task A_name_may_have_wildcards(string command, string name, int count)
    {
        await using var lab = await TenantLab.StartAsync();
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        var all = lab.Run($"({command}).Name").All<string>();
        var found = lab.Run($"{command} '{name}' | ForEach-Object Name").ThrowOnError().Output.Select(o => o.ToString()!).ToList();
        Assert.Equal(all.Where(pattern.IsMatch), found);
        Assert.Equal(count, found.Count);
        Assert.Equal(found.Skip(1).Take(2), lab.Run($"{command} '{name}' -Skip 1 -First 2 -PageSize 1 | ForEach-Object Name").ThrowOnError().Output.Select(o => o.ToString()!));
    }

    [Theory]
    [InlineData("Get-OdcUser -Portfolio {0}", "portfolioKeys")]
    [InlineData("Get-OdcUser -LoggedInPortfolio {0}", "loggedInPortfolioKeys")]
    [InlineData("Measure-OdcUser -Portfolio {0}", "portfolioKeys")]
    [InlineData("Get-OdcGroup -Portfolio {0}", "portfolioKeys")]
    [InlineData("Get-OdcEndUserRole -Portfolio {0}", "portfolioKeys")]
    [InlineData("Get-OdcDeployment -Portfolio {0}", "portfolioKey")]
    public async Task A_portfolio_is_named_piped_or_given_by_key(string command, string parameter)
    {
        await using var lab = await TenantLab.StartAsync();
        var key = lab.Run("(Get-OdcPortfolio Partners).PortfolioKey").Single<string>();
        foreach (var way in new[] { "Partners", "(Get-OdcPortfolio Partners)", key })
        {
            lab.Forget();
            lab.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, way)).ThrowOnError();
            Assert.Contains(lab.Tenant.Statistics.Requests, r => r.PathAndQuery.Contains($"{parameter}={key}", StringComparison.Ordinal));
        }

        lab.Shell.Catch(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "Nowhere")).MustBe("OdcNotFound");
    }

    [Theory]
    [InlineData("'Team `[A`]'")]
    [InlineData("'Team [A]'")]
    [InlineData("'*`[A`]'")]
    public async Task A_name_with_brackets_is_found_as_it_is_and_with_backticks(string name)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("New-OdcGroup 'Team [A]' -Stage QA").ThrowOnError();
        Assert.Equal("Team [A]", lab.Run($"(Get-OdcGroup {name}).Name").Single<string>());
    }

    [Theory]
    [InlineData("Get-OdcGroup 'Order ['")]
    [InlineData("Get-OdcStage 'Order ['")]
    [InlineData("Get-OdcConnection 'Order ['")]
    public async Task A_bracket_that_is_not_closed_is_said_to_be_one(string command)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains("wildcards", lab.Shell.Catch(command).MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcGroup", 60)]
    [InlineData("Get-OdcEndUserRole", 60)]
    [InlineData("Get-OdcOrganizationRole", 5)]
    [InlineData("Get-OdcPermission", 28)]
    [InlineData("Get-OdcIdentityProvider", 2)]
    public async Task The_paging_parameters_cut_the_list_at_the_service(string command, int total)
    {
        await using var lab = await TenantLab.StartAsync();
        var all = lab.Run($"({command}).Key").All<string>();
        Assert.Equal(total, all.Count);
        lab.Run($"{command} -First 0").ThrowOnError();
        lab.Forget();
        Assert.Equal(all.Skip(1).Take(1), lab.Run($"({command} -Skip 1 -First 1).Key").All<string>());
        Assert.Single(lab.Sent);
        Assert.Equal([$"Total count: {total}", all[0]], lab.Run($"{command} -First 1 -IncludeTotalCount | ForEach-Object {{ if ($_.Key) {{ $_.Key }} else {{ $_.ToString() }} }}").All<string>());
        Assert.Equal(all, lab.Run($"({command} -PageSize 1).Key").All<string>());
    }

    [Theory]
    [InlineData("Get-OdcGroup Nobodies", "end-user group")]
    [InlineData("Get-OdcEndUserRole Nobody", "end-user role")]
    [InlineData("Get-OdcOrganizationRole Nobody", "organization role")]
    [InlineData("Get-OdcPermission Nothing", "permission")]
    [InlineData("Get-OdcIdentityProvider Nobody", "identity provider")]
    [InlineData("Remove-OdcGroup Nobodies -Confirm:$false", "end-user group")]
    [InlineData("Grant-OdcEndUserRole -User $user -EndUserRole Nobody", "end-user role")]
    [InlineData("Grant-OdcEndUserRole -User $user -EndUserRole Clerk -Asset Nowhere", "asset")]
    [InlineData("Grant-OdcOrganizationRole $user Nobody", "organization role")]
    [InlineData("New-OdcOrganizationRole Auditor -Permission Nothing", "permission")]
    [InlineData("New-OdcUser ana@acme.example -IdentityProvider Nobody -Subject a", "identity provider")]
    [InlineData("Get-OdcGroup -IdentityProvider Nobody", "identity provider")]
    [InlineData("Add-OdcGroupUser Nobodies $user", "end-user group")]
    public async Task A_name_that_nothing_has_is_an_error(string command, string noun)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Shell.Set("user", lab.Tenant.Users[0].Key);
        var result = lab.Run(command);
        Assert.StartsWith($"There is no {noun} with the name 'No", result.Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(lab.Changes);
    }

    [Theory]
    [InlineData("Remove-OdcGroup 'Fleet Driver Team' -Confirm:$false", "3 end-user groups", "stage QA")]
    [InlineData("Get-OdcUser -Group 'Fleet Driver Team'", "3 end-user groups", "stage Production")]
    [InlineData("Grant-OdcEndUserRole -User $user -EndUserRole Employee -Stage QA", "2 end-user roles", "asset Expenses")]
    [InlineData("Grant-OdcEndUserRole -User $user -EndUserRole Clerk", "3 end-user roles", "asset Order Desk")]
    [InlineData("New-OdcGroup Clerks -Stage QA -EndUserRole Employee", "2 end-user roles", "asset HR Self Service")]
    public async Task A_name_that_several_have_is_an_error_that_lists_them(string command, string several, string candidate)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = Get-OdcEndUserRole").ThrowOnError();
        lab.Shell.Set("user", lab.Tenant.Users[0].Key);
        lab.Forget();
        var error = lab.Run(command).Error.MustBe("OdcAmbiguousName");
        Assert.Contains(several, error.ToString(), StringComparison.Ordinal);
        // Where a host does not show the action, the message alone must tell them apart.
        Assert.Contains(candidate, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("se one of these keys: ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Names_are_looked_up_once_in_a_pipeline()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$keys = (Get-OdcUser -First 20).UserKey").ThrowOnError();
        lab.Forget();
        lab.Run("$keys | Grant-OdcEndUserRole -EndUserRole Clerk -Stage QA; $keys | ForEach-Object { Grant-OdcEndUserRole -User $_ -EndUserRole Clerk -Stage QA }").ThrowOnError();
        Assert.Equal(["GET /api/portfolios/v2/environments", "GET /api/identity/v1/application-roles"], lab.Sent.Except(lab.Changes));
        Assert.Equal(2, lab.Sent.Count - lab.Changes.Count);
    }

    [Fact]
    public async Task What_was_renamed_or_removed_is_looked_up_again()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = New-OdcGroup Clerks -Stage QA; Set-OdcGroup Clerks -Description x; Set-OdcGroup Clerks -Name Chiefs").ThrowOnError();
        lab.Run("Set-OdcGroup Clerks -Description y").Error.MustBe("OdcNotFound");
        lab.Run("Remove-OdcGroup Chiefs -Confirm:$false; $null = New-OdcGroup Chiefs -Stage Production; Set-OdcGroup Chiefs -Description z").ThrowOnError();
        Assert.Equal("z", lab.Identity.Groups.Single(g => g.Name == "Chiefs").Description);
        lab.Run("$null = New-OdcOrganizationRole Auditor 'View members'; Set-OdcOrganizationRole Auditor -Name Reviewer").ThrowOnError();
        lab.Run("Set-OdcOrganizationRole Auditor -Name Other").Error.MustBe("OdcNotFound");
    }

    /// <summary>After each removal, every name would be looked up again.</summary>
    [Theory]
    [InlineData("$names | Remove-OdcGroup -Confirm:$false", "groups", 2)]
    [InlineData("$names | Set-OdcGroup -Description x", "groups", 1)]
    public async Task Names_are_forgotten_once_when_all_is_done(string line, string list, int requests)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("1..3 | ForEach-Object { $null = New-OdcGroup \"Team $_\" -Stage QA }; $names = 1, 2, 3, 1, 2, 3 | ForEach-Object { \"Team $_\" }; $null = Get-OdcStage").ThrowOnError();
        lab.Forget();
        lab.Run(line);
        Assert.Equal(3, lab.Sent.Count(s => s == $"GET /api/identity/v1/{list}"));
        lab.Forget();
        // For a name that is gone, those that may have been meant are read, too.
        lab.Run("'Team 1' | Get-OdcGroup");
        Assert.Equal(requests, lab.Sent.Count(s => s == $"GET /api/identity/v1/{list}"));
    }

    [Theory]
    [InlineData("Set-OdcGroup 'Fleet Drivr Team' -Stage QA -Description x", "Did you mean 'Fleet Driver Team'?")]
    [InlineData("New-OdcOrganizationRole Auditor -Permission 'View membres'", "Did you mean 'View members'?")]
    [InlineData("New-OdcOrganizationRole Auditor -Permission 'User management > View membres'", "Check the spelling, or specify the key of the permission.")]
    public async Task A_name_that_is_not_there_leads_to_the_one_that_was_meant(string line, string advice)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Equal(advice, lab.Run(line).Error.ErrorDetails.RecommendedAction);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_permission_has_its_name_and_the_one_that_the_portal_shows()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = New-OdcOrganizationRole Auditor -Permission 'User management > View members', 'Deploy assets', 'release management > release'").ThrowOnError();
        lab.Run("New-OdcOrganizationRole Other -Permission 'Stage > View members'").Error.MustBe("OdcNotFound");
        Assert.Equal(3, lab.Identity.OrganizationRoles.Single(r => r.Name == "Auditor").Permissions.Count);
    }

    [Fact]
    public async Task The_old_name_of_a_portfolio_is_nobody_s()
    {
        await using var lab = await TenantLab.StartAsync();
        var key = lab.Run("$null = Get-OdcUser -Portfolio Partners; (Get-OdcPortfolio Partners).PortfolioKey").Single<string>();
        lab.Run("Set-OdcPortfolio Partners Friends -Confirm:$false").ThrowOnError();
        lab.Shell.Catch("Get-OdcUser -Portfolio Partners").MustBe("OdcNotFound");
        lab.Forget();
        lab.Run("$null = Get-OdcUser -Portfolio Friends").ThrowOnError();
        Assert.Contains(lab.Tenant.Statistics.Requests, r => r.PathAndQuery.Contains("portfolioKeys=" + key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_old_name_of_a_stage_is_nobody_s()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = Get-OdcUser -Stage QA; Set-OdcStage QA -Name Acceptance -Confirm:$false").ThrowOnError();
        lab.Shell.Catch("Get-OdcUser -Stage QA").MustBe("OdcNotFound");
        lab.Run("$null = Get-OdcUser -Stage Acceptance").ThrowOnError();
    }
}
