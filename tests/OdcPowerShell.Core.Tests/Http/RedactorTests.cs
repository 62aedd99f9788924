namespace OdcPowerShell.Core.Tests.Http;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("""{"access_token":"abc","expires_in":60}""", """{"access_token":***,"expires_in":60}""")]
    [InlineData("""{"clientSecret": "a \"quoted\", one"}""", """{"clientSecret": ***}""")]
    [InlineData("grant_type=x&client_secret=abc%20d&y=1", "grant_type=x&client_secret=***&y=1")]
    [InlineData("Authorization: Bearer abc.def-ghi", "Authorization: ***")]
    [InlineData("token eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.sig_-1 end", "token *** end")]
    [InlineData("https://s3.example/x?X-Amz-Signature=abc&X-Amz-Date=1&z=2", "https://s3.example/x?X-Amz-Signature=***&X-Amz-Date=***&z=2")]
    [InlineData("https://blob.example/x?sv=1&sig=abc%2B", "https://blob.example/x?sv=1&sig=***")]
    [InlineData("Client secret expired", "Client secret expired")]
    [InlineData("password='two words'", "password=***")]
    public void Secrets_go_and_the_rest_stays(string text, string clean) => Assert.Equal(clean, Redactor.Clean(text));

    /// <summary>A text without certain words is not compared with the patterns. A character beyond ASCII has every text compared.</summary>
    [Fact]
    public void What_is_not_compared_has_nothing_to_remove()
    {
        string[] parts =
        [
            "token", "TOKEN", "client_secret", "secretKey", "api-key", "AccessKey", "private_key", "password", "passphrase", "activationCode", "X-Amz-Date", "x-goog-a", "sig", "Signature", "policy",
            "Authorization", "Bearer ", "eyJhbGciOiJ", "Basic ", "users", "?", "&", "limit", "offset", "code", "Key-Pair-Id", "=", "=", ":", "\"", "'", "://", "@", "/", " ", "abc", "1234567890", ".", ",", "{",
        ];
        var random = new Random(20);
        var removed = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            var clean = Redactor.Clean(text);
            Assert.Equal(Redactor.Clean("ü\n" + text), "ü\n" + clean);
            Assert.Equal(Redactor.CleanAddresses("ü\n" + text), "ü\n" + Redactor.CleanAddresses(text));
            removed += clean == text ? 0 : 1;
        }

        Assert.InRange(removed, 5_000, 45_000);
    }

    /// <summary>The patterns take longer to make than a request, and the paths of almost all requests are like the first of these.</summary>
    [Theory]
    [InlineData("/api/identity/v1/users?limit=100&offset=0", false)]
    [InlineData("https://acme.example/api/identity/v1/users", false)]
    [InlineData("token secret key pass code amz goog sig policy authorization", false)]
    [InlineData("eyJ", true)]
    [InlineData("bearer", true)]
    [InlineData("@", true)]
    [InlineData("\u212A", true)]
    [InlineData("\u007f", false)]
    [InlineData("TOKEN=", true)]
    [InlineData("token:", true)]
    [InlineData("secret=", true)]
    [InlineData("key=", true)]
    [InlineData("pass=", true)]
    [InlineData("code=", true)]
    [InlineData("amz=", true)]
    [InlineData("goog=", true)]
    [InlineData("sig=", true)]
    [InlineData("policy=", true)]
    [InlineData("authorization=", true)]
    public void Only_what_can_have_secrets_is_compared(string text, bool canHave) => Assert.Equal(canHave, Redactor.CanHaveSecrets(text));

    [Theory]
    [InlineData("https://me:s3cret@acme.example/x?sig=abc&y=1", "https://***@acme.example/x?sig=***&y=1")]
    [InlineData("://acme.example/x?sig=abc", "://acme.example/x?sig=***")]
    [InlineData("/x?sig=abc", "/x?sig=abc")]
    [InlineData("https://acme.example/x token=abc", "https://acme.example/x token=abc")]
    public void Of_addresses_only_what_lets_in_is_taken_out(string text, string clean) => Assert.Equal(clean, Redactor.CleanAddresses(text));

    [Theory]
    [InlineData("https://me:s3cret@acme.example:8443/x/y?token=abc#z", "https://acme.example:8443/x/y")]
    [InlineData("/login?token=abc", "/login")]
    [InlineData("login?a=1?token=abc", "login")]
    public void A_whole_address_has_no_query_and_no_password(string uri, string shown) => Assert.Equal(shown, Redactor.Whole(new Uri(uri, uri.Contains("://") ? UriKind.Absolute : UriKind.Relative)));

    [Fact]
    public void A_reason_that_is_kept_shows_no_password_of_an_address()
    {
        const string address = "https://me:s3cret@proxy.example/";
        var own = new OdcException(OdcErrorCause.Timeout, address, "Wait.");
        var plain = new InvalidOperationException("No.");
        var safe = Redactor.Safe(new InvalidOperationException("Not " + address, new ArgumentException(address, plain)));
        Assert.Null(Redactor.Safe(e: null));
        Assert.Same(own, Redactor.Safe(own));
        Assert.Same(plain, Redactor.Safe(plain));
        Assert.Equal(("Not https://***@proxy.example/", "https://***@proxy.example/"), (Assert.IsType<HttpRequestException>(safe).Message, safe.InnerException!.Message));
        Assert.Same(plain, safe.InnerException.InnerException);
    }

    [Fact]
    public void An_excerpt_is_one_line_of_200_characters()
    {
        Assert.Equal("a  b", Redactor.Excerpt(" a\r\nb "));
        Assert.Equal(new string('x', 200) + "…", Redactor.Excerpt(new string('x', 5000)));
        Assert.Equal(new string('x', 200) + "…", Redactor.Excerpt(new string('x', 201)));
        Assert.Equal(new string('x', 200), Redactor.Excerpt(new string('x', 200)));
        // A token is found before the text is cut, and nothing is looked at beyond 4,000 characters.
        Assert.Equal(new string('x', 190) + " ***", Redactor.Excerpt(new string('x', 190) + " Bearer " + new string('y', 500)));
        Assert.Equal("a", Redactor.Excerpt("a" + new string(' ', 3999) + "b"));
    }
}
