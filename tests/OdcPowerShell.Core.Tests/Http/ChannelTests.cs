using System.Net;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class ChannelTests
{
    private static readonly Uri Target = new("https://acme.example/");

    [Fact]
    public void A_given_proxy_wins_and_one_that_is_the_target_is_none()
    {
        Assert.Equal(new Uri("http://proxy.example:8080/"), Channel.ProxyFor(Target, new Uri("http://proxy.example:8080")));
        Assert.Null(Channel.ProxyFor(Target, Target));
    }

    [Fact]
    public async Task Requests_say_who_asks_and_follow_no_redirect_and_keep_no_cookie()
    {
        var answers = new Queue<string>(
        [
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            LoopbackServer.Json("{}"),
        ]);
        using var server = new LoopbackServer(_ => answers.Dequeue());
        using var http = new HttpMessageInvoker(Channel.Open(new ClientOptions { UserAgent = "Tests/1.0" }));
        Assert.Equal(HttpStatusCode.Redirect, await SendAsync(http, server.Url));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, server.Url));
        Assert.Equal(["GET /", "GET /"], server.Requests);
        Assert.Contains("User-Agent: Tests/1.0", server.Headers);
        Assert.DoesNotContain(server.Headers, h => h.StartsWith("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_proxy_gets_the_requests()
    {
        using var proxy = new LoopbackServer(_ => LoopbackServer.Json("{}"));
        using var http = new HttpMessageInvoker(Channel.Open(new ClientOptions { Proxy = proxy.Url }));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, new Uri("http://acme.example/x")));
        Assert.Equal(["GET http://acme.example/x"], proxy.Requests);
        Assert.Contains("User-Agent: OdcPowerShell", proxy.Headers);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpMessageInvoker http, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.SetCaller(new Caller());
        using var response = await http.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }
}
