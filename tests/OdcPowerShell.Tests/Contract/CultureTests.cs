using System.Globalization;

namespace OdcPowerShell.Tests.Contract;

/// <summary>What is sent does not depend on the user's culture: its calendar, its digits, its decimal sign, its upper and lower case.</summary>
public sealed class CultureTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    [Theory]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    public void Every_request_is_the_same_in(string culture)
    {
        Assert.SkipWhen(IsInvariant, "There is no ICU on this machine, and so no culture but the invariant one.");
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Faults.None(Call.All.Select(c => c.Script).Select(Fault).OfType<string>());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static bool IsInvariant => AppContext.TryGetSwitch("System.Globalization.Invariant", out var isOn) && isOn || Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true";

    private string? Fault(string script)
    {
        try
        {
            RequestContractTests.MustBeValid(fixture, script);
            return null;
        }
        catch (Xunit.Sdk.XunitException e)
        {
            return $"{script}: {e.Message}";
        }
    }
}
