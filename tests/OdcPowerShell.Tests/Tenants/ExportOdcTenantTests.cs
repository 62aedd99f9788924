using System.Globalization;
using NJsonSchema;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A tenant as files.</summary>
public sealed class ExportOdcTenantTests
{
    [Fact]
    public async Task Every_object_has_its_file_with_names_and_without_keys()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        Export(lab, folder);
        var read = new TenantFolderReader(folder.Path).Read();
        Assert.Empty(read.Unread);
        Assert.Equal(lab.Identity.Groups.Count, read.Documents.Count(d => d.Kind == TenantKinds.Group));
        Assert.Equal(lab.Identity.OrganizationRoles.Count, read.Documents.Count(d => d.Kind == TenantKinds.OrganizationRole));
        Assert.Equal(lab.Tenant.Stages.Count, read.Documents.Count(d => d.Kind == TenantKinds.Stage));
        Assert.Equal(TenantKinds.All.Where(k => k != TenantKinds.User), read.Documents.Select(d => d.Kind).Distinct());
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*.json", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotMatch("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", text);
            Assert.DoesNotContain(lab.Tenant.Users, u => text.Contains(u.Email, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
        }

        var group = lab.Identity.Groups[0];
        var document = Assert.Single(read.Documents, d => d.Kind == TenantKinds.Group && d.Name == group.Name && d.Stage == lab.Tenant.Stages.Single(s => s.Key == group.StageKey).Name);
        Assert.Equal(group.Roles.Count, document.Content["roles"]?.AsArray().Count ?? 0);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public async Task Two_exports_of_an_unchanged_tenant_are_the_same_bytes(string culture)
    {
        await using var lab = await TenantLab.StartAsync();
        using var one = new TestFolder();
        using var other = new TestFolder();
        Export(lab, one, "-IncludeUser");
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Export(lab, other, "-IncludeUser");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(one.Files, other.Files);
        Assert.Contains("0 files were written", string.Join('\n', Export(lab, one, "-IncludeUser -Verbose").Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_is_valid_by_the_schema_that_it_names()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        Export(lab, folder, "-IncludeUser");
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*.json", SearchOption.AllDirectories).Where(f => !f.Contains(".schema", StringComparison.Ordinal)))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, TenantFolder.SchemaOf(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))!));
            if (!schemas.TryGetValue(path, out var schema))
                schemas[path] = schema = await JsonSchema.FromFileAsync(path, TestContext.Current.CancellationToken);
            Assert.True(schema.Validate(text).Count == 0, $"{file}: {string.Join("; ", schema.Validate(text))}");
            // The schema is strict, or it would find nothing.
            Assert.NotEmpty(schema.Validate(text.Insert(1, "\"unknown\": 1,")));
        }

        Assert.Equal(TenantSchemas.All.Count(), schemas.Count);
    }

    [Fact]
    public async Task No_secret_and_no_token_is_in_a_file()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("secret", Shell.Secure("canary-7c1e"));
        lab.Run("Set-OdcAssetSetting 'Order Desk' QA PaymentApiKey $secret; Set-OdcStageSystemConfiguration QA SMTPPassword $secret -Confirm:$false").ThrowOnError();
        var token = lab.Run("Get-OdcAccessToken -AsPlainText").Single<string>();
        Export(lab, folder, "-IncludeUser");
        string[] hidden = ["canary-7c1e", token, lab.Tenant.Clients["admin"].Secret, lab.Identity.ProviderSecret, .. lab.Tenant.Stages.Select(s => lab.Tenant.GatewayToken(s.Key)).Where(t => t.Length > 0), "X-Amz-", "Signature="];
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(hidden, secret => text.Contains(secret, StringComparison.Ordinal));
        }

        Assert.Contains("\"secret\": \"QA/Order Desk/PaymentApiKey\"", await File.ReadAllTextAsync(folder["stages/QA/settings/Order Desk.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Without each of the permissions, all else is exported, and what is missing is known.</summary>
    public static TheoryData<string> Permissions =>
    [
        "Stage > View stage", "Asset management > Open", "User management > View end users", "User management > View members", "User management > Manage users", "User management > Manage end-user groups",
        "User management > Manage end-user access", "User management > Manage organization roles", "Configuration management > View configurations", "Configuration management > Edit configurations",
        "Configuration management > Edit asset configurations", "Configuration management > Manage domains", "Configuration management > Manage IP filters", "Configuration management > Manage private gateways",
        "Configuration management > Manage Email SMTP configuration", "Portfolio management > Manage stages", "Portfolio management > Manage portfolio", "Organization management > Manage Organization",
        "Subscriptions > Manage subscription", "Subscriptions > View subscription",
    ];

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task What_a_client_may_not_read_is_marked_and_not_compared(string permission)
    {
        await using var lab = await TenantLab.StartAsync(users: 20);
        using var all = new TestFolder();
        using var some = new TestFolder();
        Export(lab, all, "-IncludeUser");
        lab.Tenant.Clients["auditor"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions.Where(p => p != permission)];
        using var auditor = Shell.Connected(lab.Tenant, "auditor");
        auditor.Set("folder", some.Path);
        auditor.Set("all", all.Path);
        Assert.Equal(lab.Tenant.Clients["admin"].Permissions.Count - 1, lab.Tenant.Clients["auditor"].Permissions.Count);
        var result = auditor.Run("Export-OdcTenant $folder -IncludeUser").ThrowOnError();
        var (full, read) = (new TenantFolderReader(all.Path).Read(), new TenantFolderReader(some.Path).Read());
        Assert.Equal(read.Unread.Count, result.Warnings.Count);
        Assert.Equal(full.Documents.Count > read.Documents.Count, read.Unread.Count > 0);
        Assert.All(full.Documents.Where(d => read.Find(d.Kind, d.Stage, d.Name) is null), missing => Assert.True(read.IsUnread(missing.Kind, missing.Stage, missing.Name), $"{missing} is missing"));
        Assert.Empty(auditor.Run("Compare-OdcTenant $all").ThrowOnError().Output);
        Assert.Empty(auditor.Run("Compare-OdcTenant $all $folder").ThrowOnError().Output);
    }

    [Fact]
    public async Task An_interrupted_export_continues_with_what_is_missing()
    {
        await using var lab = await TenantLab.StartAsync();
        using var whole = new TestFolder();
        using var folder = new TestFolder();
        lab.Forget();
        Export(lab, whole);
        var usual = lab.Sent.Count;
        lab.Forget();
        lab.Shell.Set("folder", folder.Path);
        // The roles of one group never come; all else does.
        var held = $"/api/identity/v1/groups/{lab.Identity.Groups[^1].Key}";
        var isHeld = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, held);
        var parts = new TenantFolderReader(whole.Path).Read().Documents.Where(d => d.Kind == TenantKinds.Group || d.Kind == TenantKinds.AssetSettings).ToLookup(d => d.Kind);
        await Stopping.EndsAsync(lab.Shell, "Export-OdcTenant $folder", _ => isHeld() && Kept(folder, "Group") == parts[TenantKinds.Group].Count() - 1 && Kept(folder, "AssetSettings") == parts[TenantKinds.AssetSettings].Count());
        lab.Tenant.Faults = null;
        Assert.False(File.Exists(folder["tenant.json"]));
        // The emulator notes a request whose caller left when it sees that.
        await Stopping.UntilAsync(() => lab.Sent.Any(s => s.Contains(held, StringComparison.Ordinal)));
        lab.Forget();
        lab.Run("Export-OdcTenant $folder -Resume").ThrowOnError();
        Assert.Equal(whole.Files, folder.Files);
        // The group, and the lists of names.
        Assert.Equal([$"GET {held}/application-roles"], lab.Sent.Where(s => s.Contains("/groups/", StringComparison.Ordinal)));
        Assert.DoesNotContain(lab.Sent, s => s.Contains("/asset-configurations/", StringComparison.Ordinal));
        Assert.InRange(lab.Sent.Count, 1, 12);
        Assert.InRange(lab.Sent.Count, 1, usual / 4);

        static int Kept(TestFolder folder, string kind)
        {
            using var journal = new StreamReader(new FileStream(folder[ExportJournal.File], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return journal.ReadToEnd().Split('\n').Count(line => line.StartsWith($"{{\"kind\":\"{kind}\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_export_that_failed_continues_only_where_it_was()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        lab.Shell.Set("folder", folder.Path);
        lab.Tenant.Answer("/api/organization/v1/organization", new CannedAnswer(500, Body: "{}"));
        var failed = lab.Run("Export-OdcTenant $folder -Kind Group, Organization");
        Assert.Contains("-Resume", failed.Exception.RecommendedAction, StringComparison.Ordinal);
        lab.Tenant.ClearAnswers();
        Assert.Contains("another part of the tenant", lab.Run("Export-OdcTenant $folder -Kind Group -Resume").Exception.Message, StringComparison.Ordinal);
        var journal = await File.ReadAllTextAsync(folder[ExportJournal.File], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder[ExportJournal.File], journal.Replace(lab.Tenant.Url.Authority, "globex.outsystems.dev", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("of the tenant globex", lab.Run("Export-OdcTenant $folder -Kind Group, Organization -Resume").Exception.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder[ExportJournal.File], journal.Replace("\"startedAt\":\"20", "\"startedAt\":\"19", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("more than an hour ago", lab.Run("Export-OdcTenant $folder -Kind Group, Organization -Resume").Exception.Message, StringComparison.Ordinal);
        // A line that was cut off.
        await File.WriteAllTextAsync(folder[ExportJournal.File], journal[..^30], TestContext.Current.CancellationToken);
        lab.Run("Export-OdcTenant $folder -Kind Group, Organization -Resume").ThrowOnError();
        using var whole = new TestFolder();
        Export(lab, whole, "-Kind Group, Organization");
        Assert.Equal(whole.Files, folder.Files);
    }

    [Fact]
    public async Task Faults_on_the_way_change_nothing()
    {
        await using var lab = await TenantLab.StartAsync();
        using var whole = new TestFolder();
        using var folder = new TestFolder();
        Export(lab, whole);
        lab.Tenant.Faults = new FaultPlan(seed: 7, share: 0.2, Fault.Html503, Fault.ResetBeforeHeaders, Fault.TruncatedJson);
        for (var attempt = 0; attempt < 20 && !File.Exists(folder["tenant.json"]); attempt++)
            Run(lab, folder, attempt == 0 ? "" : "-Resume");
        Assert.True(lab.Tenant.Faults.Injected > 0);
        Assert.Equal(whole.Files, folder.Files);
    }

    /// <summary>Pages of 100; a request for the roles of each group; one for the settings of each asset in each stage, because the API has no list of them.</summary>
    [Fact]
    public async Task A_large_tenant_takes_the_fewest_requests()
    {
        await using var emulator = await Lab.StartAsync(users: 1000, assets: 200);
        var tenant = emulator["acme"];
        using var shell = Shell.Connected(tenant);
        shell.Run($"1..{100 - tenant.Identity.Groups.Count} | ForEach-Object {{ New-OdcGroup \"Team $_\" -Stage QA }}").ThrowOnError();
        using var folder = new TestFolder();
        shell.Set("folder", folder.Path);
        tenant.Statistics.Clear();
        shell.Run("Export-OdcTenant $folder").ThrowOnError();
        var sent = tenant.Statistics.Requests.Count(r => r.Path.StartsWith("/api/", StringComparison.Ordinal));

        var stages = tenant.Stages.Count;
        var places = tenant.Delivery.Assets.Where(a => !a.Type.EndsWith("Library", StringComparison.Ordinal)).Sum(a => tenant.Stages.Count(s => tenant.Delivery.DeployedRevision(a.Key, s.Key) is not null));
        Assert.InRange(places, 300, 900);
        var fewest = 3 // The organization, the subscription, the IP filter of the platform.
            + 1 + 1 // Portfolios, stages.
            + Pages(tenant.Identity.OrganizationRoles.Count) + Pages(tenant.Identity.Permissions.Count)
            + Pages(100) + 100 + 1 // Groups, the roles of each, identity providers.
            + (stages * 6) + 1 // System configuration, domains, default domain, built-in domains, IP filters and gateway of each stage; built-in domains of the organization.
            + Pages(tenant.Delivery.Assets.Count) // Names of assets.
            + Pages(tenant.Delivery.Assets.Count(a => tenant.Stages.Any(s => tenant.Delivery.DeployedRevision(a.Key, s.Key) is not null)))
            + places;
        TestContext.Current.SendDiagnosticMessage($"{sent} requests, {fewest} at least");
        Assert.InRange(sent, 1, (int)(fewest * 1.2));

        tenant.Statistics.Clear();
        shell.Run("Export-OdcTenant $folder -Kind User, Group -IncludeUser -Force").ThrowOnError();
        var withUsers = tenant.Statistics.Requests.Count(r => r.Path.StartsWith("/api/", StringComparison.Ordinal));
        var read = new TenantFolderReader(folder.Path).Read();
        var members = tenant.Statistics.Requests.Count(r => r.Path.EndsWith("/organization-roles", StringComparison.Ordinal) && r.Path.Contains("/users/", StringComparison.Ordinal));
        Assert.True(members <= tenant.Users.Count / 2, $"{members} members");
        // The names of assets, stages and identity providers; groups with their roles and users; users with their roles.
        Assert.InRange(withUsers, 1, (int)((Pages(tenant.Delivery.Assets.Count) + 2 + Pages(100) + 200 + Pages(tenant.Users.Count) + members) * 1.2));
        Assert.Equal(tenant.Users.Count, read.Documents.Count(d => d.Kind == TenantKinds.User));

        static int Pages(int count) => (count + 99) / 100;
    }

    [Fact]
    public async Task What_if_requests_and_writes_nothing()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        Export(lab, folder, "-WhatIf");
        Assert.Empty(lab.Sent);
        Assert.False(Directory.Exists(folder.Path));
        Assert.Contains("There is no kind 'Grup'", Run(lab, folder, "-Kind Grup").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-IncludeUser", Run(lab, folder, "-Kind User").Exception.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(TenantKinds.All.Select(k => k.Name), KnownLists.TenantKinds.Split(',').Select(k => k.Trim()));
    }

    [Fact]
    public async Task Users_have_their_direct_roles_and_their_organization_roles_with_limits()
    {
        await using var lab = await TenantLab.StartAsync();
        using var folder = new TestFolder();
        Export(lab, folder, "-Kind User -IncludeUser");
        var read = new TenantFolderReader(folder.Path).Read();
        Assert.Equal(lab.Tenant.Users.Count, read.Documents.Count);
        foreach (var document in read.Documents)
        {
            var direct = lab.Run($"Get-OdcEndUserRole -User '{document.Name}' -AssignmentSource Direct").All<OdcPowerShell.Identity.OdcUserEndUserRole>().Select(r => $"{r.StageName}/{r.AssetName}/{r.Name}");
            Assert.Equal(direct.Order(StringComparer.Ordinal), (document.Content["roles"]?.AsArray() ?? []).Select(r => $"{r!["stage"]}/{r["asset"]}/{r["role"]}").Order(StringComparer.Ordinal));
            var roles = lab.Run($"Get-OdcOrganizationRole -User '{document.Name}'").All<OdcPowerShell.Identity.OdcUserOrganizationRole>();
            Assert.Equal(roles.Select(r => r.Name).Order(StringComparer.Ordinal), (document.Content["organizationRoles"]?.AsArray() ?? []).Select(r => r!["role"]!.ToString()).Order(StringComparer.Ordinal));
        }
    }

    private static Result Export(TenantLab lab, TestFolder folder, string parameters = "") => Run(lab, folder, parameters).ThrowOnError();

    private static Result Run(TenantLab lab, TestFolder folder, string parameters)
    {
        lab.Shell.Set("folder", folder.Path);
        return lab.Run("Export-OdcTenant $folder " + parameters);
    }
}
