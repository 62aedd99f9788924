using System.Text.Json.Nodes;
using OdcPowerShell.Authentication;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A tenant that was exported is built again in another one, and a second import finds nothing to do.</summary>
public sealed class TenantImportTests
{
    private static readonly IReadOnlyList<TenantKind> s_ownKinds = [TenantKinds.Organization, TenantKinds.BuiltInDomains];

    [Fact]
    public async Task An_empty_tenant_becomes_as_the_exported_one_and_the_second_import_sends_nothing()
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        FillVault(lab, acme);
        Assert.Contains(acme.Content.Documents, d => d.Kind == TenantKinds.Group);
        Assert.DoesNotContain((await lab.ExportAsync(lab.Globex)).Content.Documents, d => d.Kind == TenantKinds.Group || d.Kind == TenantKinds.Domain);

        var first = await lab.ImportAsync(lab.Globex, acme);
        var globex = await lab.ExportAsync(lab.Globex);
        // Claim mappings can't be added through the API, and a new certificate may be called Issued.
        ImportLab.Same(ImportLab.Text(acme, s_ownKinds, "claimMappings", "certificate"), ImportLab.Text(globex, s_ownKinds, "claimMappings", "certificate"));
        Assert.All(first.Steps.Where(s => s.IsSkipped), s => Assert.Contains(s.Kind, new[] { TenantKinds.Organization, TenantKinds.BuiltInDomains, TenantKinds.Group }));
        Assert.Contains(first.Steps, s => s.IsSkipped && s.Reason!.Contains("claim mappings", StringComparison.Ordinal));

        lab.Globex.Statistics.Clear();
        Assert.Empty((await lab.ImportAsync(lab.Globex, acme)).Sent);
        Assert.DoesNotContain(lab.Globex.Statistics.Requests, r => r.Method is not "GET" && r.Path.StartsWith("/api/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_steps_are_in_the_order_of_what_they_need()
    {
        await using var lab = await ImportLab.StartAsync();
        var plan = await lab.PlanAsync(lab.Globex, await lab.ExportAsync(lab.Acme));
        var kinds = plan.Sent.Select(s => TenantKinds.All.TakeWhile(k => k != s.Kind).Count()).ToList();
        Assert.Equal(kinds.Order(), kinds);
        var steps = plan.Sent.ToList();
        var standard = steps.FindIndex(s => s.Kind == TenantKinds.DefaultDomain);
        Assert.Contains(steps[standard].Needs, n => n.Kind == TenantKinds.Domain && steps.IndexOf(n) < standard);
    }

    [Fact]
    public async Task Without_pruning_nothing_is_taken_away_and_with_it_all_that_the_files_lack()
    {
        await using var lab = await ImportLab.StartAsync();
        var empty = await lab.ExportAsync(lab.Globex);
        var before = ImportLab.Text(await lab.ExportAsync(lab.Acme), s_ownKinds, "certificate");
        var added = await lab.PlanAsync(lab.Acme, empty);
        Assert.DoesNotContain(added.Sent, s => s.Action == TenantAction.Remove || s.Changes.Any(c => c.To is null));

        FillVault(lab, empty);
        var pruned = await lab.ImportAsync(lab.Acme, empty, ImportLab.Everything with { Prunes = true });
        Assert.Equal("Group", pruned.Sent.Last(s => s.Action == TenantAction.Remove && s.Kind == TenantKinds.Group).Kind.Name);
        Assert.NotEqual(before, ImportLab.Text(await lab.ExportAsync(lab.Acme), s_ownKinds, "certificate"));
        ImportLab.Same(ImportLab.Text(empty, s_ownKinds, "certificate"), ImportLab.Text(await lab.ExportAsync(lab.Acme), s_ownKinds, "certificate"));
        Assert.Empty((await lab.PlanAsync(lab.Acme, empty, ImportLab.Everything with { Prunes = true })).Sent);
    }

    [Fact]
    public async Task Removals_come_last_and_in_the_other_order()
    {
        await using var lab = await ImportLab.StartAsync();
        var plan = await lab.PlanAsync(lab.Acme, await lab.ExportAsync(lab.Globex), ImportLab.Everything with { Prunes = true });
        var removals = plan.Sent.SkipWhile(s => s.Action != TenantAction.Remove).ToList();
        Assert.All(removals, s => Assert.Equal(TenantAction.Remove, s.Action));
        var kinds = removals.Select(s => TenantKinds.All.TakeWhile(k => k != s.Kind).Count()).ToList();
        Assert.Equal(kinds.OrderDescending(), kinds);
        Assert.Equal(new[] { TenantKinds.IpFilterGroup, TenantKinds.Domain, TenantKinds.Group, TenantKinds.OrganizationRole }, removals.Select(s => s.Kind).Distinct());
    }

    [Fact]
    public async Task What_was_not_exported_is_not_removed()
    {
        await using var lab = await ImportLab.StartAsync();
        var some = await lab.ExportAsync(lab.Globex, [TenantKinds.Group], "QA");
        Assert.All((await lab.PlanAsync(lab.Acme, some, new ImportOptions(Prunes: true))).Sent, s => Assert.Equal(("Group", "QA"), (s.Kind.Name, s.Stage)));

        var denied = some with { Content = some.Content with { Unread = [new UnreadPart(TenantKinds.Group, null, null, "the API client lacks a permission")] } };
        Assert.Empty((await lab.PlanAsync(lab.Acme, denied, new ImportOptions(Prunes: true))).Sent);
    }

    [Fact]
    public async Task What_the_client_may_not_read_is_left_alone_and_reported()
    {
        await using var lab = await ImportLab.StartAsync(client: "auditor");
        var source = new ImportSource(new TenantContent([new TenantDocument(TenantKinds.Group, "QA", "Office", new JsonObject { ["name"] = "Office" })], []), [TenantKinds.Group], [], WithUsers: false);
        var step = Assert.Single((await lab.PlanAsync(lab.Acme, source, new ImportOptions(Prunes: true))).Steps);
        Assert.Equal((TenantAction.Skip, true), (step.Action, step.Reason!.Contains("the API client lacks", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_missing_name_is_found_before_anything_is_sent_or_left_out()
    {
        await using var lab = await ImportLab.StartAsync();
        var group = new JsonObject
        {
            ["name"] = "Office",
            ["roles"] = new JsonArray(new JsonObject { ["asset"] = "No Such App", ["role"] = "Clerk" }, new JsonObject { ["asset"] = "Order Desk", ["role"] = "Clerk" }),
        };
        var permission = lab.Globex.Identity.Permissions[0];
        var role = new JsonObject
        {
            ["name"] = "Crew",
            ["permissions"] = new JsonArray(new JsonObject { ["permission"] = $"{permission.Category} > {permission.Name}", ["stages"] = new JsonArray("Mars") }),
        };
        var source = new ImportSource(
            new TenantContent([new TenantDocument(TenantKinds.OrganizationRole, null, "Crew", role), new TenantDocument(TenantKinds.Group, "QA", "Office", group), new TenantDocument(TenantKinds.Group, "Mars", "Office", group)], []),
            [TenantKinds.OrganizationRole, TenantKinds.Group], [], WithUsers: false);
        var plan = await lab.PlanAsync(lab.Globex, source);
        Assert.Contains(plan.Faults, m => m.Path == "permissions[" + permission.Category + " > " + permission.Name + "].stages[Mars]" && m.Message == "the tenant has no stage 'Mars'");
        Assert.Contains(plan.Faults, m => m is { Path: "roles[No Such App/Clerk].asset", Message: "the tenant has no asset 'No Such App'" });
        Assert.Contains(plan.Steps, s => s.IsSkipped && s.Stage == "Mars");

        // A permission without its limits would be wider than the file says.
        var skipping = await lab.ImportAsync(lab.Globex, source, new ImportOptions(SkipsMissing: true));
        Assert.Contains(skipping.Steps, s => s.IsSkipped && s.Reason!.Contains("No Such App", StringComparison.Ordinal));
        Assert.Empty(lab.Globex.Identity.OrganizationRoles.Single(r => r.Name == "Crew").Permissions);
        Assert.Empty((await lab.ImportAsync(lab.Globex, source, new ImportOptions(SkipsMissing: true))).Sent);
    }

    [Fact]
    public async Task Secrets_are_sent_where_they_were_never_set_and_a_missing_one_stops_nothing()
    {
        await using var lab = await ImportLab.StartAsync();
        var all = await lab.ExportAsync(lab.Acme, [TenantKinds.AssetSettings, TenantKinds.SystemConfiguration], "QA");
        FillVault(lab, all);
        var plan = await lab.PlanAsync(lab.Globex, all);
        var secrets = plan.Sent.Where(s => s.SecretNames.Count > 0).ToList();
        Assert.Contains(secrets, s => s.SecretNames.Contains("QA/SMTPPassword"));
        lab.Vault.Remove("QA/SMTPPassword");
        var outcomes = await lab.SendAsync(lab.Globex, plan);
        var missing = Assert.Single(outcomes, o => o.Outcome.Result != StepOutcome.Done).Outcome;
        Assert.Equal(StepOutcome.NotDone, missing.Result);
        Assert.Contains("QA/SMTPPassword", missing.Reason, StringComparison.Ordinal);

        lab.Vault["QA/SMTPPassword"] = new Secret("canary-5d41");
        Assert.Equal("QA/SMTPPassword", Assert.Single(Assert.Single((await lab.ImportAsync(lab.Globex, all)).Sent).SecretNames));
        Assert.Empty((await lab.PlanAsync(lab.Globex, all)).Sent);
        Assert.Equal(secrets.Count, (await lab.PlanAsync(lab.Globex, all, new ImportOptions(IncludesSecrets: true, OverwritesSecrets: true))).Sent.Count());
        Assert.All(plan.Steps, s => Assert.DoesNotContain("canary", s + s.Preview?.Invoke().Body?.Shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_get_their_groups_and_roles_and_are_never_removed()
    {
        await using var lab = await ImportLab.StartAsync(users: 12);
        IReadOnlyList<TenantKind> kinds = [TenantKinds.OrganizationRole, TenantKinds.Group, TenantKinds.User];
        var acme = await lab.ExportAsync(lab.Acme, kinds);
        var documents = acme.Content.Documents.ToList();
        var user = documents.FindIndex(d => d.Kind == TenantKinds.User);
        var roles = new JsonArray(new JsonObject { ["stage"] = "QA", ["asset"] = "Order Desk", ["role"] = lab.Acme.Identity.Roles.First(r => lab.Acme.Identity.AssetNames[r.AssetKey] == "Order Desk").Name });
        var content = (JsonObject)documents[user].Content.DeepClone();
        content["roles"] = roles;
        content["organizationRoles"] = new JsonArray(new JsonObject { ["role"] = "Release Crew", ["until"] = "2030-01-01T00:00:00Z" }, new JsonObject { ["role"] = "Developer", ["asset"] = "Order Desk" });
        documents[user] = documents[user] with { Content = content };
        acme = acme with { Content = acme.Content with { Documents = documents } };

        var plan = await lab.ImportAsync(lab.Globex, acme);
        var created = lab.Globex.Identity.Users.Single(u => u.Email == documents[user].Name);
        Assert.Equal(12, lab.Globex.Identity.Users.Count);
        Assert.Equal(2, created.OrganizationGrants.Count);
        Assert.Contains(created.OrganizationGrants, g => g.EndTime is { Year: 2030 } && g.RoleKey == lab.Globex.Identity.OrganizationRoles.Single(r => r.Name == "Release Crew").Key);
        Assert.All(plan.Sent.Where(s => s.Kind == TenantKinds.Group && s.Action == TenantAction.Change), s => Assert.NotEmpty(s.Needs));
        Assert.All((await lab.ExportAsync(lab.Globex, kinds)).Content.Documents.Where(d => d.Kind == TenantKinds.Group), d => Assert.Equal(
            acme.Content.Find(d.Kind, d.Stage, d.Name)!.Content["users"]?.ToJsonString(), d.Content["users"]?.ToJsonString()));

        var none = acme with { Content = acme.Content with { Documents = [.. documents.Where(d => d.Kind != TenantKinds.User)] } };
        Assert.DoesNotContain((await lab.PlanAsync(lab.Globex, none, new ImportOptions(Prunes: true))).Sent, s => s.Kind == TenantKinds.User);
    }

    [Fact]
    public async Task An_app_moves_from_one_filter_to_another()
    {
        await using var lab = await ImportLab.StartAsync();
        var qa = await lab.ExportAsync(lab.Acme, [TenantKinds.IpFilterGroup], "QA");
        var partners = new JsonObject
        {
            ["name"] = "Partners", ["accessType"] = "Allow", ["rules"] = new JsonArray(new JsonObject { ["name"] = "A", ["ranges"] = new JsonArray("203.0.113.0/24"), ["isActive"] = true }),
            ["assets"] = new JsonArray("HR Self Service"),
        };
        var office = qa.Content.Documents.Single(d => d.Name == "Office");
        var emptied = (JsonObject)office.Content.DeepClone();
        emptied.Remove("assets");
        var source = qa with { Content = qa.Content with { Documents = [office with { Content = emptied }, new TenantDocument(TenantKinds.IpFilterGroup, "QA", "Partners", partners)] } };
        var plan = await lab.ImportAsync(lab.Acme, source);
        Assert.Equal([(TenantAction.Create, "Partners")], plan.Sent.Select(s => (s.Action, s.Name)));
        Assert.All(plan.Sent, s => Assert.True(s.Reach is not null));
        Assert.Empty((await lab.PlanAsync(lab.Acme, source)).Sent);
    }

    [Fact]
    public async Task A_plan_is_refused_when_the_tenant_or_the_files_changed_since()
    {
        await using var lab = await ImportLab.StartAsync();
        var (acme, options) = (await lab.ExportAsync(lab.Acme), new ImportOptions());
        var plan = await lab.PlanAsync(lab.Globex, acme);
        var text = TenantPlanFile.Of(plan, acme, options, lab.Globex.Url).ToText(DateTimeOffset.UnixEpoch);
        var saved = TenantPlanFile.Read(text, "plan.json");
        TenantPlanFile.Of(await lab.PlanAsync(lab.Globex, acme), acme, options, lab.Globex.Url).Require(saved);

        var edited = acme with { Content = acme.Content with { Documents = [.. acme.Content.Documents.Where(d => d.Name != "Release Crew")] } };
        var files = TenantPlanFile.Of(await lab.PlanAsync(lab.Globex, edited), edited, options, lab.Globex.Url);
        Assert.Contains("organization role Release Crew is gone", Assert.Throws<OdcException>(() => files.Require(saved)).Message, StringComparison.Ordinal);

        var crew = acme with { Content = acme.Content with { Documents = [.. acme.Content.Documents.Where(d => d.Name == "Release Crew")] }, Kinds = [TenantKinds.OrganizationRole] };
        await lab.ImportAsync(lab.Globex, crew);
        var changed = TenantPlanFile.Of(await lab.PlanAsync(lab.Globex, acme), acme, options, lab.Globex.Url);
        var refusal = Assert.Throws<OdcException>(() => changed.Require(saved));
        Assert.Equal((OdcErrorCause.Conflict, true), (refusal.Cause, refusal.Message.Contains("organization role Release Crew is new", StringComparison.Ordinal)));
        Assert.Throws<OdcException>(() => TenantPlanFile.Read("{}", "plan.json"));
    }

    internal static void FillVault(ImportLab lab, ImportSource source)
    {
        foreach (var entry in source.Content.Documents.SelectMany(d => d.Content.Select(p => p.Value)).OfType<JsonObject>().SelectMany(settings => settings.Select(s => s.Value)).OfType<JsonObject>())
            lab.Vault[entry["secret"]!.GetValue<string>()] = new Secret("canary-" + entry["secret"]!.GetValue<string>());
    }
}
