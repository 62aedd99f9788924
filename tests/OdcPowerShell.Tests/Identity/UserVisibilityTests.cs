using OdcPowerShell.Emulator;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>A list of users that leaves some out for want of a permission says so, and asks little to know it.</summary>
public sealed class UserVisibilityTests
{
    private const string Members = "members without an end-user role are left out";
    private const string EndUsers = "users without an organization role are left out";
    private const string ViewEndUsers = "User management > View end users";
    private const string ViewMembers = "User management > View members";
    private const string ManageUsers = "User management > Manage users";

    [Theory]
    [InlineData("Get-OdcUser", ViewEndUsers, Members)]
    [InlineData("Get-OdcUser", ViewMembers, EndUsers)]
    [InlineData("Get-OdcUser -PageSize 7 -First 1000", ViewEndUsers, Members)]
    [InlineData("Get-OdcUser -First 1 -IncludeTotalCount", ViewEndUsers, Members)]
    [InlineData("Get-OdcUser nobody*", ViewEndUsers, Members)]
    [InlineData("Get-OdcUser nobody*", ViewMembers, EndUsers)]
    [InlineData("Get-OdcUser -HasOrganizationRole", ViewEndUsers, Members)]
    [InlineData("Get-OdcUser -HasEndUserRole", ViewMembers, EndUsers)]
    [InlineData("Measure-OdcUser", ViewEndUsers, Members)]
    [InlineData("Measure-OdcUser -Status Active", ViewMembers, EndUsers)]
    public async Task Users_who_are_left_out_are_told_of(string line, string permission, string told)
    {
        await using var lab = await SeeingAsync(permission);
        var result = lab.Run(line).ThrowOnError();
        Assert.Contains(told, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains(permission == ViewEndUsers ? ViewMembers : ViewEndUsers, result.Warnings[0], StringComparison.Ordinal);
        lab.Forget();
        Assert.Equal(result.Warnings, lab.Run(line).ThrowOnError().Warnings);
        Assert.All(lab.Sent, s => Assert.True(s is "GET /api/identity/v1/users" or "GET /api/identity/v1/users/count", s));
    }

    [Theory]
    [InlineData("Get-OdcUser", ViewEndUsers, ViewMembers)]
    [InlineData("Get-OdcUser", ManageUsers)]
    [InlineData("Get-OdcUser nobody*", ManageUsers)]
    [InlineData("Get-OdcUser nobody*", ManageUsers, ViewEndUsers)]
    [InlineData("Get-OdcUser nobody*", ManageUsers, ViewMembers)]
    [InlineData("Get-OdcUser nobody*", ViewEndUsers, ViewMembers)]
    [InlineData("Get-OdcUser -HasEndUserRole", ViewEndUsers)]
    [InlineData("Get-OdcUser -HasOrganizationRole", ViewMembers)]
    [InlineData("Get-OdcUser -HasOrganizationRole -HasEndUserRole", ViewMembers)]
    [InlineData("Measure-OdcUser", ViewEndUsers, ViewMembers)]
    [InlineData("Measure-OdcUser -HasEndUserRole", ViewEndUsers)]
    public async Task Nothing_is_told_where_nobody_is_left_out(string line, params string[] permissions)
    {
        await using var lab = await SeeingAsync(permissions);
        Assert.Empty(lab.Run(line).ThrowOnError().Warnings);
    }

    [Theory]
    [InlineData("Get-OdcUser", 1)]
    [InlineData("Get-OdcUser -First 1", 1)]
    [InlineData("Get-OdcUser -First 0", 0)]
    [InlineData("Get-OdcUser | Select-Object -First 1", 1)]
    [InlineData("Get-OdcUser nobody*", 3)]
    [InlineData("Get-OdcUser nobody*; Get-OdcUser nobody*; Measure-OdcUser", 5)]
    public async Task What_the_users_show_is_not_asked_and_what_was_asked_is_kept(string line, int requests)
    {
        await using var lab = await TenantLab.StartAsync(client: "auditor");
        Assert.Empty(lab.Run(line).ThrowOnError().Warnings);
        Assert.Equal(requests, lab.Sent.Count);
    }

    [Fact]
    public async Task Who_came_is_asked_about_so_that_a_missing_key_does_not_pass_for_permission()
    {
        await using var lab = await SeeingAsync(ViewEndUsers);
        lab.Run("Get-OdcUser").ThrowOnError();
        var asked = Assert.Single(lab.Sent, s => s.EndsWith("/organization-roles", StringComparison.Ordinal));
        Assert.Contains(lab.Tenant.Users, u => asked.Contains(u.Key.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_is_refused_both_ways_is_told_once()
    {
        await using var lab = await SeeingAsync(ViewEndUsers);
        lab.Tenant.Answer("/api/identity/v1/users", new CannedAnswer(200, "application/json", """{ "results": [] }"""));
        lab.Tenant.Clients["auditor"].Permissions = ["Stage > View stage"];
        var told = Assert.Single(lab.Run("Get-OdcUser").ThrowOnError().Warnings);
        Assert.Contains("View end users and View members", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_that_is_granted_meanwhile_counts_in_a_new_session()
    {
        await using var lab = await SeeingAsync(ViewEndUsers);
        Assert.Single(lab.Run("Get-OdcUser").Warnings);
        lab.Tenant.Clients["auditor"].Permissions = [ViewEndUsers, ViewMembers];
        // The users themselves show it at once; who is not there can't.
        Assert.Empty(lab.Run("Get-OdcUser").Warnings);
        using var other = Shell.Connected(lab.Tenant, "auditor");
        Assert.Empty(other.Run("Get-OdcUser nobody*").Warnings);
    }

    [Fact]
    public async Task What_can_not_be_found_out_does_not_spoil_the_list()
    {
        await using var lab = await SeeingAsync(ViewEndUsers);
        lab.Tenant.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (_, path) => path.EndsWith("/organization-roles", StringComparison.Ordinal) };
        var result = lab.Run("Get-OdcUser").ThrowOnError();
        Assert.NotEmpty(result.All<OdcUser>());
        Assert.Contains("could not be found out", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    private static async Task<TenantLab> SeeingAsync(params string[] permissions)
    {
        var lab = await TenantLab.StartAsync(client: "auditor");
        lab.Tenant.Clients["auditor"].Permissions = permissions;
        return lab;
    }
}
