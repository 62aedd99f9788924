using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using OdcPowerShell.Cmdlets.Tenants;
using OdcPowerShell.Tests.CodeQuality;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Tenants;

/// <summary>The files of the rules: the same in every culture, and no name breaks them.</summary>
public sealed class TenantReportTests : IDisposable
{
    private const string Odd = "Ana |<b>&\"']]> `x` [a](http://evil.example) @team #1 \u0007\ud83d\ude00";
    private const string Line = "Test-OdcTenant LowScore, CriticalFinding, NeverSignedIn, WeakIdentityProvider, UnhealthyGateway";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("odc-rules-");

    public static TheoryData<string> Names => [.. Cultures.Names];

    [Fact]
    public async Task JUnit_has_a_suite_for_each_category_and_a_case_for_each_rule()
    {
        await using var lab = await StartAsync();
        var suites = XDocument.Parse(Text(await WriteAsync(lab, "result.xml"))).Root!;
        Assert.Equal(["Access", "Network", "Quality"], suites.Elements("testsuite").Select(s => s.Attribute("name")!.Value).Order());
        var cases = suites.Descendants("testcase").ToDictionary(c => c.Attribute("name")!.Value.Split(':')[0]);
        Assert.Equal(5, cases.Count);
        Assert.Contains("has the score 50", Assert.Single(cases["LowScore"].Elements("failure")).Value, StringComparison.Ordinal);
        Assert.Contains("Get-OdcCodeFinding", cases["LowScore"].Value, StringComparison.Ordinal);
        Assert.Contains("View configurations", Assert.Single(cases["UnhealthyGateway"].Elements("skipped")).Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.Empty(cases["CriticalFinding"].Elements());
        var quality = suites.Elements("testsuite").Single(s => s.Attribute("name")!.Value == "Quality");
        Assert.Equal(("2", "1", "0", "0"), (quality.Attribute("tests")!.Value, quality.Attribute("failures")!.Value, quality.Attribute("skipped")!.Value, quality.Attribute("errors")!.Value));
    }

    [Fact]
    public async Task SARIF_has_what_its_schema_requires()
    {
        await using var lab = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "rules.json"), """{ "rules": { "NeverSignedIn": { "except": [ { "subject": "*", "reason": "New." } ] } } }""", TestContext.Current.CancellationToken);
        var log = JsonNode.Parse(Text(await WriteAsync(lab, "result.sarif", "-Settings $folder/rules.json")))!;
        Faults.None(SarifRules.FaultsOf(log));
        var run = log["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Equal(5, rules.Count);
        Assert.All(rules, r => Assert.NotEmpty((string)r!["help"]!["text"]!));
        Assert.Contains("UnhealthyGateway was not checked", (string)run["invocations"]![0]!["toolExecutionNotifications"]![0]!["message"]!["text"]!, StringComparison.Ordinal);
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
        var results = run["results"]!.AsArray();
        var low = results.Single(r => (string)r!["ruleId"]! == "LowScore")!;
        Assert.Equal(("warning", "Order Desk", 0), ((string)low["level"]!, (string)low["locations"]![0]!["logicalLocations"]![0]!["name"]!, low["suppressions"]!.AsArray().Count));
        var odd = results.Single(r => (string)r!["ruleId"]! == "NeverSignedIn")!;
        Assert.Equal("New.", (string)odd["suppressions"]![0]!["justification"]!);
        Assert.Equal(Odd.Replace('\u0007', ' '), (string)odd["locations"]![0]!["logicalLocations"]![0]!["name"]!);
    }

    [Fact]
    public async Task A_Markdown_table_survives_any_name()
    {
        await using var lab = await StartAsync();
        var text = Text(await WriteAsync(lab, "result.md"));
        Assert.StartsWith($"## Rules of {lab["acme"].OrganizationName} (", text, StringComparison.Ordinal);
        var rows = text.Split('\n').Where(l => l.StartsWith('|')).ToList();
        Assert.Equal(2 + 5, rows.Count);
        Assert.All(rows, r => Assert.Equal(7, r.Count(c => c == '|')));
        var odd = rows.Single(r => r.Contains("NeverSignedIn", StringComparison.Ordinal));
        foreach (var mark in (string[])["<b>", "`", "](", "http://", "@team", "#1 ", "\"", "\u0007"])
            Assert.DoesNotContain(mark, odd, StringComparison.Ordinal);
        Assert.Contains(Odd.Replace('\u0007', ' '), System.Net.WebUtility.HtmlDecode(odd), StringComparison.Ordinal);
        Assert.Contains("\u00b7", Markdown.Escape("\u00b7"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rows_and_files_are_the_same_in_every_culture(string culture)
    {
        await using var lab = await StartAsync();
        var files = (string[])["result.xml", "result.md"];
        var before = new List<string>();
        foreach (var file in files)
            before.Add(Text(await WriteAsync(lab, file)));
        using var shell = Cultures.NewShell(culture);
        shell.Connect(lab["acme"]).ThrowOnError();
        shell.Set("folder", _folder.FullName);
        for (var i = 0; i < files.Length; i++)
        {
            shell.Run($"$null = {Line} -OutFile $folder/{files[i]}").ThrowOnError();
            Assert.Equal(before[i], Text(await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, files[i]), TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task A_file_is_written_before_an_error_ends_the_script()
    {
        await using var lab = await StartAsync();
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("folder", _folder.FullName);
        Assert.Equal("OdcOperationFailed", shell.Catch($"$null = {Line} -ErrorOnFailure -ErrorAction Stop -OutFile $folder/gate.md").Id());
        Assert.Contains("LowScore", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "gate.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<OdcEmulator> StartAsync()
    {
        var emulator = await Lab.StartAsync(users: 12);
        var tenant = emulator["acme"];
        var client = tenant.Clients["admin"];
        client.Permissions = [.. client.Permissions.Where(p => p != "Configuration management > View configurations")];
        using var shell = new Shell();
        var lab = new RuleLab(tenant, shell);
        lab.Metric(score: 50, critical: 0);
        lab.Provider(suppresses: false, trust: "None");
        lab.Users(new { key = lab.Person.Key, name = Odd, email = "ana@acme.example", status = "Invited", access = new { hasOrganizationRoles = true } });
        return emulator;
    }

    private async Task<byte[]> WriteAsync(OdcEmulator lab, string file, string parameters = "")
    {
        using var shell = Shell.Connected(lab["acme"]);
        shell.Set("folder", _folder.FullName);
        shell.Run($"$null = {Line} -OutFile $folder/{file} {parameters}").ThrowOnError();
        return await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, file), TestContext.Current.CancellationToken);
    }

    // UTF-8 without a byte order mark.
    private static string Text(byte[] bytes)
    {
        Assert.NotEqual(0xEF, bytes[0]);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
