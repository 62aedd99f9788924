using System.Net;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.Report;

/// <summary>Export-OdcReport against the emulator.</summary>
public sealed class ExportOdcReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("odc-report-").FullName;

    private string File => Path.Combine(_folder, "report.html");

    private string Html => WebUtility.HtmlDecode(System.IO.File.ReadAllText(File));

    [Fact]
    public async Task It_shows_what_the_lists_of_their_own_show()
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Empty(lab.Run($"Export-OdcReport '{File}' -IncludeUser -Days 365").ThrowOnError().Output);
        var html = Html;
        foreach (var script in new[] { "(Get-OdcOrganization).Name", "(Get-OdcStage).Name", "(Get-OdcDeployedAsset).Name", "(Get-OdcUser).Email", "(Get-OdcOrganizationRole).Name", "(Get-OdcEndUserRole).Name", "(Get-OdcEntitlement).Name" })
            Assert.All(lab.Run(script).All<string>(), name => Assert.Contains(name, html, StringComparison.Ordinal));
        Assert.Contains(lab.Tenant.Clients["admin"].ClientId, html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not read", html, StringComparison.Ordinal);
        Assert.Equal(["report.html"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task It_counts_the_users_of_roles_as_their_lists_do()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Run($"Export-OdcReport '{File}' -Section Access").ThrowOnError();
        var role = lab.Tenant.Identity.Roles.MaxBy(r => lab.Tenant.Identity.Users.Count(u => u.Roles.Any(own => own.Key == r.Key)))!;
        var users = lab.Tenant.Identity.Users.Count(u => u.Roles.Any(r => r.Key == role.Key));
        var direct = lab.Tenant.Identity.Users.Count(u => u.DirectRoles.Any(r => r.Key == role.Key));
        using var json = System.Text.Json.JsonDocument.Parse(Data());
        var stage = lab.Tenant.Stages.Single(s => s.Key == role.StageKey).Name;
        var row = json.RootElement.GetProperty("tables").GetProperty("roles").GetProperty("rows").EnumerateArray()
            .Single(r => r[0].GetString() == lab.Tenant.Identity.AssetNames[role.AssetKey] && r[1].GetString() == role.Name && r[2].GetString() == stage);
        Assert.Equal((users, direct, lab.Tenant.Identity.Groups.Count(g => g.Roles.Any(r => r.Key == role.Key))), (row[3][1].GetInt32(), row[4][1].GetInt32(), row[5][1].GetInt32()));
        Assert.All(lab.Tenant.Identity.Users, u => Assert.DoesNotContain(u.Email, Html, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Each_list_is_read_once_and_dependencies_cost_a_request_for_each_asset()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Run($"Export-OdcReport '{File}'").ThrowOnError();
        Assert.DoesNotContain(lab.Tenant.Statistics.Requests, r => r.Path.Contains("/producers", StringComparison.Ordinal));
        Assert.Equal((1, 1), (lab.Sent("GET /api/portfolios/v2/environments").Count, lab.Sent("GET /api/portfolios/v2/deployed-assets").Count));
        lab.Tenant.Statistics.Clear();
        var result = lab.Run($"Export-OdcReport '{File}' -IncludeDependency -Section Stages -Force -Verbose").ThrowOnError();
        var assets = lab.Delivery.Assets.Count;
        Assert.Equal(assets, lab.Tenant.Statistics.Requests.Count(r => r.Path.Contains("/producers", StringComparison.Ordinal)));
        Assert.Contains($"The dependencies take {assets} requests: 1 minutes or more within the rate limit.", result.Verbose);
        Assert.Contains("id=\"dependencies\"", Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"access\"", Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_with_Force()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        await System.IO.File.WriteAllTextAsync(File, "mine");
        Assert.Equal("OdcFileExists", lab.Run($"Export-OdcReport '{File}'").ErrorId);
        Assert.Equal("OdcInvalidRequest", lab.Run($"Export-OdcReport '{_folder}'").ErrorId);
        Assert.Contains("does not end with .html", lab.Run($"Export-OdcReport '{_folder}/report.pdf'").Exception.Message, StringComparison.Ordinal);
        Assert.Equal("OdcFileNotFound", lab.Run($"Export-OdcReport '{_folder}/none/report.html'").ErrorId);
        lab.Run($"Export-OdcReport '{File}' -Force -WhatIf").ThrowOnError();
        Assert.Empty(lab.Sent);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal(File, lab.Run($"Export-OdcReport '{File}' -Force -PassThru -Section Usage").Single<FileInfo>().FullName);
        Assert.Contains("ACME Corporation", Html, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Findings_come_from_the_pipeline()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run($"[pscustomobject]@{{ Rule = 'R1'; Severity = 'High'; Result = 'Failed'; StageName = 'QA stage'; Subject = 'S'; Message = 'It is <b>open</b>.'; Advice = 'Close it.' }} | Export-OdcReport '{File}' -Section Findings").ThrowOnError();
        Assert.Contains("It is <b>open</b>.", Html, StringComparison.Ordinal);
        Assert.Contains("QA stage", Html, StringComparison.Ordinal);
        Assert.Contains("Close it.", Html, StringComparison.Ordinal);
        lab.Run($"@() | Export-OdcReport '{File}' -Section Findings -Force").ThrowOnError();
        Assert.Contains("The checks found nothing.", Html, StringComparison.Ordinal);
        lab.Run($"Export-OdcReport '{File}' -Section Findings -Force").ThrowOnError();
        Assert.Contains("no check was run for this report", Html, StringComparison.Ordinal);
        lab.Run("$stages = Get-OdcStage").ThrowOnError();
        var wrong = lab.Run($"$stages | Export-OdcReport '{File}' -Force");
        Assert.Equal("OdcInvalidRequest", wrong.ErrorId);
        Assert.Contains("OdcStage is not a finding", wrong.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$found = Test-OdcTenant OpenPortal", "$found", 1)]
    [InlineData("$found = @(Test-OdcTenant OpenPortal)", "$found", 0)]
    [InlineData("$null", "@()", 0)]
    [InlineData("$null", "(Test-OdcTenant OpenPortal)", 1)]
    [InlineData("$null", "$misspelt", 1)]
    public async Task A_check_that_found_nothing_is_a_check(string before, string value, int warnings)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Tenant.Answer("/api/organization/v1/ip-filter-group", new CannedAnswer(200, Body: "{ \"name\": \"Portal\", \"defaultAction\": \"DENY\", \"rules\": [] }"));
        var result = lab.Run($"{before}; Export-OdcReport '{File}' -Section Findings -Finding {value}").ThrowOnError();
        Assert.Equal(warnings, result.Warnings.Count(w => w.Contains("-Finding has no value", StringComparison.Ordinal)));
        Assert.Contains("The checks found nothing.", Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("@($null)")]
    [InlineData("@('')")]
    public async Task A_list_of_nothing_is_no_check(string value)
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        Assert.Contains("null or empty", lab.Shell.Catch($"Export-OdcReport '{File}' -Finding {value}").ToString(), StringComparison.Ordinal);
        Assert.Empty(lab.Sent);
        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("$found | Export-OdcReport $file")]
    [InlineData("Export-OdcReport $file -Finding $found")]
    [InlineData("$found | ConvertTo-Csv | ConvertFrom-Csv | Export-OdcReport $file")]
    public async Task Findings_of_another_tenant_are_refused(string line)
    {
        await using var emulator = await Lab.StartAsync(users: 3, hasGlobex: true);
        using var shell = Shell.Connected(emulator["globex"], parameters: "-Name globex");
        shell.Run("$found = Test-OdcTenant *Gateway*, StageNotReady -IncludePassed").ThrowOnError();
        using var acme = Shell.Connected(emulator["acme"]);
        acme.Set("found", shell.Run("$found").Output.ToArray());
        acme.Set("file", File);
        emulator["acme"].Statistics.Clear();
        var refused = acme.Run(line);
        Assert.Contains($"is of the tenant {emulator["globex"].Url.Authority}, and the report is of {emulator["acme"].Url.Authority}", refused.Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        shell.Set("file", File);
        shell.Run($"$found | Export-OdcReport $file").ThrowOnError();
    }

    [Fact]
    public async Task Only_the_stages_that_were_chosen_are_shown()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        lab.Run($"Export-OdcReport '{File}' -Stage QA, Production -Section Stages -Title 'Release <review>'").ThrowOnError();
        Assert.Contains("<bdi>Release <review></bdi>", Html, StringComparison.Ordinal);
        Assert.Contains("[\"columns\"", Data().Replace("{\"columns\"", "[\"columns\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\"Development\"", Data(), StringComparison.Ordinal);
        Assert.Equal("OdcNotFound", lab.Run($"Export-OdcReport '{File}' -Stage Nowhere -Force").ErrorId);
        Assert.Equal("OdcNotFound", lab.Run($"Export-OdcReport '{File}' -Stage 11111111-1111-1111-1111-111111111111 -Force").ErrorId);
    }

    [Fact]
    public async Task What_the_client_may_not_read_names_the_permission()
    {
        await using var lab = await TenantLab.StartAsync(users: 5, client: "deployer");
        lab.Run($"Export-OdcReport '{File}'").ThrowOnError();
        Assert.Contains("What could not be read", Html, StringComparison.Ordinal);
        Assert.Contains("<strong>Not read: </strong>", Html, StringComparison.Ordinal);
        Assert.Contains("User management >", Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_name_of_the_tenant_is_markup_and_no_secret_is_in_the_file()
    {
        await using var lab = await TenantLab.StartAsync(users: 3);
        const string Name = "</script><img src=x onerror=alert(1)>";
        lab.Run($"$null = New-OdcGroup 'Group {Name}' -Stage QA; Set-OdcOrganization -Name 'Org {Name}' -Confirm:$false").ThrowOnError();
        lab.Run($"Export-OdcReport '{File}' -IncludeUser -IncludeDependency").ThrowOnError();
        var raw = await System.IO.File.ReadAllTextAsync(File);
        Assert.DoesNotContain("<img", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Org " + Name, Html, StringComparison.Ordinal);
        var token = lab.Run("Get-OdcAccessToken -AsPlainText").Single<string>();
        foreach (var secret in new[] { token, lab.Tenant.Clients["admin"].Secret, lab.Tenant.Identity.ProviderSecret, lab.Tenant.Subscription.ActivationCode })
            Assert.DoesNotContain(secret, raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_stopped_leaves_no_file()
    {
        await using var lab = await TenantLab.StartAsync(users: 1);
        var isHeld = Stopping.Hold(lab.Tenant, Fault.SlowFirstByte, "/api/portfolios");
        await Stopping.EndsAsync(lab.Shell, $"Export-OdcReport '{File}'", _ => isHeld());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private string Data()
    {
        var raw = System.IO.File.ReadAllText(File);
        const string Begin = "id=\"data\">";
        var start = raw.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return raw[start..raw.IndexOf("</script>", start, StringComparison.Ordinal)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
