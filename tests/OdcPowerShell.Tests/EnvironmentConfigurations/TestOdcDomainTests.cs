using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>What the resolver shows of a domain's DNS records, and what it can't show.</summary>
public sealed class TestOdcDomainTests
{
    private const string Target = "acme.outsystems.app";

    [Fact]
    public async Task Objects_take_no_request_and_names_are_found_in_the_list()
    {
        await using var lab = await TenantLab.StartAsync();
        var names = new PlantedNames().Add(DomainLab.Apps, "edge.outsystems.app", "192.0.2.1", "2001:db8::1").Add(Target, "edge.outsystems.app", "192.0.2.1");
        lab.Client().Resolver = names;
        lab.Run("$domains = Get-OdcDomain Production").ThrowOnError();
        lab.Forget();
        var rows = lab.Run("$domains | Test-OdcDomain").All<OdcDomainCheck>();
        Assert.Empty(lab.Sent);
        Assert.Equal(["acme.outsystems.app Hostname: Skipped", "apps.acme.example Hostname: Passed", "apps.acme.example Validation: Skipped", "apps.acme.example Certificate: Passed"], rows.Select(r => r.ToString()));
        Assert.Equal((DomainLab.Apps, Target, "An alias that leads to edge.outsystems.app (192.0.2.1, 2001:db8::1).", "Production"), (rows[1].Name, rows[1].Expected, rows[1].Found, rows[1].StageName));
        Assert.Equal(3, lab.Run($"Test-OdcDomain {DomainLab.Apps} -Stage Production").Output.Count);
        Assert.Equal(3, lab.Run("$domains[1].DomainKey | Test-OdcDomain -Stage Production").Output.Count);
        Assert.Equal(1, lab.Scarce());
    }

    [Fact]
    public async Task What_waits_says_which_record_to_create()
    {
        await using var lab = await TenantLab.StartAsync();
        lab.Client().Resolver = new PlantedNames().Add("acme-tst.outsystems.app", null, "192.0.2.1");
        lab.Takes(TimeSpan.FromHours(1));
        lab.Run("New-OdcDomain shop.acme.example -Stage QA -WarningAction Ignore").ThrowOnError();
        lab.Tenant.Delivery.SkipTime(TimeSpan.FromMinutes(30));
        var rows = lab.Run("Get-OdcDomain QA -Name shop* | Test-OdcDomain").All<OdcDomainCheck>();
        Assert.Equal(["Failed", "Warning", "Warning"], rows.Select(r => r.Result));
        Assert.Equal("Create this DNS record: shop.acme.example CNAME acme-tst.outsystems.app.", rows[0].Fix);
        Assert.Contains($"nslookup -type=CNAME {rows[1].Name}", rows[1].Fix, StringComparison.Ordinal);
        Assert.Contains($"{rows[1].Name} CNAME {rows[1].Expected}", rows[2].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_after_seconds_and_at_once_with_the_command()
    {
        await using var lab = await TenantLab.StartAsync();
        var names = new PlantedNames { Hanging = DomainLab.Apps };
        lab.Client().Resolver = names;
        lab.Run("$domain = Get-OdcDomain Production -Name apps*").ThrowOnError();
        await Stopping.EndsAsync(lab.Shell, "$domain | Test-OdcDomain", _ => names.Asked.Contains(DomainLab.Apps));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var row = lab.Run("$domain | Test-OdcDomain").All<OdcDomainCheck>()[0];
        Assert.InRange(clock.Elapsed.TotalSeconds, 4, 40);
        Assert.Equal(("Skipped", "No DNS server answered in time."), (row.Result, row.Found));
    }

    [Theory]
    [InlineData("Test-OdcDomain apps.acme.example", "none is specified")]
    [InlineData("Test-OdcDomain nothing.acme.example -Stage QA", "Stage QA has no domain")]
    [InlineData("Get-OdcStage QA | Test-OdcDomain", "A domain is expected here")]
    [InlineData("$null | Test-OdcDomain", "A domain is expected here")]
    public async Task What_is_wrong_is_an_error(string line, string message)
    {
        await using var lab = await TenantLab.StartAsync();
        Assert.Contains(message, Assert.Single(lab.Run(line).Errors).ToString(), StringComparison.Ordinal);
    }
}
