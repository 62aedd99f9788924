namespace OdcPowerShell.Tests.Identity;

/// <summary>The lines about users and assets in "The week of an administrator" of about_OdcAutomation do what they say.</summary>
public sealed class AdministratorWeekTests
{
    [Fact]
    public async Task New_users_have_what_their_rows_name_and_leavers_have_nothing()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var folder = Directory.CreateTempSubdirectory("odc-week-").FullName;
        lab.Run($"Set-Location '{folder}'").ThrowOnError();
        await File.WriteAllLinesAsync(Path.Combine(folder, "joiners.csv"), ["Email,Name,Group,Role,Stage", "ana@new.example,Ana,Fleet Driver Team,Clerk,Production", "ben@new.example,Ben,,,"], TestContext.Current.CancellationToken);
        lab.Run(Line("Import-Csv joiners.csv")).ThrowOnError();
        var ana = lab.Tenant.Users.Single(u => u.Email == "ana@new.example");
        Assert.Equal(lab.Tenant.Stages[2].Key, lab.Identity.FindGroup(Assert.Single(ana.Memberships).GroupKey)!.StageKey);
        Assert.Equal(("Clerk", lab.Tenant.Stages[2].Key), (Assert.Single(ana.DirectRoles).Name, ana.DirectRoles[0].StageKey));
        Assert.Single(lab.Tenant.Users, u => u.Email == "ben@new.example");

        await File.WriteAllLinesAsync(Path.Combine(folder, "leavers.csv"), ["Email,Name", "ana@new.example,Ana"], TestContext.Current.CancellationToken);
        lab.Run(Line("Import-Csv leavers.csv")).ThrowOnError();
        ana = lab.Identity.FindUser(ana.Key)!;
        Assert.Equal(("Inactive", 0, 0, 0), (ana.Status, ana.Memberships.Count, ana.DirectRoles.Count, ana.OrganizationGrants.Count));
    }

    [Fact]
    public async Task The_review_has_everybody_with_access_to_production_and_nobody_else()
    {
        await using var lab = await TenantLab.StartAsync(users: 120);
        var folder = Directory.CreateTempSubdirectory("odc-week-").FullName;
        lab.Run($"Set-Location '{folder}'; {Line("Get-OdcUserAccess -Stage Production")}").ThrowOnError();
        var rows = lab.Run("Import-Csv access.csv").ThrowOnError().Output;
        var production = lab.Tenant.Stages[2].Key;
        Assert.Equal(
            lab.Tenant.Users.Where(u => u.HasOrganizationRoles || u.Roles.Any(r => r.StageKey == production)).Select(u => u.Email).Order(StringComparer.Ordinal),
            rows.Select(r => (string)r.Properties["UserEmail"].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(rows.Where(r => (string)r.Properties["RoleKind"].Value == "EndUser"), r => Assert.Equal("Production", r.Properties["StageName"].Value));
    }

    [Fact]
    public async Task The_list_of_unused_assets_has_what_nothing_uses()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var folder = Directory.CreateTempSubdirectory("odc-week-").FullName;
        lab.Run($"$null = New-OdcAsset Orphan -Type WebApplication; Set-Location '{folder}'; {Line("Get-OdcAsset -Unused")}").ThrowOnError();
        var names = lab.Run("(Import-Csv unused.csv).Name").ThrowOnError().Output.Select(o => (string)o.BaseObject).ToList();
        Assert.Contains("Orphan", names);
        Assert.DoesNotContain("Blank App", names);
    }

    private static string Line(string start) => AdministratorWeek.Line(start);
}

/// <summary>The lines of "The week of an administrator" in about_OdcAutomation.</summary>
internal static class AdministratorWeek
{
    /// <summary>The line that begins so, with what continues it.</summary>
    internal static string Line(string start)
    {
        var topic = File.ReadAllText(Path.Combine(ModuleFiles.Repository, "module", "en-US", "about_OdcAutomation.help.txt")).ReplaceLineEndings("\n");
        var section = topic[topic.IndexOf("  THE WEEK OF AN ADMINISTRATOR\n", StringComparison.Ordinal)..].Split("\n  WHAT TO DO")[0].Replace(" `\n", " ", StringComparison.Ordinal);
        return Assert.Single(section.Split('\n').Where(l => l.StartsWith("        ", StringComparison.Ordinal)).Select(l => l.Trim()), l => l.StartsWith(start, StringComparison.Ordinal));
    }
}
