using OdcPowerShell.Emulator;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A list that the service ends early is not the whole list: nothing is concluded from what is missing in it.</summary>
public sealed class IncompleteListTests
{
    private const string Identity = "/api/identity/v1/";
    private const string Groups = Identity + "groups";
    private const string Text = "the service ended the list after 0 of 60 objects";

    public static TheoryData<string> Lists =>
    [
        Groups, Identity + "users", Identity + "organization-roles", Identity + "permissions", Identity + "identity-providers",
        "/api/portfolios/v2/portfolios", "/api/portfolios/v2/deployed-assets", "/api/asset-repository/v1/assets",
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task An_export_says_that_the_part_is_not_exported(string path)
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        End(lab, path);
        var exported = lab.Run("Export-OdcTenant $folder -IncludeUser -ErrorOnUnread");
        exported.Error.MustBe("OdcOperationFailed");
        Assert.Contains(exported.Warnings, w => w.Contains(Text, StringComparison.Ordinal));
        Assert.Contains(Manifest(folder).Unread, u => u.Reason.Contains(Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_with_Prune_leaves_the_part_alone()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        End(lab, Groups);
        lab.Run("Export-OdcTenant $folder");
        lab.Tenant.ClearAnswers();
        lab.Forget();
        lab.Run("Import-OdcTenant $folder -Prune -Confirm:$false");
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task An_import_creates_nothing_that_it_can_not_see()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder").ThrowOnError();
        End(lab, Groups);
        lab.Forget();
        var result = lab.Run("Import-OdcTenant $folder -Prune -Confirm:$false");
        Assert.Empty(lab.Changes);
        Assert.Contains(result.Warnings.Concat(result.Errors.Select(e => e.ToString())), text => text.Contains(Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_is_whole_at_the_next_try_is_used()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        End(lab, Groups, times: 1);
        var exported = lab.Run("Export-OdcTenant $folder -ErrorOnUnread").ThrowOnError();
        Assert.Empty(exported.Warnings);
        Assert.Empty(Manifest(folder).Unread);
    }

    [Theory]
    [InlineData("EmptyGroup", Groups)]
    [InlineData("NeverSignedIn", Identity + "users")]
    [InlineData("DirectRole", Identity + "users")]
    [InlineData("EverythingRole", Identity + "organization-roles")]
    [InlineData("StageAhead", "/api/portfolios/v2/deployed-assets")]
    [InlineData("UnusedApp", "/api/portfolios/v2/deployed-assets")]
    [InlineData("UnusedLibrary", "/api/asset-repository/v1/assets")]
    [InlineData("WeakIdentityProvider", Identity + "identity-providers")]
    [InlineData("FailedDeployment", "/api/deployments/v1/deployment-operations")]
    public async Task A_rule_is_not_checked(string rule, string path)
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        End(lab, path);
        var rows = lab.Run($"Test-OdcTenant {rule} -IncludePassed").All<OdcTenantFinding>();
        Assert.All(rows, row => Assert.Equal("NotChecked", row.Result));
        Assert.Contains(rows, row => row.Message!.Contains(Text, StringComparison.Ordinal) && row.Missing is null && row.Advice is null);
    }

    [Fact]
    public async Task A_group_whose_users_are_not_listed_is_not_empty()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        lab.Run("$group = New-OdcGroup Clerks -Stage QA -EndUserRole (Get-OdcEndUserRole Clerk -Stage QA)").ThrowOnError();
        End(lab, $"{Groups}/{lab.Run("$group.GroupKey").Single<string>()}/users");
        Assert.Contains(lab.Run("Test-OdcTenant EmptyGroup").All<OdcTenantFinding>(), row => row.Result == "NotChecked" && row.Subject!.Contains("Clerks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_shows_the_part_as_not_read()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Path);
        lab.Shell.Set("file", folder["report.html"]);
        End(lab, "/api/portfolios/v2/deployed-assets");
        lab.Run("Export-OdcReport $file").ThrowOnError();
        Assert.Contains("The service ended the list after 0 of 60 objects", await File.ReadAllTextAsync(folder["report.html"], TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Assets_are_not_unused_because_the_deployed_ones_are_not_listed()
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        End(lab, "/api/portfolios/v2/deployed-assets");
        var result = lab.Run("Get-OdcAsset -Unused");
        Assert.Empty(result.Output);
        Assert.Contains(Text, result.Error.MustBe("OdcUnexpectedResponse").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_that_is_not_listed_is_not_said_to_be_taken_away()
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        var user = lab.Tenant.Users.First(u => u.DirectRoles.Count > 0);
        End(lab, $"{Identity}users/{user.Key}/application-roles");
        var result = lab.Run($"Disable-OdcUser {user.Key} -RevokeAccess -Confirm:$false");
        Assert.Contains("its end-user roles could not be read", result.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OdcGroup", Groups)]
    [InlineData("Get-OdcUserAccess", Identity + "users")]
    [InlineData("Compare-OdcStage QA Production", "/api/portfolios/v2/deployed-assets")]
    public async Task A_command_that_shows_a_list_warns(string line, string path)
    {
        await using var lab = await TenantLab.StartAsync(users: 5);
        End(lab, path);
        Assert.Contains(lab.Run(line).Warnings, w => w.Contains("0 of 60 objects", StringComparison.Ordinal));
    }

    private static void End(TenantLab lab, string path, int? times = null) => lab.Tenant.Answer(
        path, new CannedAnswer(200, Body: """{ "results": [], "page": { "totalResults": 60, "count": 0, "offset": 0, "limit": 100, "totalPages": 1 } }""") { Method = "GET", Times = times });

    private static TenantManifest Manifest(TestFolder folder) => TenantManifest.Read(File.ReadAllBytes(folder["tenant.json"]), _ => { })!;
}
