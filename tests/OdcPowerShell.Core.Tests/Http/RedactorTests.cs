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
