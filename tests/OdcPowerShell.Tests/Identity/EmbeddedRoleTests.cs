using OdcPowerShell.Identity;

namespace OdcPowerShell.Tests.Identity;

/// <summary>Roles inside users say which asset and stage they are of, as those that are asked for alone do.</summary>
public sealed class EmbeddedRoleTests
{
    [Theory]
    [InlineData("Get-OdcUser -Embed ApplicationRoles")]
    [InlineData("Get-OdcUser -Stage Production -Embed ApplicationRoles")]
    [InlineData("Get-OdcUser | Get-OdcUser -Embed ApplicationRoles")]
    [InlineData("(Get-OdcUser -HasEndUserRole -First 1).UserKey | Get-OdcUser -Embed ApplicationRoles")]
    [InlineData("Get-OdcGroup | Get-OdcUser -Embed ApplicationRoles | ForEach-Object User")]
    public async Task They_have_names(string command)
    {
        await using var lab = await TenantLab.StartAsync(users: 40);
        var users = lab.Run(command).ThrowOnError().Output.Select(o => (OdcUserSummary)o.BaseObject).ToList();
        var roles = users.SelectMany(u => (u.Embedded?.EndUserRoles ?? []).Select(r => (User: u, Role: r))).ToList();
        Assert.NotEmpty(roles);
        Assert.All(roles, r =>
        {
            Assert.Equal(lab.Tenant.Stages.Single(s => s.Key.ToString() == r.Role.StageKey).Name, r.Role.StageName);
            Assert.False(string.IsNullOrEmpty(r.Role.AssetName));
            Assert.Equal((r.User.UserKey, r.User.Name, r.User.Email), (r.Role.UserKey, r.Role.UserName, r.Role.UserEmail));
        });
    }

    [Fact]
    public async Task An_access_review_by_stage_name_is_that_of_the_role_list()
    {
        await using var lab = await TenantLab.StartAsync(users: 40);
        var embedded = lab.Run("Get-OdcUser -Embed ApplicationRoles | ForEach-Object { $_.Embedded.EndUserRoles } | Where-Object StageName -eq Production | Where-Object Source -like '*Direct*' | ForEach-Object { \"$($_.UserEmail) $($_.Name) $($_.AssetName)\" }").All<string>();
        var listed = lab.Run("Get-OdcUser | Get-OdcEndUserRole -AssignmentSource Direct | Where-Object StageName -eq Production | ForEach-Object { \"$($_.UserEmail) $($_.Name) $($_.AssetName)\" }").All<string>();
        Assert.Equal(listed.Order(StringComparer.Ordinal), embedded.Order(StringComparer.Ordinal));
        Assert.NotEmpty(listed);
    }

    [Fact]
    public async Task Without_embedded_roles_nothing_more_is_asked()
    {
        await using var lab = await TenantLab.StartAsync(users: 40);
        lab.Run("$null = Get-OdcUser -First 5").ThrowOnError();
        Assert.DoesNotContain(lab.Sent, s => s.Contains("/assets", StringComparison.Ordinal) || s.Contains("/environments", StringComparison.Ordinal));
    }
}
