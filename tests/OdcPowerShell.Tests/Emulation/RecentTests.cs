namespace OdcPowerShell.Tests.Emulation;

/// <summary>A tenant whose history is that of the last two months, so that what people try first shows something: what changed last week, who has not signed in for 90 days.</summary>
public sealed class RecentTests
{
    [Theory]
    [InlineData("(Get-OdcChange -Since (Get-Date).AddDays(-7)).Count")]
    [InlineData("(Get-OdcDeployment -Since (Get-Date).AddDays(-7)).Count")]
    [InlineData("(Get-OdcUser -LastLoginSince (Get-Date).AddDays(-30)).Count")]
    [InlineData("(Get-OdcUser -LastLoginTo (Get-Date).AddDays(-90)).Count")]
    [InlineData("(Get-OdcBuild -Asset 'Order Desk').Count")]
    [InlineData("(Get-OdcEntitlementUsage | Where-Object Value -gt 0).Count")]
    public async Task It_has_changes_of_the_last_days(string line)
    {
        await using var emulator = await StartAsync();
        using var shell = Shell.Connected(emulator["acme"]);
        Assert.InRange(shell.Run(line).Single<int>(), 1, 1000);
    }

    [Theory]
    [InlineData("Get-OdcAssetRevision 'Order Desk'", "CreatedAt")]
    [InlineData("Get-OdcDeployment", "FinishedDateTime")]
    [InlineData("Get-OdcBuild -Asset 'Order Desk'", "FinishedDateTime")]
    [InlineData("Get-OdcGroup", "UpdatedAt")]
    [InlineData("Get-OdcUser", "LastLoginAt")]
    public async Task Nothing_happened_in_the_future(string line, string property)
    {
        await using var emulator = await StartAsync();
        using var shell = Shell.Connected(emulator["acme"]);
        var dates = shell.Run($"({line}).{property} | Where-Object {{ $_ }}").Output.Select(d => (DateTimeOffset)d.BaseObject).ToList();
        Assert.NotEmpty(dates);
        Assert.All(dates, date => Assert.InRange(date, DateTimeOffset.UtcNow.AddDays(-800), DateTimeOffset.UtcNow));
    }

    private static Task<OdcEmulator> StartAsync() => OdcEmulator.StartAsync(new EmulatorOptions { HasGlobex = false, EnforceLimits = false }.Recent());
}
