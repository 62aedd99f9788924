using System.Globalization;
using System.Text.Json.Nodes;
using OdcPowerShell.Http;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>Import-OdcTenant from the prompt: the plan, the questions, the rows and the errors.</summary>
public sealed class ImportOdcTenantTests
{
    private const string Groups = "-Kind Group, OrganizationRole";

    [Fact]
    public async Task WhatIf_shows_the_plan_in_its_order_and_sends_nothing()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        lab.Globex.Statistics.Clear();
        var rows = lab.Import("-WhatIf").ThrowOnError().All<OdcTenantChange>();
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => r.Order));
        Assert.All(rows.Where(r => r.Action != "Skip"), r => Assert.Equal("WhatIf", r.Result));
        Assert.Equal(("Create", "OrganizationRole", "Release Crew"), rows.Select(r => (r.Action, r.Kind, r.Name)).First(r => r.Action != "Skip"));
        Assert.Contains("adds permissions[", rows.Single(r => r.Name == "Release Crew").Details, StringComparison.Ordinal);
        // The rows are the preview: beside them there is one line, and no address or key.
        Assert.Equal(1, lab.Text.Split("What if:").Length - 1);
        Assert.DoesNotContain("/api/", lab.Text, StringComparison.Ordinal);
        Assert.Contains(lab.Import("-WhatIf -Verbose").ThrowOnError().Verbose, v => v.Contains("/api/identity/v1/groups {\"name\"", StringComparison.Ordinal));
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task A_second_import_sends_nothing()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        var rows = lab.Import("-Confirm:$false").ThrowOnError().All<OdcTenantChange>();
        Assert.All(rows, r => Assert.Equal(r.Action == "Skip" ? "NotDone" : "Done", r.Result));
        Assert.Equal(lab.Acme.Identity.Groups.Count, lab.Globex.Identity.Groups.Count);
        lab.Globex.Statistics.Clear();
        Assert.DoesNotContain(lab.Import("").ThrowOnError().All<OdcTenantChange>(), r => r.Action != "Skip");
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Prune_asks_with_the_names_and_No_sends_nothing()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        lab.Import("-Confirm:$false").ThrowOnError();
        var gone = Directory.EnumerateFiles(lab.Folder["stages/QA/groups"]).Order(StringComparer.Ordinal).First();
        File.Delete(gone);
        lab.Globex.Statistics.Clear();
        Assert.DoesNotContain(lab.Import("").ThrowOnError().All<OdcTenantChange>(), r => r.Action == "Remove");

        lab.Host.Choice = 2;
        Assert.Empty(lab.Import("-Prune").ThrowOnError().Output);
        Assert.Contains($"It removes 1: group {Path.GetFileNameWithoutExtension(gone)} in QA.", lab.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);

        lab.Host.Choice = 0;
        Assert.Equal("Done", Assert.Single(lab.Import("-Prune").ThrowOnError().All<OdcTenantChange>(), r => r.Action == "Remove").Result);
        Assert.Equal(lab.Acme.Identity.Groups.Count - 1, lab.Globex.Identity.Groups.Count);
    }

    [Fact]
    public async Task A_saved_plan_is_done_unless_something_changed_since()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        var plan = lab.Folder.Path + "-plan.json";
        try
        {
            lab.Globex.Statistics.Clear();
            Assert.All(lab.Import($"-SavePlan '{plan}'").ThrowOnError().All<OdcTenantChange>().Where(r => r.Action != "Skip"), r => Assert.Equal("Planned", r.Result));
            Assert.Empty(lab.Changes);
            Assert.Contains("create organization role Release Crew", await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            lab.Import($"-Plan '{plan}' -Prune").Error.MustBe("OdcInvalidRequest");

            lab.Shell.Run("$null = New-OdcOrganizationRole 'Release Crew' 'View members'").ThrowOnError();
            lab.Globex.Statistics.Clear();
            Assert.Contains("organization role Release Crew is new", lab.Import($"-Plan '{plan}'").Error.MustBe("OdcConflict").ToString(), StringComparison.Ordinal);
            Assert.Empty(lab.Changes);
            lab.Shell.Run("Remove-OdcOrganizationRole 'Release Crew' -Confirm:$false").ThrowOnError();
            Assert.Contains(lab.Import($"-Plan '{plan}'").ThrowOnError().All<OdcTenantChange>(), r => r is { Name: "Release Crew", Result: "Done" });
            lab.Import($"-Plan '{lab.Folder["tenant.json"]}'").Error.MustBe("OdcInvalidRequest");
        }
        finally
        {
            File.Delete(plan);
        }
    }

    [Fact]
    public async Task Missing_names_have_their_file_and_line_and_can_be_left_out()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        var file = "stages/QA/groups/" + Path.GetFileName(Directory.EnumerateFiles(lab.Folder["stages/QA/groups"]).Order(StringComparer.Ordinal).First());
        lab.Folder.Edit(file, text => text.Replace("\"role\": \"", "\"role\": \"No", StringComparison.Ordinal));
        lab.Globex.Statistics.Clear();
        var error = lab.Import("").Error.MustBe("OdcNotFound").ToString();
        Assert.Matches(file.Replace("/", "\\/", StringComparison.Ordinal) + ":\\d+: .* has no end-user role 'No.*' in QA\\. Did you mean '", error);
        Assert.Empty(lab.Changes);
        var rows = lab.Import("-SkipMissing").ThrowOnError().All<OdcTenantChange>();
        Assert.Contains(rows, r => r.Action == "Skip" && r.Reason!.Contains("has no end-user role", StringComparison.Ordinal));
        Assert.Equal(lab.Acme.Identity.Groups.Count, lab.Globex.Identity.Groups.Count);
    }

    [Fact]
    public async Task A_filter_that_locks_this_machine_out_is_warned_of_and_asked_for()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind IpFilterGroup -Stage QA");
        lab.Host.Choice = 2;
        lab.Globex.Statistics.Clear();
        var refused = lab.Import("-MyAddress 192.0.2.200").ThrowOnError();
        Assert.Empty(refused.Output);
        Assert.Contains(refused.Warnings, w => w.Contains("192.0.2.200 will be locked out", StringComparison.Ordinal));
        Assert.Contains("IP filter group Office in QA: only 2001:db8:10::/48, 203.0.113.0/24, 198.51.100.7 can reach its apps.", lab.Text, StringComparison.Ordinal);
        Assert.Empty(lab.Changes);
        Assert.Equal("Done", Assert.Single(lab.Import("-MyAddress 203.0.113.9 -Confirm:$false").ThrowOnError().All<OdcTenantChange>(), r => r.Name == "Office").Result);
    }

    [Fact]
    public async Task Secrets_come_from_the_vault_and_are_shown_nowhere()
    {
        const string canary = "canary-7f3e-secret";
        await using var lab = await ImportShells.StartAsync();
        lab.Export("-Kind AssetSettings, SystemConfiguration -Stage QA");
        lab.Shell.Run(FakeVault.Install).ThrowOnError();
        lab.Shell.Set("canary", canary);
        lab.Shell.Run("$global:Secrets['QA/SMTPPassword'] = ConvertTo-SecureString $canary -AsPlainText -Force").ThrowOnError();
        var unset = lab.Import("").ThrowOnError();
        Assert.Matches("^\\d+ secrets of the files were never set in the tenant, and are left out\\. -IncludeSecret", Assert.Single(unset.Warnings, w => w.Contains("secret", StringComparison.Ordinal)));
        Assert.DoesNotContain(unset.All<OdcTenantChange>(), r => r.Details!.Contains("the secret", StringComparison.Ordinal));
        var result = lab.Import("-IncludeSecret -Verbose");
        var rows = result.Output.Select(o => (OdcTenantChange)o.BaseObject).ToList();
        Assert.Equal("Done", Assert.Single(rows, r => r.Kind == "SystemConfiguration").Result);
        var missing = rows.Where(r => r.Kind == "AssetSettings" && r.Result == "NotDone").ToList();
        Assert.NotEmpty(missing);
        Assert.All(missing, r => Assert.Contains("QA/", r.Reason, StringComparison.Ordinal));
        Assert.Equal(["OdcSecretNotFound", "OdcOperationFailed"], result.Errors.Select(e => e.Id()));
        Assert.Matches("^The default vault lacks \\d+ secrets \\(QA/", result.Errors[0].ToString());
        Assert.Contains("Set-Secret 'QA/", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.All(result.Errors.Select(e => e.ToString()).Concat(result.Verbose).Concat(result.Warnings).Append(lab.Text), text => Assert.DoesNotContain(canary, text, StringComparison.Ordinal));

        lab.Shell.Run("$global:Locked = $true").ThrowOnError();
        var locked = lab.Import("-IncludeSecret");
        Assert.All(locked.Output.Select(o => (OdcTenantChange)o.BaseObject), r => Assert.Contains("locked", r.Reason, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["OdcVaultLocked", "OdcOperationFailed"], locked.Errors.Select(e => e.Id()));
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task The_culture_changes_nothing(string culture)
    {
        await using var lab = await ImportShells.StartAsync();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            lab.Export("-ExcludeKind AssetSettings, SystemConfiguration, BuiltInDomains, Organization, Group");
            Assert.DoesNotContain(lab.Import("-Confirm:$false").ThrowOnError().All<OdcTenantChange>(), r => r.Action != "Skip" && r.Result != "Done");
            Assert.DoesNotContain(lab.Import("-Confirm:$false").ThrowOnError().All<OdcTenantChange>(), r => r.Action != "Skip");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task What_fails_does_not_stop_the_rest_and_the_next_import_does_it()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        lab.Globex.Faults = new FaultPlan(1, 0.3, Fault.Error500) { Only = (method, _) => method == "POST" };
        var result = lab.Import("-Confirm:$false");
        lab.Globex.Faults = null;
        var rows = result.Output.Select(o => (OdcTenantChange)o.BaseObject).ToList();
        Assert.Contains(rows, r => r.Result == "Failed");
        Assert.Contains(rows, r => r.Result == "Done");
        Assert.Contains($"Import-OdcTenant '{lab.Folder.Path}'", result.Errors[^1].MustBe("OdcOperationFailed").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(rows.Count(r => r.Result == "Failed"), lab.Import("-Confirm:$false").ThrowOnError().All<OdcTenantChange>().Count(r => r.Result == "Done"));
        Assert.Equal(lab.Acme.Identity.Groups.Count, lab.Globex.Identity.Groups.Count);
    }

    [Fact]
    public async Task Files_with_faults_and_folders_without_an_export_are_rejected_before_anything_is_read()
    {
        await using var lab = await ImportShells.StartAsync();
        lab.Export(Groups);
        lab.Folder.Edit("organization-roles/Release Crew.json", text => text.Replace("\"permissions\"", "\"permission\"", StringComparison.Ordinal));
        lab.Globex.Statistics.Clear();
        Assert.Contains("Did you mean \"permissions\"?", lab.Import("").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        lab.Shell.Run("Import-OdcTenant nowhere").Error.MustBe("OdcFileNotFound");
        Assert.DoesNotContain(lab.Globex.Statistics.Requests, r => r.Path.StartsWith("/api/", StringComparison.Ordinal));
    }
}

/// <summary>A folder with an export of acme, and a shell that is connected to the empty globex.</summary>
internal sealed class ImportShells : IAsyncDisposable
{
    private readonly OdcEmulator _emulator;

    private ImportShells(OdcEmulator emulator)
    {
        _emulator = emulator;
        foreach (var tenant in emulator.Tenants)
            RateBudgets.Shared.Set(tenant.Url, TimeSpan.Zero);
        Shell = new Shell(Host);
        Shell.Connect(Acme, parameters: "-Name acme").ThrowOnError();
        Shell.Connect(Globex, parameters: "-Name globex").ThrowOnError();
        Shell.Run("Select-OdcConnection globex").ThrowOnError();
    }

    internal EmulatedTenant Acme => _emulator["acme"];

    internal EmulatedTenant Globex => _emulator["globex"];

    internal RecordingHost Host { get; } = new();

    internal Shell Shell { get; }

    internal TestFolder Folder { get; } = new();

    internal string Text => Host.Text;

    internal IReadOnlyList<string> Changes => [.. Globex.Statistics.Requests.Where(r => r.Method != "GET" && r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path}")];

    internal static async Task<ImportShells> StartAsync() => new(await OdcEmulator.StartAsync(new EmulatorOptions { Users = 0, IsGlobexEmpty = true, EnforceLimits = false }));

    internal void Export(string parameters) => Shell.Run($"Export-OdcTenant '{Folder.Path}' -Connection acme {parameters}").ThrowOnError();

    internal Result Import(string parameters) => Shell.Run($"Import-OdcTenant '{Folder.Path}' {parameters}");

    public async ValueTask DisposeAsync()
    {
        Shell.Dispose();
        Folder.Dispose();
        await _emulator.DisposeAsync();
    }
}
