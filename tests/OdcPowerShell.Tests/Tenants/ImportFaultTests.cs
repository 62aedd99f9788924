using System.Text.Json.Nodes;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>What is wrong in files only beside the tenant is found with its file and line before anything is sent.</summary>
public sealed class ImportFaultTests
{
    [Fact]
    public async Task Two_files_for_one_object_are_a_fault_also_if_their_names_differ_in_case()
    {
        await using var lab = await ImportLab.StartAsync(users: 4);
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write((await lab.ExportAsync(lab.Acme, TenantKinds.All)).Content);
        List<(string File, string Name)> copies =
        [
            Twin(folder, "stages/QA/groups", "name"), Twin(folder, "stages/QA/settings", "asset"), Twin(folder, "users", "email"), Twin(folder, "organization-roles", "name"),
            Twin(folder, "stages/QA/ip-filter-groups", "name"),
        ];
        // In the empty tenant, both would be created.
        foreach (var tenant in new[] { lab.Acme, lab.Globex })
        {
            var twins = (await lab.PlanAsync(tenant, Read(folder), new ImportOptions(Prunes: true))).Faults.Select(f => f.ToString()).Where(f => f.Contains("is for the same", StringComparison.Ordinal)).ToList();
            Assert.Equal(copies.Count, twins.Count);
            Assert.All(copies, copy => Assert.Contains(twins, f => f.Contains($"{copy.File}:", StringComparison.Ordinal) && f.Contains($"/{copy.Name}.json:", StringComparison.Ordinal)));
            Assert.All(twins, f => Assert.Matches(@"^[^:]*\.json:\d+: [^:]*\.json:\d+ is for the same [a-z IP]+: .*\. Keep one of the files$", f));
        }

        // The same name is one already when the files are read.
        Assert.DoesNotContain((await lab.PlanAsync(lab.Globex, await lab.ExportAsync(lab.Acme))).Faults, f => f.Message.Contains("is for the same", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_folders_for_one_stage_are_one_fault()
    {
        await using var lab = await ImportLab.StartAsync();
        var acme = await lab.ExportAsync(lab.Acme);
        var doubled = ImportSource.Of(acme.Content with { Documents = TenantContent.Sorted([.. acme.Content.Documents, .. acme.Content.Documents.Where(d => d.Stage == "QA").Select(d => d with { Stage = "qa", File = "stages/qa/x.json" })]) });
        var fault = Assert.Single((await lab.PlanAsync(lab.Acme, doubled)).Faults, f => f.Message.Contains("the stage qa is the same as QA", StringComparison.Ordinal));
        Assert.StartsWith("stages/qa/x.json:1: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_tenant_really_has_stays_importable_with_names_that_no_new_object_can_have()
    {
        await using var lab = await ImportLab.StartAsync();
        var key = (await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default)).Single(s => s.Name == "QA").StageKey;
        string[] names = ["Sales", "SALES", " Padded", "two\nlines", "   "];
        var groups = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject { ["key"] = Guid.NewGuid().ToString(), ["name"] = name, ["accessType"] = "ALLOWLIST", ["ipRules"] = new JsonArray(), ["appKeys"] = new JsonArray() })]);
        lab.Acme.Answer($"/api/environment-configurations/v1/environments/{key}/ip-filter-groups", new CannedAnswer(200, "application/json", new JsonObject { ["results"] = groups }.ToJsonString()));
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write((await lab.ExportAsync(lab.Acme, [TenantKinds.IpFilterGroup], "QA")).Content);
        var source = Read(folder);
        Assert.Equal(names.Order(StringComparer.Ordinal), source.Content.Documents.Select(d => d.Name));
        var plan = await lab.PlanAsync(lab.Acme, source, new ImportOptions(Prunes: true));
        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Steps);

        // A third one beside the two is none of them.
        folder.Edit("stages/QA/ip-filter-groups/" + Path.GetFileName(Directory.EnumerateFiles(folder["stages/QA/ip-filter-groups"], "SALES*").Single()), text => text.Replace("\"SALES\"", "\"saleS\"", StringComparison.Ordinal));
        Assert.Contains("is for the same IP filter group", Assert.Single((await lab.PlanAsync(lab.Acme, Read(folder))).Faults).Message, StringComparison.Ordinal);

        lab.Acme.ClearAnswers();
        var faults = (await lab.PlanAsync(lab.Globex, source)).Faults.Select(f => f.ToString()).ToList();
        Assert.Equal(4, faults.Count);
        Assert.Contains(faults, f => f.Contains(".json:4: a name can't begin or end with a space, and the tenant has no IP filter group of this name", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains(".json:4: a name can't have line ends, tabs or other control characters", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains(".json:4: a name can't have only spaces", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2020-01-01", "2021-01-01", "until", "the role expired at 2021-01-01T00:00:00Z")]
    [InlineData("2040-01-02", "2040-01-01", "until", "the role expires at 2040-01-01T00:00:00Z, and begins at 2040-01-02T00:00:00Z")]
    [InlineData("2040-01-01T02:00:00+02:00", "2040-01-01", "until", "the role expires at 2040-01-01T00:00:00Z, and begins at 2040-01-01T00:00:00Z")]
    [InlineData("yesterday", "2040-01-01", "from", "'yesterday' is no date")]
    public async Task A_wrong_period_is_found_before_the_account_is_there(string from, string until, string property, string message)
    {
        await using var lab = await ImportLab.StartAsync();
        var plan = await lab.PlanAsync(lab.Acme, WithRole(from, until));
        var fault = Assert.Single(plan.Faults);
        Assert.Equal($"organizationRoles[Release Crew].{property}", fault.Path);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_alone_is_the_beginning_of_the_day_in_utc()
    {
        await using var lab = await ImportLab.StartAsync();
        await lab.ImportAsync(lab.Acme, WithRole("2039-12-31", "2040-01-01"));
        var grant = Assert.Single(lab.Acme.Identity.Users.Single(u => u.Email == "new@acme.example").OrganizationGrants);
        Assert.Equal((new DateTimeOffset(2039, 12, 31, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero)), (grant.StartTime, grant.EndTime));
        Assert.Empty((await lab.PlanAsync(lab.Acme, WithRole("2039-12-31", "2040-01-01"))).Sent);
    }

    [Theory]
    [InlineData("{\"isBuiltIn\":false,\"domain\":\"none.acme.example\"}", "domain", "QA has no domain 'none.acme.example'")]
    [InlineData("{\"domain\":\"none.acme.example\"}", "domain", "QA has no domain 'none.acme.example'")]
    [InlineData("{\"isBuiltIn\":true,\"domain\":\"qa.acme.example\"}", "domain", "\"isBuiltIn\" is true, so that qa.acme.example would be ignored")]
    [InlineData("{\"isBuiltIn\":false}", "isBuiltIn", "\"isBuiltIn\" is false, and \"domain\" is missing")]
    public async Task A_default_domain_that_can_not_be_one_is_a_fault(string content, string path, string message)
    {
        await using var lab = await ImportLab.StartAsync();
        var document = new TenantDocument(TenantKinds.DefaultDomain, "QA", TenantKinds.DefaultDomain.Noun, (JsonObject)JsonNode.Parse(content)!);
        var plan = await lab.PlanAsync(lab.Acme, Domains(lab, document));
        Assert.Empty(plan.Sent);
        var fault = Assert.Single(plan.Faults);
        Assert.Equal(path, fault.Path);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_domain_can_be_one_that_the_import_adds()
    {
        await using var lab = await ImportLab.StartAsync();
        var stages = await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default);
        var suffix = stages.Single(s => s.Name == "QA").BuiltinDomain!;
        suffix = suffix[suffix.IndexOf('.', StringComparison.Ordinal)..];
        foreach (var (added, hostname) in new[] { (Domain("QA", "new.acme.example"), "new.acme.example"), (Prefix("more"), "more" + suffix) })
        {
            var plan = await lab.PlanAsync(lab.Acme, Domains(lab, added, new TenantDocument(TenantKinds.DefaultDomain, "QA", "default domain", new JsonObject { ["isBuiltIn"] = false, ["domain"] = hostname })));
            Assert.Empty(plan.Faults);
            Assert.Contains(plan.Sent, s => s.Kind == TenantKinds.DefaultDomain);
        }
    }

    [Theory]
    [InlineData("not a host!", "it contains spaces")]
    [InlineData("https://apps.acme.example", "it is a URL")]
    [InlineData("apps", "it has no domain")]
    [InlineData("b\u00fccher.example", "The service has the hostname as xn--bcher-kva.example. Write it like this.")]
    [InlineData("{builtin}", "OutSystems provides the domains that end with")]
    [InlineData("{other}", " is a domain of ")]
    public async Task A_hostname_that_the_stage_can_not_get_is_a_fault(string hostname, string message)
    {
        await using var lab = await ImportLab.StartAsync();
        var stages = await lab.Client(lab.Acme).Names.Stages.GetAsync(new ImportLab.SilentCaller(), default);
        var other = (await lab.ExportAsync(lab.Acme, [TenantKinds.Domain])).Content.Documents[0];
        var stage = stages.First(s => s.Name != other.Stage);
        var typed = hostname.Replace("{builtin}", "x" + stage.BuiltinDomain, StringComparison.Ordinal).Replace("{other}", other.Name.ToUpperInvariant(), StringComparison.Ordinal);
        var plan = await lab.PlanAsync(lab.Acme, Domains(lab, Domain(stage.Name!, typed)));
        Assert.Empty(plan.Sent);
        var fault = Assert.Single(plan.Faults);
        Assert.Equal("hostname", fault.Path);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_hostname_of_two_stages_and_a_wrong_prefix_are_faults()
    {
        await using var lab = await ImportLab.StartAsync();
        var plan = await lab.PlanAsync(lab.Acme, Domains(lab, Domain("QA", "new.acme.example"), Domain("Production", "NEW.acme.example"), Prefix("not_a_prefix")));
        Assert.Equal(["domains[not_a_prefix].prefix", "hostname"], plan.Faults.Select(f => f.Path).Order(StringComparer.Ordinal));
        // Each import would make another one the primary domain.
        var two = Prefix("one");
        two.Content["domains"] = new JsonArray(new JsonObject { ["prefix"] = "one", ["isPrimary"] = true }, new JsonObject { ["prefix"] = "two", ["isPrimary"] = true });
        Assert.Equal("domains[two].isPrimary", Assert.Single((await lab.PlanAsync(lab.Acme, Domains(lab, two))).Faults).Path);
    }

    [Fact]
    public async Task Without_any_file_of_a_kind_nothing_is_removed_unless_tenant_json_says_that_there_is_none()
    {
        await using var lab = await ImportLab.StartAsync();
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write((await lab.ExportAsync(lab.Acme)).Content);
        TenantImportTests.FillVault(lab, Read(folder));
        await lab.ImportAsync(lab.Acme, Read(folder));
        Directory.Delete(folder["stages/QA/groups"], recursive: true);
        var plan = await lab.PlanAsync(lab.Acme, Read(folder), new ImportOptions(Prunes: true));
        var fault = Assert.Single(plan.Faults).ToString();
        Assert.Matches(@"^tenant\.json:1: the folder has no file of the kind Group in QA, and ""empty"" does not say .* Remove-OdcGroup, or add { ""kind"": ""Group"", ""stage"": ""QA"" } to ""empty""$", fault);
        Assert.Contains(plan.Sent.First(s => s.Action == TenantAction.Remove).Name, fault, StringComparison.Ordinal);
        // Without -Prune, and for the other kinds, they don't matter.
        Assert.Empty((await lab.PlanAsync(lab.Acme, Read(folder))).Faults);
        var roles = Read(folder).Only(new ImportPart(["OrganizationRole"], [], []), _ => true);
        Assert.Empty((await lab.PlanAsync(lab.Acme, roles, new ImportOptions(Prunes: true))).Faults);
        // Nor by a name.
        Assert.Single((await lab.PlanAsync(lab.Acme, Read(folder).Only(new ImportPart(["Group"], ["x"], []), _ => true), new ImportOptions(Prunes: true))).Faults);

        folder.Edit("tenant.json", text =>
        {
            var manifest = JsonNode.Parse(text)!.AsObject();
            manifest["empty"] = new JsonArray([.. (manifest["empty"] as JsonArray ?? []).Select(e => e!.DeepClone()), new JsonObject { ["kind"] = "Group", ["stage"] = "QA" }]);
            return manifest.ToJsonString();
        });
        plan = await lab.PlanAsync(lab.Acme, Read(folder), new ImportOptions(Prunes: true));
        Assert.Empty(plan.Faults);
        Assert.All(plan.Sent, s => Assert.Equal((TenantAction.Remove, "Group", "QA"), (s.Action, s.Kind.Name, s.Stage)));
        Assert.NotEmpty(plan.Sent);
    }

    [Fact]
    public async Task An_export_of_an_empty_tenant_is_complete_and_can_empty_another_one()
    {
        await using var lab = await ImportLab.StartAsync();
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write((await lab.ExportAsync(lab.Globex)).Content);
        var source = Read(folder);
        Assert.Contains(new EmptyPart(TenantKinds.Group, "QA"), source.Content.Empty!);
        Assert.DoesNotContain(source.Content.Empty!, e => e.Kind == TenantKinds.User);
        var plan = await lab.PlanAsync(lab.Acme, source, ImportLab.Everything with { Prunes = true });
        Assert.Empty(plan.Faults);
        Assert.Contains(plan.Sent, s => s.Action == TenantAction.Remove && s.Kind == TenantKinds.Group);
        // tenant.json alone.
        foreach (var directory in Directory.EnumerateDirectories(folder.Path))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.EnumerateFiles(folder.Path).Where(f => Path.GetFileName(f) != "tenant.json"))
            File.Delete(file);
        Assert.Contains((await lab.PlanAsync(lab.Acme, Read(folder), new ImportOptions(Prunes: true))).Faults, f => f.Message.StartsWith("the folder has no file of the kind OrganizationRole, and", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_with_a_property_twice_is_no_plan()
    {
        foreach (var text in new[] { "{\"tenant\":\"a\",\"tenant\":\"b\"}", "{\"tenant\":\"a\",\"steps\":[],\"files\":{\"x\":\"1\",\"x\":\"2\"},\"objects\":{},\"prune\":false,\"skipMissing\":false,\"includeSecret\":false,\"overwriteSecret\":false,\"includeTenantSpecific\":false,\"kinds\":[],\"names\":[],\"stages\":[]}" })
            Assert.Contains("is not a plan of Import-OdcTenant", Assert.Throws<OdcException>(() => TenantPlanFile.Read(text, "plan.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_names_in_edited_files_have_their_file_and_line()
    {
        await using var lab = await ImportLab.StartAsync(users: 4);
        using var folder = new TestFolder();
        new TenantFolder(folder.Path).Write((await lab.ExportAsync(lab.Acme, [TenantKinds.Stage, TenantKinds.OrganizationRole, TenantKinds.Group, TenantKinds.User])).Content);
        Add(folder, "organization-roles/Wrong.json", "organization-roles", "", "\"name\": \"Wrong\",\n  \"permissions\": [\n    {\n      \"permission\": \"Stage > Vieww stage\"\n    },\n    {\n      \"permission\": \"Stage > View stage\",\n      \"stages\": [\n        \"Mars\"\n      ]\n    }\n  ]");
        Add(folder, "stages/QA/groups/Wrong.json", "groups", "../../", "\"name\": \"Wrong\",\n  \"roles\": [\n    {\n      \"asset\": \"No App\",\n      \"role\": \"Clerk\"\n    }\n  ],\n  \"users\": [\n    \"nobody@acme.example\"\n  ]");
        Add(folder, "users/wrong.json", "users", "", "\"email\": \"wrong@acme.example\",\n  \"organizationRoles\": [\n    {\n      \"role\": \"No Role\"\n    }\n  ],\n  \"roles\": [\n    {\n      \"stage\": \"QA\",\n      \"asset\": \"Order Desk\",\n      \"role\": \"No Role\"\n    }\n  ]");
        lab.Acme.Statistics.Clear();
        var faults = (await lab.PlanAsync(lab.Acme, Read(folder))).Faults.Select(f => f.ToString()).Order(StringComparer.Ordinal).ToList();
        string[] expected =
        [
            "organization-roles/Wrong.json:11: the tenant has no stage 'Mars'", "organization-roles/Wrong.json:6: the tenant has no permission 'Stage > Vieww stage'. Did you mean 'Stage > View stage'?",
            "stages/QA/groups/Wrong.json:11: the tenant has no user 'nobody@acme.example'", "stages/QA/groups/Wrong.json:6: the tenant has no asset 'No App'",
            "users/wrong.json:13: Order Desk has no end-user role 'No Role' in QA", "users/wrong.json:6: the tenant has no organization role 'No Role'",
        ];
        Assert.Equal(expected.Length, faults.Count);
        Assert.All(expected.Zip(faults), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.DoesNotContain(lab.Acme.Statistics.Requests, r => r.Method != "GET" && r.Path.StartsWith("/api/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_selects_nothing_is_a_warning_with_near_names()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind Group, OrganizationRole");
        Assert.Equal("-Name 'Relese Crew' selects nothing of what is imported. Did you mean 'Release Crew'?", Assert.Single(lab.Import("-Name 'Relese Crew' -WhatIf").ThrowOnError().Warnings));
        Assert.Equal("-Name 'Release Crew' selects nothing of what is imported.", Assert.Single(lab.Import("-Name 'Release Crew' -Kind Group -WhatIf").ThrowOnError().Warnings));
        var plan = lab.Folder["plan.json"];
        var saved = lab.Import($"-Name 'none*', 'Release Crew' -SavePlan '{plan}'").ThrowOnError();
        Assert.Equal("-Name 'none*' selects nothing of what is imported.", Assert.Single(saved.Warnings));
        Assert.Equal("Release Crew", Assert.Single(saved.All<OdcTenantChange>()).Name);
        Assert.Single(lab.Import($"-Plan '{plan}' -WhatIf").ThrowOnError().Warnings, w => w.Contains("'none*'", StringComparison.Ordinal));
        File.Delete(plan);

        // Brackets are a pattern only where no object has the name.
        lab.Folder.Edit("organization-roles/Release Crew.json", text => text.Replace("\"Release Crew\"", "\"Crew [A]\"", StringComparison.Ordinal));
        Assert.Equal("Crew [A]", Assert.Single(lab.Import("-Name 'crew [A]' -WhatIf").ThrowOnError().All<OdcTenantChange>()).Name);
        Assert.Equal("Crew [A]", Assert.Single(lab.Import("-Name 'Crew [[]A]' -WhatIf").ThrowOnError().All<OdcTenantChange>()).Name);
    }

    private static ImportSource Read(TestFolder folder) => ImportSource.Of(new TenantFolderReader(folder.Path).Read());

    // A copy of the first file of a folder, in which the name has another case.
    private static (string File, string Name) Twin(TestFolder folder, string place, string property)
    {
        var name = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(folder[place]).Order(StringComparer.Ordinal).First())!;
        var text = File.ReadAllText(folder[$"{place}/{name}.json"]);
        Assert.Contains($"\"{property}\": \"{name}\"", text, StringComparison.Ordinal);
        File.WriteAllText(folder[$"{place}/other.json"], text.Replace($"\"{property}\": \"{name}\"", $"\"{property}\": \"{name.ToUpperInvariant()}\"", StringComparison.Ordinal));
        return ($"{place}/other.json", name);
    }

    private static void Add(TestFolder folder, string file, string schema, string up, string content) => File.WriteAllText(folder[file], $"{{\n  \"$schema\": \"../{up}.schema/{schema}.schema.json\",\n  {content}\n}}\n");

    private static ImportSource WithRole(string from, string until) => new(
        new TenantContent(
            [new TenantDocument(TenantKinds.User, null, "new@acme.example", new JsonObject { ["email"] = "new@acme.example", ["name"] = "New", ["organizationRoles"] = new JsonArray(new JsonObject { ["role"] = "Release Crew", ["from"] = from, ["until"] = until }) })], []),
        [TenantKinds.User], [], WithUsers: true);

    private static ImportSource Domains(ImportLab lab, params TenantDocument[] documents) => new(
        new TenantContent(TenantContent.Sorted(documents), []) { Tenant = lab.Acme.Url.Authority }, [TenantKinds.BuiltInDomains, TenantKinds.Domain, TenantKinds.DefaultDomain], [], WithUsers: false);

    private static TenantDocument Domain(string stage, string hostname) => new(TenantKinds.Domain, stage, hostname, new JsonObject { ["hostname"] = hostname });

    private static TenantDocument Prefix(string prefix) => new(TenantKinds.BuiltInDomains, "QA", TenantKinds.BuiltInDomains.Noun, new JsonObject { ["domains"] = new JsonArray(new JsonObject { ["prefix"] = prefix }) });
}
