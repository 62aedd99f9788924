using System.Management.Automation;
using OdcPowerShell.Tenants;
using OdcPowerShell.Tenants.Rules;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>A run of rules: which run, what they ask, and what a failure does.</summary>
public sealed class TenantRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("odc-rules-");

    [Fact]
    public async Task All_rules_ask_for_each_list_once()
    {
        await using var lab = await Lab.StartAsync(users: 250);
        var tenant = lab["acme"];
        using var shell = Shell.Connected(tenant);
        shell.Run("$null = New-OdcGroup Clerks -Stage QA").ThrowOnError();
        var unused = tenant.Identity.Groups.Where(g => g.Roles.Count == 0 || tenant.Identity.MembersOf(g).Count == 0).ToList();
        Assert.InRange(unused.Count, 1, tenant.Identity.Groups.Count / 2);
        using var fresh = Shell.Connected(tenant);
        tenant.Statistics.Clear();
        fresh.Run("Test-OdcTenant").ThrowOnError();
        var sent = tenant.Statistics.Requests.Where(r => r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => r.Path).ToList();
        var stages = tenant.Stages.Count;
        var expected = new Dictionary<string, int>
        {
            // 250 users are three pages: once as they are, once with their roles.
            ["/users"] = 2 * 3,
            ["/groups"] = 1,
            // Of the groups that no role of a user shows, a role and, unless claims are mapped to it, a user.
            ["/application-roles"] = unused.Count,
            ["/groups/*/users"] = unused.Count(g => g.ClaimMappings.Count == 0),
            ["/organization-roles"] = 1,
            // Of the one role that has everything.
            ["/organization-roles/*/users"] = 1,
            ["/permissions"] = 1,
            ["/identity-providers"] = 1,
            ["/environments"] = 1,
            ["/deployed-assets"] = 1,
            ["/deployment-operations"] = stages,
            ["/assets"] = 1,
            ["/assets-quality-metrics"] = 1,
            ["/analysis-status"] = 1,
            ["/ip-filter-groups"] = stages,
            ["/domains"] = stages,
            ["/private-gateway"] = stages,
            ["/ip-filter-group"] = 1,
            ["/configurations"] = 1,
            // Limits and usage of the organization and of each stage.
            ["/entitlements"] = 1 + stages,
            ["/usage"] = 1 + stages,
        };
        Assert.Equal(expected.Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal), sent.GroupBy(Kind).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(expected.Values.Sum(), sent.Count);

        static string Kind(string path)
        {
            var parts = path.Split('/');
            return parts[^1] == "users" && parts[^3] is "groups" or "organization-roles" ? $"/{parts[^3]}/*/users" : "/" + parts[^1];
        }
    }

    [Fact]
    public async Task Chosen_rules_ask_only_for_what_they_need()
    {
        await using var lab = await TenantLab.StartAsync(users: 60);
        lab.Run("Test-OdcTenant *Member*, NeverSignedIn").ThrowOnError();
        Assert.Equal(["GET /api/identity/v1/users", "GET /api/subscription/v1/organization/configurations"], lab.Sent.Order(StringComparer.Ordinal));
        lab.Forget();
        lab.Run("Test-OdcTenant StageAhead, StageBehind -Stage Production").ThrowOnError();
        Assert.Equal(["GET /api/portfolios/v2/deployed-assets", "GET /api/portfolios/v2/environments"], lab.Sent.Order(StringComparer.Ordinal));
        lab.Forget();
        lab.Run("Get-OdcTenantRule").ThrowOnError();
        Assert.Empty(lab.Sent);
    }

    [Fact]
    public async Task What_takes_many_requests_runs_only_if_it_is_named()
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        var rows = lab.Run("Test-OdcTenant *").ThrowOnError().All<OdcTenantFinding>();
        var costly = lab.Run("Get-OdcTenantRule | Where-Object RunsAlways -eq $false").All<OdcTenantRule>().Select(r => r.Rule).Order().ToList();
        Assert.Equal(["DebugBuild", "EndlessGrant", "OutdatedProducer", "PendingSetting", "UnusedLibrary"], costly);
        Assert.Equal(costly, rows.Where(r => r.Result == "NotChecked" && r.Message!.Contains("runs only if you specify its whole name: Test-OdcTenant", StringComparison.Ordinal)).Select(r => r.Rule).Order());
        Assert.DoesNotContain(lab.Run("Test-OdcTenant DebugBuild, UnusedLibrary").ThrowOnError().All<OdcTenantFinding>(), r => r.Result == "NotChecked");
        Save("""{ "rules": { "UnusedLibrary": { "enabled": true } } }""");
        Assert.DoesNotContain(Settings(lab, "Test-OdcTenant *Library").ThrowOnError().All<OdcTenantFinding>(), r => r.Result == "NotChecked");
    }

    [Fact]
    public async Task A_stage_that_can_not_be_read_is_named_and_the_others_are_checked()
    {
        await using var lab = await Lab.StartAsync(users: 12);
        var tenant = lab["acme"];
        var client = tenant.Clients["admin"];
        client.SetPermissions(tenant.Stages[1].Key, client.Permissions.Where(p => p != "Configuration management > View configurations"));
        using var shell = Shell.Connected(tenant);
        new RuleLab(tenant, shell).Answer($"/api/environment-configurations/v1/environments/{tenant.Stages[2].Key}/private-gateway", new { serverActive = true, serverHealth = "Unhealthy" });
        var rows = shell.Run("Test-OdcTenant UnhealthyGateway -IncludePassed").ThrowOnError().All<OdcTenantFinding>();
        Assert.Equal([("Failed", "Production"), ("NotChecked", "QA")], rows.Select(r => (r.Result!, r.StageName!)).Order());
        Assert.Contains("Configuration management > View configurations", rows.Single(r => r.Result == "NotChecked").Missing!, StringComparison.Ordinal);
        Assert.Equal("Passed", shell.Run("Test-OdcTenant UnhealthyGateway -Stage Development -IncludePassed").Single<OdcTenantFinding>().Result);
        Assert.Equal("NotChecked", shell.Run("Test-OdcTenant UnhealthyGateway -Stage QA -IncludePassed").Single<OdcTenantFinding>().Result);
    }

    [Fact]
    public async Task A_request_that_fails_is_an_error_at_the_end_and_the_other_rules_run()
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        lab.Tenant.Answer("/api/portfolios/v2/deployed-assets", new CannedAnswer(500, Body: """{ "title": "It broke." }"""));
        var result = lab.Run("Test-OdcTenant StageAhead, StageBehind, NeverSignedIn, StageNotReady -IncludePassed");
        // Both rules need the same list, which was asked for once.
        Assert.Contains("deployed-assets", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        var rows = result.Output.Select(o => (OdcTenantFinding)o.BaseObject).ToList();
        Assert.Equal(["NotChecked", "NotChecked"], rows.Where(r => r.Rule is "StageAhead" or "StageBehind").Select(r => r.Result));
        Assert.All(rows.Where(r => r.Result == "NotChecked"), r => Assert.Contains("deployed-assets", r.Message!, StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Rule == "StageNotReady" && r.Result == "Passed");
        Assert.Contains(rows, r => r.Rule == "NeverSignedIn" && r.Result is "Failed" or "Passed");
    }

    [Fact]
    public async Task The_end_of_the_session_ends_the_command()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Tenant.Clients["admin"].Suspend();
        Assert.Equal("OdcClientSuspended", lab.Shell.Catch("Test-OdcTenant").Id());
    }

    [Theory]
    [InlineData("-ErrorOnFailure", 1)]
    [InlineData("", 0)]
    [InlineData("-ErrorOnFailure -Settings $folder/rules.json", 0)]
    public async Task A_rule_that_failed_is_an_error_for_a_pipeline(string parameters, int errors)
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        new RuleLab(lab.Tenant, lab.Shell).Metric(score: 50, critical: 0);
        Save("""
            // What is accepted.
            { "rules": { "LowScore": { "except": [ { "subject": "order *", "reason": "It is replaced next year." }, ] } } }
            """);
        var result = Settings(lab, "Test-OdcTenant LowScore, CriticalFinding " + parameters);
        Assert.Equal(errors, result.Errors.Count);
        if (errors > 0)
            Assert.Contains("The rule LowScore failed, 1 time: Order Desk", result.Errors[0].MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
        var row = (OdcTenantFinding)Assert.Single(result.Output).BaseObject;
        Assert.Equal(parameters.Contains("Settings", StringComparison.Ordinal) ? ("Excepted", "It is replaced next year.") : ("Failed", null), (row.Result, row.AcceptedBecause));
    }

    [Fact]
    public async Task A_gate_that_could_check_nothing_is_closed()
    {
        await using var lab = await TenantLab.StartAsync(users: 1, client: "endusers");
        var result = lab.Run("Test-OdcTenant StageAhead, CriticalFinding -ErrorOnFailure");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Contains("was not checked completely", e.MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal));
        Assert.Contains("No rule could be checked", Assert.Single(lab.Run("Test-OdcTenant EndlessGran* -ErrorOnFailure").Errors).MustBe("OdcOperationFailed").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_is_closed_if_one_rule_could_not_be_checked()
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        lab.Tenant.Clients["admin"].Permissions = [.. lab.Tenant.Clients["admin"].Permissions.Where(p => p is not ("User management > View members" or "User management > Manage users"))];
        var result = lab.Run("Test-OdcTenant StageNotReady, NeverSignedIn, PendingSettin* -ErrorOnFailure -IncludePassed");
        Assert.Contains(result.Output.Select(o => (OdcTenantFinding)o.BaseObject), r => r is { Rule: "StageNotReady", Result: "Passed" });
        // PendingSetting was not named in full: it was not asked for.
        var error = Assert.Single(result.Errors).MustBe("OdcOperationFailed").ToString();
        Assert.Contains("The rule NeverSignedIn (Medium) was not checked completely", error, StringComparison.Ordinal);
        Assert.Contains("User management > View members", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-OdcTenant Nonsense", "OdcNotFound", "There is no rule 'Nonsense'")]
    [InlineData("Test-OdcTenant InactiveMember, x*", "OdcNotFound", "There is no rule 'x*'")]
    [InlineData("Test-OdcTenant -Settings nowhere.json", "OdcFileNotFound", "The settings file can't be read")]
    [InlineData("Test-OdcTenant -OutFile result.txt", "OdcInvalidRequest", "neither .xml nor .sarif nor .md")]
    [InlineData("Test-OdcTenant -Stage Nowhere", "OdcNotFound", "'Nowhere'")]
    [InlineData("Get-OdcTenantRule Nonsense", "OdcNotFound", "There is no rule 'Nonsense'")]
    public async Task Wrong_input_is_an_error_before_anything_is_read(string line, string id, string message)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        Assert.Contains(message, lab.Run(line).Error.MustBe(id).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("GET /api/identity/v1/users", lab.Sent);
    }

    [Fact]
    public void Rules_are_listed_without_a_connection_and_completed()
    {
        using var shell = new Shell();
        var rules = shell.Run("Get-OdcTenantRule").All<OdcTenantRule>();
        Assert.Equal(TenantRules.All.Select(r => r.Id), rules.Select(r => r.Rule));
        Assert.Equal("InactiveDays=90", rules.Single(r => r.Rule == "InactiveMember").Thresholds!.ToString());
        Assert.All(shell.Run("Get-OdcTenantRule -Category Network").All<OdcTenantRule>(), r => Assert.Equal("Network", r.Category));
        using var powershell = PowerShell.Create(shell.Runspace);
        foreach (var line in (string[])["Test-OdcTenant Inac", "Test-OdcTenant -Rule NeverSignedIn, Inac", "Get-OdcTenantRule Inac"])
            Assert.Equal("InactiveMember", CommandCompletion.CompleteInput(line, line.Length, options: null, powershell).CompletionMatches.Single().CompletionText);
    }

    [Fact]
    public async Task Secrets_without_a_vault_or_a_date_are_not_checked()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run(FakeVault.Install + "; $global:NoVault = $true").ThrowOnError();
        var none = lab.Run("Test-OdcTenant ExpiringSecret").Single<OdcTenantFinding>();
        Assert.Equal("NotChecked", none.Result);
        Assert.Contains("vault", none.Message!, StringComparison.OrdinalIgnoreCase);
        lab.Run("$global:NoVault = $false").ThrowOnError();
        lab.Shell.Set("credential", Shell.Credential(lab.Tenant.Clients["admin"]));
        lab.Run("Register-OdcCredential odc $tenant -Credential $credential; Register-OdcCredential other other.example -Credential $credential -ExpiresOn 2020-01-01").ThrowOnError();
        var undated = lab.Run("Test-OdcTenant ExpiringSecret").Single<OdcTenantFinding>();
        Assert.Equal(("NotChecked", "odc"), (undated.Result, undated.Subject));
        Assert.Contains("was not recorded", undated.Message!, StringComparison.Ordinal);
        lab.Run("Get-OdcConnection | Disconnect-Odc; Connect-Odc $tenant -Credential $credential -SecretExpiresOn (Get-Date).AddDays(3) -Name dated -WarningAction Ignore; $global:Secrets.Clear(); $global:Metadata.Clear()").ThrowOnError();
        var own = lab.Run("Test-OdcTenant ExpiringSecret").Single<OdcTenantFinding>();
        Assert.Equal(("Failed", "dated"), (own.Result, own.Subject));
        Assert.DoesNotContain(lab.Tenant.Clients["admin"].Secret, own.Fix!, StringComparison.Ordinal);
    }

    /// <summary>Lists that the service leaves empty or does not complete say nothing, and pass nothing.</summary>
    [Theory]
    [InlineData("LowScore", "/api/code-quality/v1/assets-quality-metrics", """{ "results": [], "page": {} }""", "No asset was analysed")]
    [InlineData("CriticalFinding", "/api/code-quality/v1/assets-quality-metrics", """{ "results": [{ "assetName": "Fleet" }], "page": {} }""", "no number of critical findings for Fleet")]
    [InlineData("StaleAnalysis", "/api/code-quality/v1/analysis-status", """{ "result": null }""", "does not report the state")]
    [InlineData("InactiveMember", "/api/identity/v1/users", """{ "results": [], "page": {} }""", "lists no member")]
    [InlineData("DirectRole", "/api/identity/v1/users", """{ "results": [{ "email": "a@b.c", "access": { "hasApplicationRoles": true } }], "page": {} }""", "end-user roles of a@b.c")]
    [InlineData("EverythingRole", "/api/identity/v1/permissions", """{ "results": [], "page": {} }""", "can't be compared")]
    [InlineData("ManyAdministrators", "/api/identity/v1/organization-roles", """{ "results": [{ "name": "Root" }], "page": {} }""", "permissions of Root")]
    [InlineData("EntitlementNearLimit", "/api/subscription/v1/organization/entitlements/usage", """{ "results": [] }""", "no usage of the entitlements of the organization")]
    [InlineData("OpenPortal", "/api/organization/v1/ip-filter-group", """{ "name": "Platform" }""", "default action")]
    [InlineData("UnusedApp", "/api/asset-repository/v1/assets", """{ "results": [{ "assetKey": "x", "name": "New", "assetType": "Agent" }], "page": {} }""", "how old it is")]
    [InlineData("StageNotReady", "/api/portfolios/v2/environments", """{ "results": [{ "key": "x", "name": "Own", "hosting": "selfhosted" }] }""", "status of Own")]
    public async Task What_the_service_does_not_report_is_not_checked(string rule, string path, string body, string message)
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        lab.Tenant.Answer(path, new CannedAnswer(200, Body: body));
        var rows = lab.Run($"Test-OdcTenant {rule} -IncludePassed").ThrowOnError().All<OdcTenantFinding>();
        Assert.DoesNotContain(rows, r => r.Result == "Passed");
        Assert.Contains(rows, r => r.Result == "NotChecked" && r.Message!.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var isHeld = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, "/api/identity/");
        await Stopping.EndsAsync(lab.Shell, "Test-OdcTenant", _ => isHeld());
    }

    [Fact]
    public async Task A_summary_is_verbose()
    {
        await using var lab = await TenantLab.StartAsync(users: 12);
        Assert.Contains(lab.Run("$null = Test-OdcTenant WeakIdentityProvider, StageAhead -Verbose").Verbose, v => v.StartsWith("2 rules: ", StringComparison.Ordinal) && v.EndsWith(" lists were read.", StringComparison.Ordinal));
        Assert.Contains("Reading the tenant", lab.Shell.Host.Text, StringComparison.Ordinal);
    }

    private void Save(string json) => File.WriteAllText(Path.Combine(_folder.FullName, "rules.json"), json);

    private Result Settings(TenantLab lab, string line)
    {
        lab.Shell.Set("folder", _folder.FullName);
        return lab.Run(line.Contains("-Settings", StringComparison.Ordinal) || !line.Contains("Library", StringComparison.Ordinal) ? line : line + " -Settings $folder/rules.json");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
