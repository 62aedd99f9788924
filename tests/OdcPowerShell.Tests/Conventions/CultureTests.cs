using System.Globalization;
using System.Management.Automation;

namespace OdcPowerShell.Tests.Conventions;

/// <summary>Cultures with another calendar, other digits, another minus sign, and another i.</summary>
internal static class Cultures
{
    internal static IReadOnlyList<string> Names { get; } = ["th-TH", "ar-SA", "fi-FI", "tr-TR"];

    /// <summary>A shell whose user has this culture.</summary>
    internal static Shell NewShell(string culture)
    {
        // The engine runs on the test's own thread, and with its culture.
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var shell = new Shell(new RecordingHost { Culture = CultureInfo.CurrentCulture });
        Assert.Equal(culture, shell.Run("[System.Globalization.CultureInfo]::CurrentCulture.Name").Single<string>());
        return shell;
    }
}

/// <summary>Dates and numbers in texts and requests are the same in every culture.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> Names => [.. Cultures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_warning_and_a_check_say_dates_as_everywhere(string culture)
    {
        await using var emulator = await Lab.StartAsync();
        using var shell = Cultures.NewShell(culture);
        shell.Set("day", DateTimeOffset.UtcNow.AddDays(3));
        var day = DateTimeOffset.UtcNow.AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var connected = shell.Connect(emulator["acme"], parameters: "-SecretExpiresOn $day");
        Assert.Contains(connected.ThrowOnError().Warnings, w => w.Contains(day, StringComparison.Ordinal));
        var ends = shell.Run("(Get-OdcAccessToken).ExpiresOn").Single<DateTimeOffset>().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.Contains(shell.Run("(Test-OdcConnection).Detail").All<string>(), c => c.Contains(ends, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_query_carries_dates_as_everywhere(string culture)
    {
        await using var emulator = await Lab.StartAsync();
        using var shell = Cultures.NewShell(culture);
        shell.Connect(emulator["acme"]).ThrowOnError();
        emulator["acme"].Statistics.Clear();
        shell.Run("$null = Invoke-OdcRestMethod /api/identity/v1/users -Query @{ lastLoginAtSince = [datetime]::new(2026, 1, 15, 0, 0, 0, [System.DateTimeKind]::Utc); limit = 1 }").ThrowOnError();
        shell.Run("$null = Get-OdcUser -LastLoginSince ([datetime]::new(2026, 1, 15, 0, 0, 0, [System.DateTimeKind]::Utc)) -First 1").ThrowOnError();
        Assert.Equal(2, emulator["acme"].Statistics.Requests.Count(r => r.PathAndQuery.Contains("lastLoginAtSince=2026-01-15T00", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_role_says_its_period_the_same_everywhere()
    {
        var period = new OdcPowerShell.Identity.OdcGrantPeriod { StartTime = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), EndTime = new DateTimeOffset(2026, 2, 5, 0, 0, 0, TimeSpan.Zero) };
        foreach (var name in Cultures.Names)
        {
            using var shell = Cultures.NewShell(name);
            shell.Set("period", period);
            Assert.Equal("2026-01-05 - 2026-02-05", shell.Run("$period.ToString()").Single<string>());
        }
    }

    /// <summary>An interpolated text with a format is in the culture of the session, unless it says otherwise.</summary>
    [Fact]
    public void No_text_of_the_module_is_formatted_in_a_culture() =>
        Faults.None(from file in Module.Sources("OdcPowerShell.Core").Concat(Module.Sources("OdcPowerShell"))
                    let lines = Module.Code(file).ToList()
                    from line in lines
                    where System.Text.RegularExpressions.Regex.IsMatch(line.Text, @"\$"".*\{[^{}""]*:(0|#|N[0-9]|F[0-9]|y|M|d|H|h)[^{}""]*\}", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
                    where !line.Text.Contains("Invariant", StringComparison.Ordinal) && !lines.Exists(l => l.Number == line.Number - 1 && l.Text.Contains("Invariant", StringComparison.Ordinal))
                    select $"src/{file}({line.Number}): use FormattableString.Invariant");

    [Theory]
    [InlineData("Access", "Member, EndUser")]
    [InlineData("GrantPeriod", "2026-01-05 - 2026-02-05")]
    [InlineData("ForeignClaim", "groups = clerks")]
    public void What_a_table_shows_of_a_part_can_be_compared(string property, string text)
    {
        object part = property switch
        {
            "Access" => new OdcPowerShell.Identity.OdcUserRoleKinds { HasEndUserRoles = true, HasOrganizationRoles = true },
            "ForeignClaim" => new OdcPowerShell.Identity.OdcForeignClaim { Name = "groups", Value = "clerks" },
            _ => new OdcPowerShell.Identity.OdcGrantPeriod { StartTime = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), EndTime = new DateTimeOffset(2026, 2, 5, 0, 0, 0, TimeSpan.Zero) },
        };
        using var shell = new Shell();
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(property, part));
        shell.Set("row", row);
        Assert.Single(shell.Run($"$row | Where-Object {property} -eq '{text}'").ThrowOnError().Output);
        Assert.Empty(shell.Run($"$row | Where-Object {property} -eq 'other'").ThrowOnError().Output);
    }
}
