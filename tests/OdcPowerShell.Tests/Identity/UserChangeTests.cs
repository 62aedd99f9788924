using OdcPowerShell.Emulator;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Single users created, changed and removed.</summary>
public sealed class UserChangeTests
{
    private const string Idle = "Get-OdcUser -Status Active -LastLoginTo ([datetime]::Now.AddDays(-90))";

    [Fact]
    public async Task Idle_users_are_shown_first_and_then_disabled()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        var idle = lab.Run(Idle).All<OdcUser>();
        Assert.InRange(idle.Count, 2, 249);
        var before = lab.Tenant.Users.Count(u => u.IsActive);
        lab.Forget();
        Assert.Empty(lab.Run($"{Idle} | Disable-OdcUser -WhatIf").ThrowOnError().Output);
        Assert.Empty(lab.Changes);
        Assert.All(idle, u => Assert.Contains($"{(u.Name is null ? $"user {u.Email}" : $"({u.Email})")} (PATCH 127.0.0.1/api/identity/v1/users/{u.UserKey} {{\"isActive\":false}})", lab.Shell.Host.Text.Replace($":{lab.Tenant.Url.Port}", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Empty(lab.Run($"{Idle} | Disable-OdcUser").ThrowOnError().Output);
        Assert.Equal(idle.Count, lab.Changes.Count);
        Assert.Equal(before - idle.Count, lab.Tenant.Users.Count(u => u.IsActive));
        Assert.All(idle, u => Assert.False(User(lab, u).IsActive));
    }

    [Fact]
    public async Task Users_are_all_removed_though_the_list_of_them_shrinks()
    {
        await using var lab = await TenantLab.StartAsync(users: 600);
        var active = lab.Run("Get-OdcUser -Status Active").All<OdcUser>();
        Assert.InRange(active.Count, 201, 599);
        var result = lab.Run("Get-OdcUser -Status Active | Remove-OdcUser -Confirm:$false").ThrowOnError();
        Assert.Empty(result.Warnings);
        Assert.Equal(600 - active.Count, lab.Tenant.Users.Count);
        Assert.Empty(lab.Run("Get-OdcUser -Status Active").ThrowOnError().Output);
    }

    [Fact]
    public async Task A_list_that_breaks_off_changes_nothing()
    {
        await using var lab = await TenantLab.StartAsync(users: 250);
        lab.Shell.Set("acme", lab.Tenant);
        lab.Shell.Set("broken", new CannedAnswer(404, "text/html", "<html/>"));
        lab.Shell.Catch("Get-OdcUser | ForEach-Object { $acme.Answer('/api/identity/v1/users', $broken); $_ } | Disable-OdcUser");
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task PassThru_writes_the_user_as_it_is_now()
    {
        await using var lab = await TenantLab.StartAsync();
        var user = lab.Run("$u = Get-OdcUser -Status Active -First 1; $u").Single<OdcUser>();
        var disabled = lab.Run("$u | Disable-OdcUser -PassThru").Single<OdcUser>();
        Assert.Equal((user.UserKey, "Inactive", false), (disabled.UserKey, disabled.Status, disabled.IsActive!.Value));
        Assert.True(lab.Run("$u.Email | Enable-OdcUser -PassThru").Single<OdcUser>().IsActive);
        Assert.Equal("Ana ü", lab.Run("Set-OdcUser $u.UserKey -Name 'Ana ü' -PassThru").Single<OdcUser>().Name);
        Assert.Equal(("Ana ü", user.Email), (User(lab, user).Name, User(lab, user).Email));
        Assert.Empty(lab.Run("$u | Set-OdcUser -Active $false; $u | Enable-OdcUser; $u | Remove-OdcUser -Confirm:$false").ThrowOnError().Output);
        Assert.Null(lab.Identity.FindUser(Guid.Parse(user.UserKey!)));
    }

    [Fact]
    public async Task What_is_not_given_is_left_to_the_service()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.True(lab.Run("New-OdcUser ana@acme.example -Name 'Ana Silva'").Single<OdcUser>().IsActive);
        Assert.False(lab.Run("New-OdcUser ben@acme.example -Inactive").Single<OdcUser>().IsActive);
        Assert.Equal(["ana@acme.example", "ben@acme.example"], lab.Tenant.Identity.CreatedUsers.Select(u => u.Email));
        lab.Run("New-OdcUser eva@acme.example -IdentityProvider 'entra id' -Subject eva-1 -Username eva").ThrowOnError();
        Assert.Contains($"\"identityProviderKey\":\"{lab.Identity.OpenIdConnectProviderKey}\"", lab.Tenant.Statistics.Requests["POST /api/identity/v1/users"][2].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-OdcUser ana@acme.example", "-Name, -PhotoUrl or -Active")]
    [InlineData("Set-OdcGroup Clerks", "-Name or -Description")]
    [InlineData("Set-OdcOrganizationRole Auditor", "-Name, -Permission")]
    public async Task A_change_of_nothing_is_an_error(string command, string parameters)
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run("$null = New-OdcUser ana@acme.example; $null = New-OdcGroup Clerks -Stage QA; $null = New-OdcOrganizationRole Auditor 'View members'").ThrowOnError();
        lab.Forget();
        Assert.Contains(parameters, lab.Shell.Catch(command).MustBe("OdcInvalidRequest").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_refused_change_is_the_error_of_its_user_and_the_others_are_changed()
    {
        await using var lab = await TenantLab.StartAsync();
        var result = lab.Run("$u = Get-OdcUser -First 2; $u[0].UserKey, '11111111-1111-1111-1111-111111111111', 'nobody@acme.example', $u[1].UserKey | Set-OdcUser -Name Ana");
        Assert.Equal(["11111111-1111-1111-1111-111111111111", "nobody@acme.example"], result.Errors.Select(e => e.MustBe("OdcNotFound").TargetObject.ToString()));
        Assert.Equal(2, lab.Tenant.Users.Count(u => u.Name == "Ana"));
    }

    private static EmulatedUser User(TenantLab lab, OdcUser user) => lab.Identity.FindUser(Guid.Parse(user.UserKey!))!;
}
