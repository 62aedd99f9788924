using System.Management.Automation;
using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What an import leaves out: what belongs to another tenant, and what is outside the part that was asked for.</summary>
public sealed class ImportPartTests
{
    [Fact]
    public async Task What_belongs_to_one_tenant_only_is_not_imported_into_another_one_unless_asked_for()
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        var own = TenantKinds.All.Where(k => k.IsTenantSpecific).ToList();
        Assert.Equal(["Organization", "SubscriptionConfiguration", "BuiltInDomains", "Domain", "DefaultDomain"], own.Select(k => k.Name));
        var before = ImportLab.Text(await lab.ExportAsync(lab.Globex, own), []);
        var plan = await lab.ImportAsync(lab.Globex, acme, new ImportOptions(Prunes: true));
        Assert.NotEmpty(plan.Sent);
        Assert.DoesNotContain(plan.Steps, s => s.Kind.IsTenantSpecific);
        ImportLab.Same(before, ImportLab.Text(await lab.ExportAsync(lab.Globex, own), []));
        var note = Assert.Single(plan.Notes, n => n.Contains("-IncludeTenantSpecific", StringComparison.Ordinal));
        Assert.Contains($"The files are from {lab.Acme.Url.Authority}, and ", note, StringComparison.Ordinal);
        Assert.Matches(@"\d+ objects that belong to that tenant only are left out: organization, .*domain.* -IncludeTenantSpecific imports all but built-in domains, which New-OdcBuiltInDomain adds\.$", note);

        var asked = await lab.PlanAsync(lab.Globex, acme, new ImportOptions(IncludesTenantSpecific: true));
        Assert.Equal(["Organization", "SubscriptionConfiguration", "Domain", "DefaultDomain"], asked.Sent.Select(s => s.Kind).Where(own.Contains).Distinct().OrderBy(k => k.Place).Select(k => k.Name));
        Assert.DoesNotContain(asked.Notes, n => n.Contains("-IncludeTenantSpecific", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_the_files_of_the_same_tenant_has_its_domains()
    {
        await using var lab = await ImportLab.StartAsync();
        var domains = await lab.ExportAsync(lab.Acme, [TenantKinds.Stage, TenantKinds.Domain]);
        var removed = domains.Content.Documents.First(d => d.Kind == TenantKinds.Domain);
        var less = domains with { Content = domains.Content with { Documents = [.. domains.Content.Documents.Where(d => d != removed)] } };
        var plan = await lab.PlanAsync(lab.Acme, less, new ImportOptions(Prunes: true));
        Assert.Equal((TenantAction.Remove, removed.Name), (Assert.Single(plan.Sent).Action, plan.Steps[0].Name));
        // Files of an older version do not name their tenant, and their built-in domains do.
        var all = await lab.ExportAsync(lab.Acme);
        var older = all with { Content = all.Content with { Tenant = null, Documents = [.. all.Content.Documents.Where(d => d.Identity != removed.Identity)] } };
        Assert.Contains((await lab.PlanAsync(lab.Acme, older, new ImportOptions(Prunes: true))).Sent, s => s.Action == TenantAction.Remove && s.Name == removed.Name);
        var unnamed = less with { Content = less.Content with { Tenant = null } };
        Assert.Empty((await lab.PlanAsync(lab.Acme, unnamed, new ImportOptions(Prunes: true))).Sent);
    }

    [Fact]
    public async Task A_part_is_all_that_is_imported_and_all_that_is_removed()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole, IpFilterGroup");
        var names = Directory.EnumerateFiles(lab.Folder["stages/QA/groups"]).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal).ToList();
        var first = lab.Import($"-Kind Group -Stage QA -Name '{names[0]}'").ThrowOnError().All<OdcTenantChange>();
        Assert.Equal(("Group", "QA", names[0], "Done"), (Assert.Single(first, r => r.Action != "Skip").Kind, first[0].StageName, first[0].Name, first[0].Result));
        Assert.Single(lab.Globex.Identity.Groups);

        lab.Import("-Kind Group -Confirm:$false").ThrowOnError();
        Assert.Equal(lab.Acme.Identity.Groups.Count, lab.Globex.Identity.Groups.Count);
        File.Delete(lab.Folder[$"stages/QA/groups/{names[0]}.json"]);
        File.Delete(lab.Folder[$"stages/QA/groups/{names[1]}.json"]);
        var pruned = lab.Import($"-Stage QA -Name '{names[0]}', 'none*' -Prune -Confirm:$false").ThrowOnError().All<OdcTenantChange>();
        Assert.Equal(("Remove", names[0]), (Assert.Single(pruned).Action, pruned[0].Name));
        Assert.Equal(("Remove", names[1]), (lab.Import("-Kind Group -Stage QA -Prune -WhatIf").ThrowOnError().All<OdcTenantChange>().Select(r => (r.Action, r.Name)).Single(r => r.Action != "Skip")));

        lab.Import("-Kind Nonsense").Error.MustBe("OdcInvalidRequest");
        Assert.Contains("The files have nothing of these kinds and stages", lab.Import("-Kind OrganizationRole -Stage QA").Error.MustBe("OdcNotFound").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_offers_kinds_stages_and_the_names_of_the_files()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        Assert.Contains("'Release Crew'", Complete(lab.Shell, $"Import-OdcTenant '{lab.Folder.Path}' -Name Rel"));
        Assert.Empty(Complete(lab.Shell, $"Import-OdcTenant '{lab.Folder.Path}' -Kind Group -Name 'Release C"));
        Assert.Equal(["OrganizationRole"], Complete(lab.Shell, "Import-OdcTenant x -Kind OrganizationR"));
        Assert.Contains("QA", Complete(lab.Shell, "Import-OdcTenant x -Stage Q"));
        Assert.Empty(Complete(lab.Shell, "Import-OdcTenant nowhere -Name R"));

        static IReadOnlyList<string> Complete(Shell shell, string line)
        {
            using var completer = PowerShell.Create(shell.Runspace);
            return [.. CommandCompletion.CompleteInput(line, line.Length, options: null, completer).CompletionMatches.Select(m => m.CompletionText)];
        }
    }

    [Fact]
    public async Task Several_new_users_are_one_request_and_one_that_fails_is_one_row()
    {
        await using var lab = await ImportLab.StartAsync(users: 12);
        var acme = await lab.ExportAsync(lab.Acme, [TenantKinds.User]);
        var unlucky = acme.Content.Documents[3].Name;
        lab.Globex.Identity.BulkFailures[unlucky] = "OS-IDENT-50001";
        var plan = await lab.PlanAsync(lab.Globex, acme);
        lab.Globex.Statistics.Clear();
        var outcomes = await lab.SendAsync(lab.Globex, plan);
        Assert.Equal(["/api/identity/v1/users/bulk"], lab.Globex.Statistics.Requests.Where(r => r.Method == "POST" && r.Path.StartsWith("/api/identity/v1/users", StringComparison.Ordinal) && !r.Path.Contains("-roles", StringComparison.Ordinal)).Select(r => r.Path));
        var failed = Assert.Single(outcomes, o => o.Outcome.Result != StepOutcome.Done);
        Assert.Equal((unlucky, StepOutcome.Failed), (failed.Step.Name, failed.Outcome.Result));
        Assert.Equal(11, lab.Globex.Identity.Users.Count);
        lab.Globex.Identity.BulkFailures.Clear();
        Assert.Equal(unlucky, Assert.Single((await lab.ImportAsync(lab.Globex, acme)).Sent).Name);
        Assert.Empty((await lab.PlanAsync(lab.Globex, acme)).Sent);
    }

    [Fact]
    public async Task New_users_whose_answer_is_lost_are_not_created_twice()
    {
        await using var lab = await ImportLab.StartAsync(users: 6);
        var acme = await lab.ExportAsync(lab.Acme, [TenantKinds.User]);
        var lost = 0;
        lab.Globex.Faults = new FaultPlan(1, 1, Fault.LostAnswer) { Only = (method, path) => method == "POST" && path.EndsWith("/users/bulk", StringComparison.Ordinal) && lost++ == 0 };
        await lab.ImportAsync(lab.Globex, acme);
        Assert.Equal(1, lab.Globex.Faults.Injected);
        Assert.Equal(6, lab.Globex.Identity.Users.Count);
    }

    [Fact]
    public async Task A_description_can_be_cleared()
    {
        await using var lab = await ImportLab.StartAsync();
        var source = await lab.ExportAsync(lab.Acme, [TenantKinds.Group, TenantKinds.IpFilterGroup], "QA");
        var described = source.Content.Documents.Where(d => d.Content.ContainsKey("description")).ToList();
        Assert.Equal(2, described.Select(d => d.Kind).Distinct().Count());
        var cleared = source with { Content = source.Content with { Documents = [.. source.Content.Documents.Select(d => d with { Content = Without(d.Content) })] } };
        var plan = await lab.ImportAsync(lab.Acme, cleared, new ImportOptions(Prunes: true));
        Assert.Equal(described.Count, plan.Sent.Count());
        Assert.All(plan.Sent, s => Assert.Contains("\"description\":\"\"", s.Preview!().Body!.Shown, StringComparison.Ordinal));
        Assert.Empty((await lab.PlanAsync(lab.Acme, cleared, new ImportOptions(Prunes: true))).Sent);

        static JsonObject Without(JsonObject content)
        {
            var other = (JsonObject)content.DeepClone();
            other.Remove("description");
            return other;
        }
    }
}
