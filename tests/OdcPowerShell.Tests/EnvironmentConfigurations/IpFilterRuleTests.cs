using System.Net;
using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Tests.EnvironmentConfigurations;

/// <summary>Addresses are read strictly, and written in one form.</summary>
public sealed class IpFilterRuleTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData(" 203.0.113.7/32 ", "203.0.113.7")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.128/25", "203.0.113.128/25")]
    [InlineData("10.0.0.1 - 10.0.0.9", "10.0.0.1-10.0.0.9")]
    [InlineData("10.0.0.1-10.0.0.1", "10.0.0.1")]
    [InlineData("2001:DB8:0002::/48", "2001:db8:2::/48")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("::/0", "::/0")]
    [InlineData("::1/128", "::1")]
    // It could be a port that was meant, but it is an address without doubt, and such addresses are in use.
    [InlineData("2001:db8::1:80", "2001:db8::1:80")]
    [InlineData("2001:db8::1-2001:DB8::ff", "2001:db8::1-2001:db8::ff")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    public void A_range_has_one_form(string text, string sent)
    {
        using var shell = new Shell();
        var rule = shell.Run($"New-OdcIpFilterRule Office '{text}'").Single<OdcIpFilterRule>();
        Assert.Equal(("Office", sent, true), (rule.Name, Assert.Single(rule.Ranges!), rule.IsActive));
    }

    [Theory]
    [InlineData("office.acme.com", "is not an address", "203.0.113.0/24")]
    [InlineData("any", "is not an address", "203.0.113.0/24")]
    [InlineData("10.1", "is not an address", "203.0.113.0/24")]
    [InlineData("167772161", "is not an address", "203.0.113.0/24")]
    [InlineData("0x0a.0.0.1", "is not an address", "203.0.113.0/24")]
    [InlineData("10.0.0.256", "over 255", "203.0.113.0/24")]
    [InlineData("10.0.0.1.1", "is not an address", "203.0.113.0/24")]
    [InlineData("10.0.0.", "is not an address", "203.0.113.0/24")]
    [InlineData("10.0.0.-1", "is not an address", "203.0.113.0/24")]
    [InlineData("010.01.0.1", "leading zero", "10.1.0.1")]
    [InlineData("10.0.0.1/33", "from 0 to 32", "10.0.0.1/24")]
    [InlineData("10.0.0.0/024", "from 0 to 32", "10.0.0.0/24")]
    [InlineData("10.0.0.0/-1", "from 0 to 32", "10.0.0.0/24")]
    [InlineData("10.0.0.0/", "from 0 to 32", "10.0.0.0/24")]
    [InlineData("10.0.0.5/24", "not the beginning of a block", "10.0.0.0/24")]
    [InlineData("10.0.0.0/255.255.255.0", "mask", "10.0.0.0/24")]
    [InlineData("10.0.0.9/255.255.255.0", "mask", "10.0.0.0/24")]
    [InlineData("10.0.0.0/255.0.255.0", "mask", "203.0.113.0/24")]
    [InlineData("10.0.*.*", "wildcards", "10.0.0.0/16")]
    [InlineData("*", "wildcards", "203.0.113.0/24")]
    [InlineData("10.0.0.9-10.0.0.1", "ends before it begins", "10.0.0.1-10.0.0.9")]
    [InlineData("10.0.0.1-9", "only the last number", "10.0.0.1-10.0.0.9")]
    [InlineData("10.0.0.1-2001:db8::1", "IPv4 to an IPv6", "each family")]
    [InlineData("10.0.0.0/24-10.0.1.0/24", "is not an address", "203.0.113.0/24")]
    [InlineData("10.0.0.0/24/8", "is not an address", "203.0.113.0/24")]
    [InlineData("10.0.0.1-10.0.0.2-10.0.0.3", "is not an address", "203.0.113.0/24")]
    [InlineData("2001:db8::5/64", "not the beginning of a block", "2001:db8::/64")]
    [InlineData("2001:db8::/129", "from 0 to 128", "2001:db8::/64")]
    [InlineData("2001:db8:::1", "is not an address", "2001:db8::/48")]
    [InlineData("fe80::1%eth0", "zone", "public address")]
    [InlineData("[2001:db8::1]:443", "is not an address", "without brackets")]
    [InlineData("10.0.0.1:443", "is not an address", "203.0.113.0/24")]
    [InlineData("::ffff:10.0.0.1", "in the form of IPv6", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.0/104", "in the form of IPv6", "Specify 10.0.0.0/8.")]
    [InlineData("::ffff:10.0.0.0/0", "in the form of IPv6", "203.0.113.0/24")]
    [InlineData("10.0.0.0/8-10.0.0.1", "mixes a block and a range", "203.0.113.1-203.0.113.9")]
    [InlineData("10.0.0.1-10.0.0.0/8", "mixes a block and a range", "203.0.113.1-203.0.113.9")]
    [InlineData("1\u0660.0.0.1", "is not an address", "203.0.113.0/24")]
    public void What_could_be_read_in_two_ways_is_an_error_with_what_was_meant(string text, string message, string action)
    {
        using var shell = new Shell();
        var error = shell.Run($"New-OdcIpFilterRule Office '192.0.2.1', '{text}'").Error.MustBe("OdcInvalidRequest");
        Assert.StartsWith("Rule Office: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_has_1_to_20_ranges_each_once()
    {
        using var shell = new Shell();
        Assert.Equal(20, shell.Run("New-OdcIpFilterRule Office (1..20 | ForEach-Object { \"10.0.0.$_\" }) -Inactive").Single<OdcIpFilterRule>().Ranges!.Count);
        Assert.Contains("has 21 ranges", shell.Run("New-OdcIpFilterRule Office (1..21 | ForEach-Object { \"10.0.0.$_\" })").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        Assert.Contains("has no addresses", shell.Run("New-OdcIpFilterRule Office ' ; '").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
        shell.Run("New-OdcIpFilterRule ' ' 10.0.0.1").Error.MustBe("OdcInvalidRequest");
        var twice = shell.Run("New-OdcIpFilterRule Office 10.0.0.1, 10.0.0.1/32, 2001:db8::1, 2001:DB8:0::1").ThrowOnError();
        Assert.Equal("10.0.0.1; 2001:db8::1", ((OdcIpFilterRule)twice.Output.Single().BaseObject).Ranges!.ToString());
        Assert.Equal(2, twice.Warnings.Count(w => w.Contains("twice", StringComparison.Ordinal)));
        var overlapping = shell.Run("New-OdcIpFilterRule Office 10.0.0.0/24, 10.0.0.5").ThrowOnError();
        Assert.Equal(2, ((OdcIpFilterRule)overlapping.Output.Single().BaseObject).Ranges!.Count);
        Assert.Contains("10.0.0.0/24 and 10.0.0.5 overlap", Assert.Single(overlapping.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_made_from_the_rows_of_a_file()
    {
        using var shell = new Shell();
        var rules = shell.Run("'Name;Range', 'Office;10.0.0.0/24, 2001:db8::/48', 'VPN;10.1.0.1' | ConvertFrom-Csv -Delimiter ';' | New-OdcIpFilterRule").All<OdcIpFilterRule>();
        Assert.Equal(["Office: 10.0.0.0/24; 2001:db8::/48", "VPN: 10.1.0.1"], rules.Select(r => $"{r.Name}: {r.Ranges}"));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = 'False' } | New-OdcIpFilterRule", false)]
    [InlineData("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = 'True' } | New-OdcIpFilterRule", true)]
    [InlineData("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = '' } | New-OdcIpFilterRule", true)]
    [InlineData("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = $true } | New-OdcIpFilterRule -Inactive", false)]
    [InlineData("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = 'no' } | New-OdcIpFilterRule -Inactive:$false", true)]
    [InlineData("New-OdcIpFilterRule A 10.0.0.1 -Inactive | New-OdcIpFilterRule", false)]
    [InlineData("New-OdcIpFilterRule A 10.0.0.1 | New-OdcIpFilterRule", true)]
    [InlineData("New-OdcIpFilterRule A 10.0.0.1 -Inactive | Export-Csv -Path ($f = New-TemporaryFile); Import-Csv $f | New-OdcIpFilterRule; Remove-Item $f", false)]
    public void An_inactive_rule_stays_inactive(string line, bool isActive)
    {
        using var shell = new Shell();
        Assert.Equal(isActive, shell.Run(line).Single<OdcIpFilterRule>().IsActive);
        Assert.Contains("neither yes nor no", shell.Run("[pscustomobject]@{ Name = 'A'; Ranges = '10.0.0.1'; IsActive = 'maybe' } | New-OdcIpFilterRule").Error.MustBe("OdcInvalidRequest").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0/0", true, false)]
    [InlineData("0.0.0.0/1, 128.0.0.0/1", true, false)]
    [InlineData("0.0.0.0-127.255.255.255, 127.0.0.0-255.255.255.255", true, false)]
    [InlineData("0.0.0.0/1, 128.0.0.0-255.255.255.254", false, false)]
    [InlineData("0.0.0.1-255.255.255.255", false, false)]
    [InlineData("::/0", false, true)]
    [InlineData("::/1, 8000::/1, 0.0.0.0/0", true, true)]
    public void All_addresses_are_found_however_they_are_put_together(string ranges, bool v4, bool v6)
    {
        var parsed = ranges.Split(", ").Select(IpRange.Parse).ToList();
        Assert.Equal((v4, v6), (IpRange.AreAll(parsed, isV6: false), IpRange.AreAll(parsed, isV6: true)));
    }

    [Fact]
    public void Only_addresses_that_the_internet_sees_are_public()
    {
        string[] seen = ["203.0.113.7", "2001:db8::7", "::ffff:198.51.100.1"];
        string[] hidden = ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1%3", "fd00::1", "::"];
        Assert.Equal(["203.0.113.7", "2001:db8::7", "198.51.100.1"], PublicAddresses.Of(new Fixed([.. seen, .. hidden, "203.0.113.7"])).Select(r => r.Text));
        Assert.NotEmpty(new InterfaceAddresses().All);
    }

    private sealed class Fixed(string[] addresses) : ILocalAddresses
    {
        public IEnumerable<IPAddress> All => addresses.Select(IPAddress.Parse);
    }
}
