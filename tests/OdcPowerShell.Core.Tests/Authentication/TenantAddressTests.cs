namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class TenantAddressTests
{
    [Theory]
    [InlineData("acme.outsystems.dev", "https://acme.outsystems.dev/", "acme.outsystems.dev", "acme")]
    [InlineData(" ACME.outsystems.dev/ ", "https://acme.outsystems.dev/", "acme.outsystems.dev", "acme")]
    [InlineData("https://acme.outsystems.dev/apps/x?stageid=1#y", "https://acme.outsystems.dev/", "acme.outsystems.dev", "acme")]
    [InlineData("acme.outsystems.dev:8443", "https://acme.outsystems.dev:8443/", "acme.outsystems.dev:8443", "acme")]
    [InlineData("http://localhost:5000", "http://localhost:5000/", "localhost:5000", "localhost")]
    [InlineData("http://127.0.0.1:5000/x", "http://127.0.0.1:5000/", "127.0.0.1:5000", "127.0.0.1:5000")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/", "[::1]:5000", "[::1]:5000")]
    public void A_host_or_any_url_names_the_tenant(string text, string origin, string host, string label)
    {
        var address = TenantAddress.Parse(text);
        Assert.Equal((origin, host, label), (address.Origin.ToString(), address.Host, address.Label));
    }

    [Theory]
    [InlineData("acme outsystems", OdcErrorCause.TenantInvalid)]
    [InlineData("acme\r\nHost: evil", OdcErrorCause.TenantInvalid)]
    [InlineData("https://", OdcErrorCause.TenantInvalid)]
    [InlineData("file:///etc/passwd", OdcErrorCause.TenantInvalid)]
    [InlineData("https://me:secret@acme.example", OdcErrorCause.TenantInvalid)]
    [InlineData("http://acme.example", OdcErrorCause.TenantNotHttps)]
    [InlineData("http://localhost.evil.example", OdcErrorCause.TenantNotHttps)]
    [InlineData("", OdcErrorCause.TenantMissing)]
    [InlineData(null, OdcErrorCause.TenantMissing)]
    public void Anything_else_is_refused(string? text, OdcErrorCause cause)
    {
        var e = Assert.Throws<OdcException>(() => TenantAddress.Parse(text));
        Assert.Equal(cause, e.Cause);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme.example", "acme.example")]
    [InlineData("http://localhost:5000", "http://localhost:5000")]
    public void What_is_stored_reads_back_the_same(string text, string stored)
    {
        Assert.Equal(stored, TenantAddress.Parse(text).Stored);
        Assert.Equal(TenantAddress.Parse(text), TenantAddress.Parse(stored));
    }
}
