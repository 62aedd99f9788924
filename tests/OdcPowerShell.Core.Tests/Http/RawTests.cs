using System.Net.Http.Headers;
using System.Text.Json;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class RawTests
{
    private static readonly Uri Origin = new("https://acme.example/");

    [Theory]
    [InlineData("/api/x?a=1", "/api/x?a=1")]
    [InlineData("/a?to=https://evil.example/", "/a?to=https://evil.example/")]
    [InlineData(" api/x ", "/api/x")]
    [InlineData("//evil.example/x", "/evil.example/x")]
    [InlineData("https://acme.example/api/x?a=1#z", "/api/x?a=1")]
    [InlineData("HTTPS://ACME.example:443/api/x", "/api/x")]
    public void A_path_of_the_tenant_is_taken(string text, string path) => Assert.Equal(path, RawPath.On(Origin, text));

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("http://acme.example/x")]
    [InlineData("https://acme.example:444/x")]
    [InlineData("https://me@acme.example/x")]
    [InlineData("https://")]
    public void Anything_that_leads_elsewhere_is_refused(string text)
    {
        var e = Assert.Throws<OdcException>(() => RawPath.On(Origin, text));
        Assert.Equal((OdcErrorCause.InvalidRequest, $"'{text.Replace("://me@", "://***@")}' is not a path of acme.example."), (e.Cause, e.Message));
        Assert.Equal("Specify a path such as /api/identity/v1/users: requests with the access token go to the connection's tenant only.", e.RecommendedAction);
    }

    [Theory]
    [InlineData("/api/x", "/api/x?offset=a%26b")]
    [InlineData("/api/x?limit=5&Offset=3&z=1", "/api/x?limit=5&z=1&offset=a%26b")]
    [InlineData("/api/code-quality/v1/x?Limit=5&Offset=3", "/api/code-quality/v1/x?Limit=5&Offset=a%26b")]
    public void An_offset_replaces_the_one_before(string path, string expected) => Assert.Equal(expected, RawPath.WithOffset(path, "a&b"));

    [Theory]
    [InlineData("[1,2]", "1 2", 1)]
    [InlineData("{\"a\":1}", "{\"a\":1}", 1)]
    [InlineData("{\"results\":7}", "{\"results\":7}", 1)]
    [InlineData("{\"results\":[1],\"page\":{}}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":7}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":0}}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":-1}}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":\"\"}}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":true}}", "1", 1)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":9}}", "1 1", 2)]
    [InlineData("{\"results\":[1],\"page\":{\"nextPageOffset\":\"x\"}}", "1 1", 2)]
    [InlineData("{\"results\":[],\"page\":{\"nextPageOffset\":9}}", "", 1)]
    [InlineData("", "", 1)]
    public async Task Any_list_is_followed_and_none_for_ever(string body, string items, int requests)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        Assert.Equal(items, await ReadAsync(server));
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task Offsets_grow_and_cursors_change()
    {
        var nexts = new Queue<string>(["5", "10", "7"]);
        using var numbers = new FakeServer(_ => FakeServer.Json($$"""{"results":[1],"page":{"nextPageOffset":{{nexts.Dequeue()}} } }"""));
        await ReadAsync(numbers);
        Assert.Equal(["GET /api/x?a=1", "GET /api/x?a=1&offset=5", "GET /api/x?a=1&offset=10"], numbers.Requests.Select(r => r.Line));
        nexts = new Queue<string>(["\"p\"", "\"3\"", "\"q\"", "\"q\""]);
        using var cursors = new FakeServer(_ => FakeServer.Json($$"""{"results":[1],"page":{"nextPageOffset":{{nexts.Dequeue()}} } }"""));
        await ReadAsync(cursors);
        Assert.Equal(["GET /api/x?a=1", "GET /api/x?a=1&offset=p", "GET /api/x?a=1&offset=3", "GET /api/x?a=1&offset=q"], cursors.Requests.Select(r => r.Line));
    }

    [Theory]
    [InlineData("{", "application/json", true)]
    [InlineData("{}", "text/html", false)]
    [InlineData("{}", null, false)]
    public void What_is_not_json_is_not_an_answer(string body, string? type, bool hasInner)
    {
        var e = Assert.Throws<OdcApiException>(() => RawJson.Read(new ApiAnswer(200, type, System.Text.Encoding.UTF8.GetBytes(body)), new ApiRequest(HttpMethod.Get, "/x")));
        Assert.Equal((OdcErrorCause.UnexpectedResponse, hasInner), (e.Cause, e.InnerException is JsonException));
    }

    [Fact]
    public void A_write_without_a_body_has_an_empty_one_so_that_the_runtime_does_not_repeat_it()
    {
        using var write = new ApiRequest(HttpMethod.Delete, "/x").ToMessage(Origin);
        using var read = new ApiRequest(HttpMethod.Get, "/x", new Query().Add("a", "b")).ToMessage(Origin);
        using var full = new ApiRequest(HttpMethod.Post, "/x", Body: new ApiBody([1, 2], "text/plain")).ToMessage(Origin);
        Assert.Equal((0L, null), (write.Content!.Headers.ContentLength, read.Content));
        Assert.Equal((2L, new MediaTypeHeaderValue("text/plain")), (full.Content!.Headers.ContentLength, full.Content.Headers.ContentType));
        Assert.Equal("https://acme.example/x?a=b", read.RequestUri!.AbsoluteUri);
        Assert.Equal("application/json", read.Headers.Accept.ToString());
    }

    [Theory]
    [InlineData("https://acme.example//evil.example/x", "https://acme.example//evil.example/x")]
    [InlineData("\\\\evil.example\\x", "https://acme.example///evil.example/x")]
    [InlineData("/../../x", "https://acme.example/x")]
    [InlineData("/a%2f..%2fb/%2e%2e", "https://acme.example/")]
    public void A_path_that_looks_like_a_host_stays_on_the_tenant(string text, string sent)
    {
        using var message = new ApiRequest(HttpMethod.Get, RawPath.On(Origin, text)).ToMessage(Origin);
        Assert.Equal(sent, message.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "application/json; charset=utf-8")]
    [InlineData("text/csv", "text/csv")]
    public void A_media_type_may_have_parameters(string type, string sent)
    {
        using var content = new ApiBody([1], type).ToContent();
        Assert.Equal(sent, content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain;\r\n charset=utf-8")]
    [InlineData("text/plain\0")]
    [InlineData("text/plain, text/html")]
    public void What_is_no_media_type_is_refused(string type)
    {
        var e = Assert.Throws<OdcException>(() => new ApiBody([1], type).ToContent());
        Assert.Equal((OdcErrorCause.InvalidRequest, $"'{type.Replace('\r', ' ').Replace('\n', ' ')}' is not a media type."), (e.Cause, e.Message));
        Assert.Equal("Specify one such as application/json or text/plain; charset=utf-8.", e.RecommendedAction);
    }

    [Fact]
    public void Reading_is_safe_and_so_is_an_operation_that_says_so()
    {
        Assert.True(new ApiRequest(HttpMethod.Get, "/x").IsSafe);
        Assert.True(new ApiRequest(HttpMethod.Head, "/x").IsSafe);
        Assert.False(new ApiRequest(HttpMethod.Post, "/x").IsSafe);
        Assert.True(new ApiRequest(HttpMethod.Post, "/x", Operation: new Operation(HttpMethod.Post, "/x", "") { IsSafe = true }).IsSafe);
        Assert.False(new ApiRequest(HttpMethod.Post, "/x", Operation: new Operation(HttpMethod.Post, "/x", "")).IsSafe);
    }

    private static async Task<string> ReadAsync(FakeServer server)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        var list = new RawPages(Sample.Client(http), new ApiRequest(HttpMethod.Get, "/api/x?a=1"));
        Assert.Null(list.TotalCount);
        var items = new List<string>();
        await foreach (var page in list.PagesAsync(new Caller(), default))
            items.AddRange(page.Select(i => i.GetRawText()));
        return string.Join(" ", items);
    }
}
