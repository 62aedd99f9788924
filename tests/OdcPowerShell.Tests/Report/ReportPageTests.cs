using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OdcPowerShell.Deployments;
using OdcPowerShell.Output.Report;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Tests.Report;

/// <summary>The page as text: what it contains and what it can't do.</summary>
public sealed class ReportPageTests
{
    [Fact]
    public void Its_policy_has_the_hashes_of_its_style_and_script_and_nothing_else()
    {
        var html = new ReportSamples().Page();
        var policy = WebUtility.HtmlDecode(Regex.Match(html, "Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1)).Groups["policy"].Value);
        Assert.Equal($"default-src 'none'; style-src '{HashOf(html, "<style>", "</style>")}'; script-src '{HashOf(html, "<script>", "</script>")}'; img-src data:; base-uri 'none'; form-action 'none'", policy);
    }

    [Theory]
    [InlineData("innerHTML")]
    [InlineData("outerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("document.write")]
    [InlineData("eval")]
    [InlineData("Function(")]
    [InlineData("createContextualFragment")]
    [InlineData("DOMParser")]
    [InlineData("srcdoc")]
    [InlineData("fetch")]
    [InlineData("XMLHttpRequest")]
    [InlineData("http:")]
    [InlineData("https:")]
    [InlineData("localStorage")]
    public void Its_script_and_style_have_no(string word)
    {
        foreach (var name in new[] { "report.js", "report.css", "report.html" })
            Assert.DoesNotContain(word, File.ReadAllText(Path.Combine(Hosting.ModuleFiles.Repository, "src", "OdcPowerShell", "Output", "Report", name)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_in_its_markup_and_in_its_data()
    {
        var html = new ReportSamples(isHostile: true).Page(showsUsers: true);
        Assert.Equal(2, Regex.Count(html, "<script", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5)));
        Assert.Equal(2, Regex.Count(html, "</script", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5)));
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<base", html, StringComparison.OrdinalIgnoreCase);
        var data = Data(html);
        Assert.DoesNotMatch("[<>&'\u2028\u2029]", data);
        using var json = JsonDocument.Parse(data);
        var users = json.RootElement.GetProperty("tables").GetProperty("users").GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()!).ToList();
        foreach (var name in ReportSamples.Hostile)
            Assert.Contains(ReportText.Clean(name), users);
    }

    [Fact]
    public void Without_users_it_has_only_their_numbers()
    {
        var samples = new ReportSamples();
        var html = WebUtility.HtmlDecode(samples.Page());
        foreach (var user in samples.Report().Access!.Users.Items)
        {
            Assert.DoesNotContain(user.Name!, html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(user.Email!, html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("@acme", html, StringComparison.Ordinal);
        Assert.Contains("(a user) has not signed in for 200 days.", html, StringComparison.Ordinal);
        Assert.Contains("180", html, StringComparison.Ordinal);
        Assert.Contains("ana.abara0@acme.example", WebUtility.HtmlDecode(samples.Page(showsUsers: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var one = new ReportSamples().Page();
        try
        {
            foreach (var name in new[] { "de-DE", "tr-TR", "ar-SA" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(name);
                Assert.Equal(one, new ReportSamples().Page());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_not_read_is_never_empty()
    {
        const string Lacks = "Stage > View stage";
        var unread = new TenantReport
        {
            Tenant = "acme.example", CreatedAt = ReportSamples.Now, Days = 30, Stages = new TenantPart<OdcStage>("The stages", [], Lacks), Deployed = new TenantPart<OdcDeployedAsset>("The deployed assets", [], Lacks),
            Changes = new TenantPart<OdcChange>("The changes", [], Lacks), Usage = [new("The entitlements of the organization", [], Lacks)], Dependencies = new("The dependencies", [], Lacks),
            Access = new TenantAccess { Users = new("The users", [], Lacks), OrganizationRoles = new("The organization roles", [], Lacks), EndUserRoles = new("The end-user roles", [], Lacks) },
        };
        var html = WebUtility.HtmlDecode(new ReportPage(unread, new ReportOptions(null, false, null, true)).ToString());
        foreach (var part in new[] { "The stages", "The changes", "The entitlements of the organization", "The dependencies", "The users", "The organization roles", "The end-user roles" })
        {
            Assert.Contains($"{part}: the API client lacks the permission {Lacks}.", html, StringComparison.Ordinal);
            Assert.Contains($"<strong>Not read: </strong>{part}. The API client lacks the permission {Lacks}.", html, StringComparison.Ordinal);
        }

        Assert.Contains("no check was run for this report", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"tiles\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing", html[html.IndexOf("<body>", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_is_said_in_words()
    {
        OdcStage[] stages = [new() { StageKey = "1", Name = "QA", Order = 1 }, new() { StageKey = "2", Name = "Production", Order = 2 }];
        OdcDeployedAsset Asset(string name, params (string Stage, int Revision)[] rows) => new()
        {
            AssetKey = name, AssetType = "Workflow",
            Deployments = [.. rows.Select(r => new OdcDeployedRevision { AssetName = name, DeployedStageKey = r.Stage, Revision = r.Revision, Tag = r.Revision == 5 ? "1.10.0" : null, DeployedAt = ReportSamples.Now })],
        };
        var report = new TenantReport { CreatedAt = ReportSamples.Now, Stages = new("The stages", stages), Deployed = new("The deployed assets", [Asset("A", ("1", 5), ("2", 3)), Asset("B", ("1", 2)), Asset("C", ("1", 4), ("2", 4)), Asset("D", ("1", 1), ("2", 2))]) };
        using var json = JsonDocument.Parse(Data(new ReportPage(report, new ReportOptions("T", false, [], false)).ToString()));
        Assert.Equal(
            [
                "A: 5 (1.10.0)/3/Production 2 behind since 2026-03-02 differs", "B: 2/ not there/not in Production since 2026-03-02 differs", "C: 4/4/ in step", "D: 1/2/QA 1 behind since 2026-03-02 differs",
            ],
            json.RootElement.GetProperty("tables").GetProperty("matrix").GetProperty("rows").EnumerateArray().Select(row => $"{row[0]}: {string.Join('/', Enumerable.Range(2, 3).Select(i => Words(row[i])))}"));

        static string Words(JsonElement cell) => cell.GetArrayLength() > 2 ? $"{cell[0]} {cell[2]}" : cell[0].GetString()!;
    }

    [Theory]
    [InlineData("Failed", "High", "High")]
    [InlineData("Failed", "Medium", "Medium")]
    [InlineData("Failed", "Info", "Low")]
    [InlineData("NotChecked", "High", "Not checked")]
    [InlineData("Excepted", "High", "Excepted")]
    [InlineData("Passed", "High", "Passed")]
    [InlineData("SomethingNew", "SomethingElse", "Medium")]
    public void Findings_are_ranked(string result, string severity, string name) => Assert.Equal(name, ReportFinding.NameOf(new ReportFinding("R", severity, result, "", "", "", "", "").Rank));

    [Fact]
    public void A_place_in_a_name_is_not_filled() => Assert.Contains("{{script}}", WebUtility.HtmlDecode(new ReportSamples(isHostile: true).Page()), StringComparison.Ordinal);

    private static string Data(string html) => Part(html, "<script type=\"application/json\" id=\"data\">", "</script>");

    private static string HashOf(string html, string begin, string end) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Part(html, begin, end))));

    private static string Part(string html, string begin, string end)
    {
        var start = html.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return html[start..html.IndexOf(end, start, StringComparison.Ordinal)];
    }
}
