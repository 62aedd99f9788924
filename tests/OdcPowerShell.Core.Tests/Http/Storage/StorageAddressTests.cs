namespace OdcPowerShell.Core.Tests.Http.Storage;

public sealed class StorageAddressTests
{
    [Theory]
    [InlineData("https://storage.example/a/b%20c.oml?sig=1", "https://storage.example/a/b%20c.oml", "b c.oml")]
    [InlineData(" http://127.0.0.1:5000/x?sig=1 ", "http://127.0.0.1:5000/x", "x")]
    [InlineData("https://storage.example", "https://storage.example/", "")]
    public void It_is_shown_without_its_query(string text, string shown, string name)
    {
        var address = StorageAddress.Parse(text);
        Assert.Equal((shown, name), (address.ToString(), address.FileName));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/uploads/1?sig=hidden")]
    [InlineData("http://storage.example/x?sig=hidden")]
    [InlineData("ftp://storage.example/x?sig=hidden")]
    [InlineData("file:///etc/passwd?sig=hidden")]
    [InlineData("https://user:hidden@storage.example/x")]
    public void Anything_but_https_is_refused_and_not_repeated(string? text)
    {
        var e = Assert.Throws<OdcException>(() => StorageAddress.Parse(text));
        Assert.Equal(OdcErrorCause.InvalidRequest, e.Cause);
        Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://other.example/y?sig=2", "https://other.example/y?sig=2")]
    [InlineData("/y", "https://storage.example/y")]
    public void A_redirection_is_followed_to_the_same_scheme(string location, string to) =>
        Assert.Equal(to, Here.Redirected(new Uri(location, UriKind.RelativeOrAbsolute)).Uri.AbsoluteUri);

    [Theory]
    [InlineData("http://storage.example/y?sig=hidden")]
    [InlineData("http://127.0.0.1/y?sig=hidden")]
    [InlineData("file:///y?sig=hidden")]
    public void And_to_no_other(string location)
    {
        var e = Assert.Throws<OdcException>(() => Here.Redirected(new Uri(location)));
        Assert.Equal(OdcErrorCause.UnexpectedResponse, e.Cause);
        Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_to_nowhere() => Assert.Throws<OdcException>(() => Here.Redirected(location: null));

    private static StorageAddress Here => StorageAddress.Parse("https://storage.example/x?sig=1");
}
