using OdcPowerShell.EnvironmentConfigurations;

namespace OdcPowerShell.Core.Tests.EnvironmentConfigurations;

/// <summary>What people write for a hostname.</summary>
public sealed class HostnamesTests
{
    [Theory]
    [InlineData("apps.acme.com", "apps.acme.com")]
    [InlineData(" Apps.ACME.com. ", "apps.acme.com")]
    [InlineData("München.example", "xn--mnchen-3ya.example")]
    [InlineData("XN--MNCHEN-3YA.example", "xn--mnchen-3ya.example")]
    [InlineData("a.b-c.1d.acme.co.uk", "a.b-c.1d.acme.co.uk")]
    [InlineData("例え.テスト", "xn--r8jz45g.xn--zckzah")]
    public void A_hostname_is_sent_as_DNS_has_it(string text, string sent) => Assert.Equal(sent, Hostnames.Check(text));

    [Theory]
    [InlineData("https://apps.acme.com/orders?x=1", "it is a URL", "Specify only the hostname: apps.acme.com.")]
    [InlineData("apps.acme.com/orders", "it has a path", "Specify only the hostname: apps.acme.com.")]
    [InlineData("apps.acme.com:443", "it has a port", "Specify only the hostname: apps.acme.com.")]
    [InlineData("apps.acme.com apps.acme.org", "it contains spaces", "one hostname")]
    [InlineData("ana@acme.com", "it is an e-mail address", "apps.acme.com")]
    [InlineData("*.acme.com", "it is a wildcard", "create a domain for each")]
    [InlineData("apps.*.com", "it is a wildcard", "create a domain for each")]
    [InlineData("192.0.2.1", "it is an IP address", "apps.acme.com")]
    [InlineData("2001:db8::1", "it is an IP address", "apps.acme.com")]
    [InlineData("[2001:db8::1]", "it is an IP address", "apps.acme.com")]
    [InlineData("192.0.2", "its last part is a number", "apps.acme.com")]
    [InlineData("apps", "it has no domain", "apps.acme.com")]
    [InlineData("apps..acme.com", "it has an empty part", "letters, digits and hyphens")]
    [InlineData(".acme.com", "it has an empty part", "letters, digits and hyphens")]
    [InlineData("apps.acme.com..", "it has an empty part", "letters, digits and hyphens")]
    [InlineData(".", "it has an empty part", "letters, digits and hyphens")]
    [InlineData("-apps.acme.com", "'-apps' is not a valid part", "no hyphen at their beginning")]
    [InlineData("apps-.acme.com", "'apps-' is not a valid part", "no hyphen at their beginning")]
    [InlineData("my_app.acme.com", "'my_app' is not a valid part", "letters, digits and hyphens")]
    [InlineData("apps,acme.com", "'apps,acme' is not a valid part", "letters, digits and hyphens")]
    [InlineData("xn--\u00fc.example", "is not a hostname", "")]
    public void What_is_no_hostname_says_why_and_what_to_specify(string text, string why, string instead)
    {
        var e = Assert.Throws<OdcException>(() => Hostnames.Check(text));
        Assert.Equal(OdcErrorCause.InvalidRequest, e.Cause);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.Contains(instead, e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_have_limits()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{new string('b', 61)}";
        Assert.Equal(longest, Hostnames.Check(longest + "."));
        Assert.Contains("more than 63", Assert.Throws<OdcException>(() => Hostnames.Check($"{label}a.acme.com")).Message, StringComparison.Ordinal);
        Assert.Contains("254 characters", Assert.Throws<OdcException>(() => Hostnames.Check(longest + "b")).Message, StringComparison.Ordinal);
        Assert.InRange(Assert.Throws<OdcException>(() => Hostnames.Check(new string('x', 100_000))).Message.Length, 1, 400);
    }

    [Theory]
    [InlineData("xn--mnchen-3ya.example", "münchen.example")]
    [InlineData("apps.acme.com", "apps.acme.com")]
    [InlineData("xn--.-", "xn--.-")]
    [InlineData(null, null)]
    public void A_hostname_is_shown_with_its_own_letters(string? sent, string? shown) => Assert.Equal(shown, Hostnames.Readable(sent));
}
