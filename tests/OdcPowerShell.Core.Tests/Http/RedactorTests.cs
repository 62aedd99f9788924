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
