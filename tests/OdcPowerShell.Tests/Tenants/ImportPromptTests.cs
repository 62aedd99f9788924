using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What users do with an import: they decline steps, press Ctrl+C, edit plans and read the table.</summary>
public sealed class ImportPromptTests
{
    [Fact]
    public async Task A_question_is_a_row_of_the_plan_and_No_leaves_out_this_step_and_what_needs_it()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        var questions = 0;
        lab.Host.WhenAsked = () => lab.Host.Choice = questions++ == 1 ? 2 : 0;
        var result = lab.Import("-Confirm").ThrowOnError();
        var rows = result.All<OdcTenantChange>();
        var asked = rows.Where(r => r.Action != "Skip").ToList();
        Assert.Equal(asked.Count, questions);
        Assert.Equal("it was declined", Assert.Single(asked, r => r.Result != "Done").Reason);
        Assert.Equal("it was declined", asked[1].Reason);
        Assert.Contains(result.Warnings, w => w.Contains("1 step was declined", StringComparison.Ordinal));
        Assert.Contains("Create organization role Release Crew: adds permissions[", lab.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/api/", lab.Text, StringComparison.Ordinal);
        lab.Host.WhenAsked = null;
        Assert.Equal(asked[1].Name, Assert.Single(lab.Import("-Confirm:$false").ThrowOnError().All<OdcTenantChange>(), r => r.Action != "Skip").Name);
    }

    [Fact]
    public async Task The_table_of_a_preview_shows_at_80_columns_what_changes()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole, IpFilterGroup");
        lab.Host.Width = 80;
        var lines = lab.Shell.Run($"Import-OdcTenant '{lab.Folder.Path}' -WhatIf | Out-String -Stream -Width 80").ThrowOnError().Output.Select(o => o.ToString().TrimEnd()).Where(l => l.Length > 0).ToList();
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 80));
        Assert.Contains(lines, l => l.Contains("Order Action", StringComparison.Ordinal) && l.Contains("Details", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("organization role", StringComparison.Ordinal) && l.Contains("adds permissions[", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("/api/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_Ctrl_C_the_line_that_does_the_rest_is_shown_and_does_it()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        var posts = 0;
        var faults = new FaultPlan(seed: 1, share: 1, Fault.SlowFirstByte) { Delay = Stopping.Forever, Only = (method, path) => method == "POST" && path.EndsWith("/groups", StringComparison.Ordinal) && ++posts > 2 };
        lab.Globex.Faults = faults;
        await Stopping.EndsAsync(lab.Shell, $"Import-OdcTenant '{lab.Folder.Path}' -Kind Group, OrganizationRole -Confirm:$false", _ => faults.Injected > 0);
        lab.Globex.Faults = null;
        Assert.Matches($@"The import was stopped at step \d+ of \d+\. This line does the rest: Import-OdcTenant '{System.Text.RegularExpressions.Regex.Escape(lab.Folder.Path)}' -Kind 'OrganizationRole', 'Group'|'Group', 'OrganizationRole'", lab.Text);
        lab.Import("-Confirm:$false").ThrowOnError();
        Assert.Equal(lab.Acme.Identity.Groups.Select(g => g.Name).Order(StringComparer.Ordinal), lab.Globex.Identity.Groups.Select(g => g.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"prune\": false", "\"prune\": true", "OdcConflict")]
    [InlineData("\"prune\": false", "\"prune\": 1", "OdcInvalidRequest")]
    [InlineData("create organization role Release Crew", "create organization role Release Crow", "OdcConflict")]
    [InlineData("\"skipMissing\": false,", "", "OdcInvalidRequest")]
    [InlineData("\"kinds\": []", "\"kinds\": [\"Group\"]", "OdcConflict")]
    [InlineData("{", "", "OdcInvalidRequest")]
    public async Task An_edited_plan_is_rejected_and_nothing_is_sent(string text, string edited, string error)
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        // Something that pruning would remove.
        lab.Shell.Run("$null = New-OdcGroup Extra -Stage QA").ThrowOnError();
        using var plans = new TestFolder();
        Directory.CreateDirectory(plans.Path);
        lab.Import($"-SavePlan '{plans["plan.json"]}'").ThrowOnError();
        plans.Edit("plan.json", plan =>
        {
            var at = plan.IndexOf(text, StringComparison.Ordinal);
            Assert.True(at >= 0, plan);
            return plan.Remove(at, text.Length).Insert(at, edited);
        });
        lab.Globex.Statistics.Clear();
        lab.Import($"-Plan '{plans["plan.json"]}' -Confirm:$false").Error.MustBe(error);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_plan_of_a_part_does_this_part()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        using var plans = new TestFolder();
        Directory.CreateDirectory(plans.Path);
        lab.Import($"-Kind OrganizationRole -Name 'Release*' -SavePlan '{plans["plan.json"]}'").ThrowOnError();
        lab.Import($"-Plan '{plans["plan.json"]}' -Kind Group").Error.MustBe("OdcInvalidRequest");
        Assert.Equal(("Release Crew", "Done"), lab.Import($"-Plan '{plans["plan.json"]}'").ThrowOnError().All<OdcTenantChange>().Select(r => (r.Name, r.Result)).Single());
        Assert.Empty(lab.Globex.Identity.Groups);
    }

    [Fact]
    public async Task Links_in_the_folder_are_read_and_those_to_nothing_are_errors()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind OrganizationRole");
        using var elsewhere = new TestFolder();
        Directory.CreateDirectory(elsewhere.Path);
        var file = lab.Folder["organization-roles/Release Crew.json"];
        File.Move(file, elsewhere["role.json"]);
        File.CreateSymbolicLink(file, elsewhere["role.json"]);
        Assert.Contains(lab.Import("-WhatIf").ThrowOnError().All<OdcTenantChange>(), r => r.Name == "Release Crew");
        Directory.CreateSymbolicLink(lab.Folder["stages"], lab.Folder.Path);
        lab.Import("-WhatIf").Error.MustBe("OdcInvalidRequest");
        File.Delete(lab.Folder["stages"]);
        File.Delete(elsewhere["role.json"]);
        lab.Globex.Statistics.Clear();
        Assert.Contains("organization-roles/Release Crew.json:1: This is a link that leads to nothing.", lab.Import("").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_continued_export_is_imported_and_pruned_like_any_other()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Acme.Faults = new FaultPlan(1, 1, Fault.Error500) { Only = (_, path) => path.Contains("/organization-roles", StringComparison.Ordinal) };
        Assert.True(lab.Shell.Run($"Export-OdcTenant '{lab.Folder.Path}' -Connection acme -Kind Group, OrganizationRole").HasError);
        lab.Acme.Faults = null;
        lab.Import("").Error.MustBe("OdcFileNotFound");
        lab.Export("-Kind Group, OrganizationRole -Resume");
        lab.Shell.Run("$null = New-OdcGroup Extra -Stage QA; $null = New-OdcOrganizationRole Extra 'View members'").ThrowOnError();
        Assert.Equal(["Group", "OrganizationRole"], lab.Import("-Prune -Confirm:$false").ThrowOnError().All<OdcTenantChange>().Where(r => r.Action == "Remove").Select(r => r.Kind));
        Assert.Equal(lab.Acme.Identity.Groups.Count, lab.Globex.Identity.Groups.Count);
        Assert.DoesNotContain(lab.Import("-Prune").ThrowOnError().All<OdcTenantChange>(), r => r.Action != "Skip");
    }
}
