using System.Globalization;
using System.Text.RegularExpressions;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>What is sent does not depend on the user's culture: its calendar, its digits, its decimal sign, its upper and lower case.</summary>
public sealed partial class CultureTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    private const string OnlyInvariant = "There is no ICU on this machine, and so no culture but the invariant one.";

    [Fact]
    public void Every_request_is_the_same_in_every_culture()
    {
        Assert.SkipWhen(IsInvariant, OnlyInvariant);
        // The longest row of an operation has the most parameters.
        Compare(["ar-SA", "th-TH", "tr-TR"], Call.All.Where(c => !Date().IsMatch(c.Script)).GroupBy(c => c.Operation).Select(g => g.MaxBy(c => c.Script.Length)!.Script));
    }

    [Fact]
    public void A_date_as_text_is_the_same_in_every_culture()
    {
        Assert.SkipWhen(IsInvariant, OnlyInvariant);
        Compare(["ar-SA", "th-TH"], Call.All.Select(c => c.Script).Where(s => Date().IsMatch(s)));
    }

    private static bool IsInvariant => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Length <= 1;

    private void Compare(IReadOnlyList<string> cultures, IEnumerable<string> scripts) => Faults.None(
        from script in scripts
        let usual = Sent(script, CultureInfo.InvariantCulture)
        from culture in cultures
        let sent = Sent(script, new CultureInfo(culture))
        where usual != sent
        select $"{script}\n  sends in {culture} {sent}\n  and not {usual}");

    private string Sent(string script, CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            fixture.Run(Call.All.Single(c => c.Script == script), Sample.Nulls);
            // Keys that a row makes by itself are others each time.
            return Key().Replace(string.Join(" | ", fixture.Recorder.Requests.Select(r => $"{r.Method} {r.Path} {string.Join('&', r.Query)} {r.Carried()}")), "KEY");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [GeneratedRegex(@" '?\d{4}-\d\d-\d\d(?!-)", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Date();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Key();
}
