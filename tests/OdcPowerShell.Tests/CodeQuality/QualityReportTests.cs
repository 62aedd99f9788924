using System.Text.Json.Nodes;
using System.Xml.Linq;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.Tests.Deployments;

namespace OdcPowerShell.Tests.CodeQuality;

/// <summary>The files of the gate: SARIF as its schema requires it, and JUnit as CI systems read it.</summary>
public sealed class QualityReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("odc-quality-");

    [Fact]
    public async Task SARIF_has_what_its_schema_requires_and_every_finding_of_the_revision()
    {
        await using var lab = await StageLab.StartAsync();
        var log = Sarif(lab, "Test-OdcCodeQuality 'Order Desk', Warehouse -WarningAction Ignore -OutFile $folder/result.sarif");
        Faults.None(SarifRules.FaultsOf(log));
        var run = log["runs"]![0]!;
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
        var expected = lab.Run("Get-OdcCodeFinding 'Order Desk', Warehouse -Status Open, Dismissed, Snoozed -Since 2026-01-01").All<OdcCodeFinding>();
        var results = run["results"]!.AsArray();
        Assert.Equal(expected.Select(f => f.FindingKey).Order(), results.Select(r => (string)r!["fingerprints"]!["odcFinding/v1"]!).Order());
        var injection = results.First(r => (string)r!["ruleId"]! == "SEC-001")!;
        Assert.Equal(("error", "SQL injection in SQL SQL0 of Order Desk."), ((string)injection["level"]!, (string)injection["message"]!["text"]!));
        Assert.Equal("Order%20Desk/Logic/SQL0", (string)injection["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!);
        Assert.Equal("Order Desk/Logic/SQL0", (string)injection["locations"]![0]!["logicalLocations"]![0]!["fullyQualifiedName"]!);
        var rule = run["tool"]!["driver"]!["rules"]![(int)injection["ruleIndex"]!]!;
        Assert.Equal(("SEC-001", "9.5", "error"), ((string)rule["id"]!, (string)rule["properties"]!["security-severity"]!, (string)rule["defaultConfiguration"]!["level"]!));
        Assert.Equal(results.Count(r => (string)r!["properties"]!["status"]! is "Dismissed" or "Snoozed"), results.Count(r => r!["suppressions"]!.AsArray().Count == 1));
        Assert.False((bool)run["properties"]!["tests"]!.AsArray().Single(t => (string)t!["asset"]! == "Order Desk")!["passed"]!);
    }

    [Fact]
    public async Task SARIF_of_some_categories_of_nothing_and_of_what_could_not_be_tested()
    {
        await using var lab = await StageLab.StartAsync();
        var security = Sarif(lab, "Test-OdcCodeQuality 'Order Desk', Warehouse -Category security -WarningAction Ignore -OutFile $folder/result.sarif");
        Assert.All(security["runs"]![0]!["results"]!.AsArray(), r => Assert.Equal("Security", (string)r!["properties"]!["category"]!));
        lab.Tenant.CodeQuality.Solve(lab.Delivery.Asset("Fleet").Key);
        var none = Sarif(lab, "Test-OdcCodeQuality Fleet -OutFile $folder/RESULT.SARIF", "RESULT.SARIF");
        Faults.None(SarifRules.FaultsOf(none));
        Assert.Empty(none["runs"]![0]!["results"]!.AsArray());
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Failing());
        var failed = Sarif(lab, "Test-OdcCodeQuality 'Customer Portal' -ErrorAction Ignore -OutFile $folder/result.sarif");
        Faults.None(SarifRules.FaultsOf(failed));
        Assert.False((bool)failed["runs"]![0]!["invocations"]![0]!["executionSuccessful"]!);
        var missing = Sarif(lab, "Test-OdcCodeQuality Fleet, Nothing -ErrorAction Ignore -OutFile $folder/result.sarif");
        Assert.False((bool)missing["runs"]![0]!["invocations"]![0]!["executionSuccessful"]!);
        Assert.Contains("Customer Portal revision", (string)failed["runs"]![0]!["invocations"]![0]!["toolExecutionNotifications"]![0]!["message"]!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_counts_and_does_not_list_is_warned_of()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Set("folder", _folder.FullName);
        // An older revision: the service lists findings with the newest revision that has them.
        Assert.Contains("the service lists 0 of them", Assert.Single(lab.Run("Test-OdcCodeQuality 'Order Desk' 1 -MaximumCritical 9 -MinimumScore 0 -OutFile $folder/old.sarif").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_thousand_findings_are_in_the_file()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Tenant.CodeQuality.AddFindings(lab.Delivery.Asset("Fleet").Key, 50_000);
        var log = Sarif(lab, "Test-OdcCodeQuality Fleet -MinimumScore 0 -WarningAction Ignore -OutFile $folder/result.sarif");
        Assert.InRange(log["runs"]![0]!["results"]!.AsArray().Count, 50_001, 50_010);
    }

    [Fact]
    public void The_rules_find_what_is_wrong()
    {
        static JsonNode Valid() => JsonNode.Parse("""
            {"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a","rules":[{"id":"R","helpUri":"https://a.example"}]}},
              "results":[{"ruleId":"R","ruleIndex":0,"level":"note","message":{"text":"t"},"guid":"0f8fad5b-d9cb-469f-a165-70867728950e"}]}]}
            """)!;
        Assert.Empty(SarifRules.FaultsOf(Valid()));
        var wrong = new Action<JsonNode>[]
        {
            log => log["version"] = "2.0.0", log => log["runs"]![0]!["tool"]!["driver"]!["name"] = null, log => log["runs"]![0]!["results"]![0]!["level"] = "high",
            log => log["runs"]![0]!["results"]![0]!["message"] = new JsonObject(), log => log["runs"]![0]!["results"]![0]!["ruleIndex"] = 1, log => log["runs"]![0]!["results"]![0]!["guid"] = "x",
            log => log["runs"]![0]!["tool"]!["driver"]!["rules"]![0]!["helpUri"] = "not a uri", log => log["runs"]![0]!["results"]![0]!["severity"] = "High",
        };
        Assert.All(wrong, change =>
        {
            var log = Valid();
            change(log);
            Assert.NotEmpty(SarifRules.FaultsOf(log));
        });
    }

    [Fact]
    public async Task JUnit_has_a_case_for_each_limit_and_an_error_for_what_could_not_be_tested()
    {
        await using var lab = await StageLab.StartAsync();
        lab.Shell.Set("folder", _folder.FullName);
        lab.Delivery.Plan(EmulatedOperation.CodeAnalysis, OperationPlan.Failing());
        var result = lab.Run("Test-OdcCodeQuality 'Order Desk', Warehouse -MaximumHigh 99 -MinimumScore 10 -ErrorOnFailure -OutFile $folder/result.xml");
        Assert.Equal(2, result.Errors.Count);
        var suites = XDocument.Load(Path.Combine(_folder.FullName, "result.xml")).Root!;
        Assert.Equal("testsuites", suites.Name.LocalName);
        var desk = suites.Elements("testsuite").Single(s => s.Attribute("name")!.Value == "Order Desk revision 6");
        Assert.Equal(("3", "1", "0", "0"), (desk.Attribute("tests")!.Value, desk.Attribute("failures")!.Value, desk.Attribute("errors")!.Value, desk.Attribute("skipped")!.Value));
        Assert.Equal(["Score of at least 10", "Critical findings: at most 0", "High findings: at most 99"], desk.Elements("testcase").Select(c => c.Attribute("name")!.Value));
        Assert.All(desk.Elements("testcase"), c => Assert.Equal("Order Desk revision 6", c.Attribute("classname")!.Value));
        Assert.Equal("1 critical finding; at most 0 allowed.", Assert.Single(desk.Descendants("failure")).Attribute("message")!.Value);
        var failed = suites.Elements("testsuite").Single(s => s != desk);
        Assert.Equal(("1", "0", "1"), (failed.Attribute("tests")!.Value, failed.Attribute("failures")!.Value, failed.Attribute("errors")!.Value));
        Assert.Equal("OdcOperationFailed", Assert.Single(failed.Descendants("error")).Attribute("type")!.Value);
        Assert.All(suites.Descendants().Attributes("time"), t => Assert.Matches("^[0-9]+\\.[0-9]{3}$", t.Value));
    }

    private JsonNode Sarif(StageLab lab, string line, string file = "result.sarif")
    {
        lab.Shell.Set("folder", _folder.FullName);
        lab.Run(line).ThrowOnError();
        return JsonNode.Parse(File.ReadAllBytes(Path.Combine(_folder.FullName, file)))!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
