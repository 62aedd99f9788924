using System.Text.RegularExpressions;
using OdcPowerShell.Tests.Samples;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>SECURITY.md: each claim names tests that exist.</summary>
public sealed class SecurityDocumentTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public void Every_claim_names_tests_that_exist()
    {
        var claims = Rows().ToList();
        Assert.InRange(claims.Count, 10, 100);
        Faults.None(from claim in claims
                    let tests = Regex.Matches(claim, @"\[`(?<class>\w+)\.(?<method>\w+)`\]\((?<file>[^)]+)\)", RegexOptions.None, Limit).ToList()
                    from fault in tests.Count == 0 ? [$"{claim} names no test"] : tests.Select(Fault).OfType<string>()
                    select fault);
    }

    [Fact]
    public void It_invents_no_address()
    {
        var text = MarkdownFile.Text("SECURITY.md");
        Assert.DoesNotContain("http", text.Replace("plain http", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"\w@\w", RegexOptions.None, Limit), text);
    }

    [Fact]
    public void Its_commands_are_those_of_the_build_script() =>
        Assert.All(Regex.Matches(MarkdownFile.Text("SECURITY.md"), @"build\.ps1 -Task Package -(?<parameter>\w+)", RegexOptions.None, Limit).Select(m => m.Groups["parameter"].Value),
            parameter => Assert.Matches(new Regex($@"\] \${parameter}\b", RegexOptions.None, Limit), MarkdownFile.Text("build.ps1")));

    private static IEnumerable<string> Rows() => MarkdownFile.Text("SECURITY.md").Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2);

    private static string? Fault(Match test)
    {
        var file = Path.Combine(ModuleFiles.Repository, test.Groups["file"].Value);
        var (type, method) = (test.Groups["class"].Value, test.Groups["method"].Value);
        if (!File.Exists(file))
            return $"{test.Groups["file"].Value} does not exist";
        var source = File.ReadAllText(file);
        // A fact or a theory: the attribute stands within three lines above the method.
        return Regex.IsMatch(source, $@"\[(Fact|Theory)\][^{{}};]*\b{method}\(", RegexOptions.None, Limit) && Regex.IsMatch(source, $@"\bclass {type}\b", RegexOptions.None, Limit)
            ? null
            : $"{test.Groups["file"].Value} has no test {type}.{method}";
    }
}
