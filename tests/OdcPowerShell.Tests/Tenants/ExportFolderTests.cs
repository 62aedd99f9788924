using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>An export into a folder that has something: files of another tenant, of what can't be read now, or links.</summary>
public sealed class ExportFolderTests
{
    [Fact]
    public async Task Another_scope_in_the_same_folder_needs_force()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("Export-OdcTenant $folder -Kind Group, Stage").ThrowOnError();
        lab.Forget();
        var refused = lab.Run("Export-OdcTenant $folder -Kind Group");
        Assert.Equal("OdcFileExists", refused.ErrorId);
        Assert.Empty(lab.Sent);
        lab.Run("Export-OdcTenant $folder -Kind Group -Stage QA -Force").ThrowOnError();
        Assert.False(Directory.Exists(folder["stages/Production"]));
        var read = new TenantFolderReader(folder.Path).Read();
        Assert.Equal(["QA"], read.Scope!.Stages);
        Assert.All(read.Documents, d => Assert.Equal(("Group", "QA"), (d.Kind.Name, d.Stage)));
        lab.Run("Export-OdcTenant $folder -Kind Group -Stage QA").ThrowOnError();
    }

    [Fact]
    public async Task An_export_of_another_tenant_needs_force()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        var before = lab.Folder.Files;
        lab.Globex.Statistics.Clear();
        var error = Export(lab, "-Kind Group, OrganizationRole -Connection globex").Error.MustBe("OdcFileExists");
        Assert.Contains($"has an export of {lab.Acme.Url.Authority}, and this one is of {lab.Globex.Url.Authority}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, lab.Folder.Files);
        Assert.DoesNotContain(lab.Globex.Statistics.Requests, r => r.Path.StartsWith("/api/", StringComparison.Ordinal));

        Export(lab, "-Kind Group, OrganizationRole -Connection globex -Force").ThrowOnError();
        var read = new TenantFolderReader(lab.Folder.Path).Read();
        Assert.Equal(lab.Globex.Url.Authority, read.Tenant);
        Assert.DoesNotContain(read.Documents, d => d.Kind == TenantKinds.Group);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Resume")]
    public async Task Files_of_what_can_not_be_read_now_stay(string resume)
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Run("$null = New-OdcGroup Extra -Stage QA; Export-OdcTenant $folder").ThrowOnError();
        var before = folder.Files;
        File.Delete(folder[before.Keys.First(f => f.StartsWith("portfolios/", StringComparison.Ordinal))]);
        File.WriteAllText(folder["stages/QA/groups/notes.md"], "mine");
        lab.Tenant.Clients["admin"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions.Where(p => p != "User management > Manage end-user groups")];
        if (resume.Length > 0)
        {
            lab.Tenant.Answer("/api/organization/v1/organization", new CannedAnswer(500, Body: "{}"));
            Assert.NotNull(lab.Run("Export-OdcTenant $folder").Exception);
            lab.Tenant.ClearAnswers();
        }

        var exported = lab.Run($"Export-OdcTenant $folder {resume}").ThrowOnError();
        var groups = before.Keys.Where(f => f.Contains("/groups/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(groups);
        Assert.Equal(before.Where(f => f.Key != "tenant.json"), folder.Files.Where(f => f.Key is not ("tenant.json" or "stages/QA/groups/notes.md")).OrderBy(f => before.Keys.ToList().IndexOf(f.Key)));
        var warning = Assert.Single(exported.Warnings, w => w.Contains("stay as they were", StringComparison.Ordinal));
        Assert.StartsWith($"{groups.Count} files of what was not exported stay as they were: stages/", warning, StringComparison.Ordinal);
        var read = new TenantFolderReader(folder.Path).Read();
        Assert.Equal(TenantKinds.Group, Assert.Single(read.Unread).Kind);
        Assert.DoesNotContain(read.Empty!, e => e.Kind == TenantKinds.Group);

        // With the permission, a group that is gone is gone.
        lab.Tenant.Clients["admin"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions, "User management > Manage end-user groups"];
        lab.Run("Remove-OdcGroup Extra -Stage QA -Confirm:$false").ThrowOnError();
        Assert.Empty(lab.Run("Export-OdcTenant $folder").ThrowOnError().Warnings);
        Assert.Empty(new TenantFolderReader(folder.Path).Read().Unread);
        Assert.Equal(["stages/QA/groups/Extra.json"], before.Keys.Except(folder.Files.Keys));
    }

    [Fact]
    public void Only_files_of_the_unread_part_stay_and_none_of_another_tenant_or_of_users_in_an_export_without()
    {
        var all = TenantFolderTests.Content(TenantFolderTests.Group("QA", "Sales"), TenantFolderTests.Group("QA", "Support"), TenantFolderTests.Group("Production", "Sales")) with { Tenant = "acme.example" };
        Assert.Equal(["stages/QA/groups/Sales.json"], Kept(new UnreadPart(TenantKinds.Group, "QA", "Sales", "it is hidden"), c => c));
        Assert.Equal(["stages/QA/groups/Sales.json", "stages/QA/groups/Support.json"], Kept(new UnreadPart(TenantKinds.Group, "QA", null, "it is hidden"), c => c));
        Assert.Equal(3, Kept(new UnreadPart(TenantKinds.Group, null, null, "it is hidden"), c => c).Count);
        Assert.Empty(Kept(new UnreadPart(TenantKinds.Domain, null, null, "it is hidden"), c => c));
        Assert.Empty(Kept(new UnreadPart(TenantKinds.Group, null, null, "it is hidden"), c => c with { Tenant = "globex.example" }));
        Assert.Empty(Kept(new UnreadPart(TenantKinds.Group, null, null, "it is hidden"), c => c with { Scope = c.Scope! with { WithUsers = false } }));
        Assert.Equal(["stages/QA/groups/Sales.json", "stages/QA/groups/Support.json"], Kept(new UnreadPart(TenantKinds.Group, null, null, "it is hidden"), c => c with { Scope = c.Scope! with { Stages = ["QA"] } }));

        IReadOnlyList<string> Kept(UnreadPart unread, Func<TenantContent, TenantContent> change)
        {
            using var folder = new TestFolder();
            new TenantFolder(folder.Path).Write(all);
            var changes = new TenantFolder(folder.Path).Write(change(all with { Documents = [], Unread = [unread] }));
            Assert.Equal(3, changes.Kept.Count + changes.Removed.Count);
            Assert.All(changes.Kept, file => Assert.True(File.Exists(folder[file])));
            Assert.All(changes.Removed, file => Assert.False(File.Exists(folder[file])));
            new TenantFolderReader(folder.Path).Read();
            return changes.Kept;
        }
    }

    [Theory]
    [InlineData("stages/QA/groups")]
    [InlineData("stages/QA")]
    [InlineData("stages")]
    [InlineData(".schema")]
    [InlineData("stages/QA/groups/Sales.json")]
    [InlineData("tenant.json")]
    public void Nothing_is_written_or_removed_through_a_link(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = new TestFolder();
        using var elsewhere = new TestFolder();
        new TenantFolder(folder.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", "Sales"), TenantFolderTests.Group("QA", "Support")));
        Directory.CreateDirectory(elsewhere.Path);
        Directory.Move(folder[place], elsewhere["moved"]);
        if (File.Exists(elsewhere["moved"]))
            File.CreateSymbolicLink(folder[place], elsewhere["moved"]);
        else
            Directory.CreateSymbolicLink(folder[place], elsewhere["moved"]);
        var before = elsewhere.Files;
        var error = Assert.Throws<OdcException>(() => new TenantFolder(folder.Path).Write(TenantFolderTests.Content(TenantFolderTests.Group("QA", "New"))));
        Assert.Contains($"{folder[place]} is a link", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, elsewhere.Files);
        // Before anything is read.
        error = Assert.Throws<OdcException>(() => TenantExport.Check(folder.Path, "acme.example", new TenantScope(TenantKinds.All, [], WithUsers: true), replaces: true));
        Assert.Contains($"{folder[place]} is a link", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_an_empty_folder_gets_no_files_and_the_folder_itself_can_be_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var folder = new TestFolder();
        using var elsewhere = new TestFolder();
        Directory.CreateDirectory(folder["stages/QA"]);
        Directory.CreateDirectory(elsewhere["empty"]);
        Directory.CreateSymbolicLink(folder["stages/QA/groups"], elsewhere["empty"]);
        Directory.CreateSymbolicLink(folder["mine"], elsewhere["empty"]);
        var content = TenantFolderTests.Content(TenantFolderTests.Group("QA", "Sales"));
        Assert.Contains("stages/QA/groups is a link".Replace('/', Path.DirectorySeparatorChar), Assert.Throws<OdcException>(() => new TenantFolder(folder.Path).Write(content)).Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Files);
        Directory.Delete(folder["stages/QA/groups"]);
        Directory.CreateSymbolicLink(elsewhere["link"], folder.Path);
        Assert.True(new TenantFolder(elsewhere["link"]).Write(content).Written > 0);
        Assert.True(File.Exists(folder["stages/QA/groups/Sales.json"]));
    }

    private static Result Export(ImportShells lab, string parameters) => lab.Shell.Run($"Export-OdcTenant '{lab.Folder.Path}' {parameters}");
}
