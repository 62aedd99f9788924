using System.Net;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class HttpHandlersTests
{
    private static readonly Uri Target = new("https://acme.example/");

    [Fact]
    public void A_given_proxy_wins_and_one_that_is_the_target_is_none()
    {
        Assert.Equal(new Uri("http://proxy.example:8080/"), Given(new Uri("http://proxy.example:8080")));
        Assert.Null(Given(Target));
    }

    /// <summary>As the runtime reads HTTPS_PROXY: the password is in the address.</summary>
    [Fact]
    public void The_password_in_a_variable_goes_to_the_proxy_and_the_address_is_shown_without_it()
    {
        var before = Environment.GetEnvironmentVariable("all_proxy");
        Environment.SetEnvironmentVariable("all_proxy", "http://us%40er:p%40x%22@proxy.example:8080");
        try
        {
            var route = new ProxyRoute(new Named(new Uri("http://us%40er:p%40x%22@proxy.example:8080")), new ClientOptions());
            var shown = route.For(Target)!;
            Assert.Equal(new Uri("http://proxy.example:8080/"), shown);
            Assert.Equal(("us@er", "p@x\""), (route.GetCredential(shown, "Basic")!.UserName, route.GetCredential(shown, "Basic")!.Password));
            Assert.Equal("given", new ProxyRoute(new Named(shown), new ClientOptions { ProxyCredential = new NetworkCredential("given", "x") }).GetCredential(shown, "Basic")!.UserName);
        }
        finally
        {
            Environment.SetEnvironmentVariable("all_proxy", before);
        }
    }

    [Fact]
    public void A_star_in_NO_PROXY_switches_the_systems_proxy_off_and_no_other()
    {
        var before = Environment.GetEnvironmentVariable("no_proxy");
        Environment.SetEnvironmentVariable("no_proxy", "a.example, *");
        try
        {
            Assert.Null(new ProxyRoute(new Named(new Uri("http://proxy.example:8080")), new ClientOptions()).For(Target));
            Assert.NotNull(Given(new Uri("http://proxy.example:8080")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("no_proxy", before);
        }
    }

    [Fact]
    public async Task Closed_connections_open_again()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Json("{}"));
        var exchange = HttpHandlers.Open(new ClientOptions());
        using var http = new HttpMessageInvoker(exchange);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, server.Url));
        exchange.Sockets!.Close();
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, server.Url));
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
        using var http = new HttpMessageInvoker(HttpHandlers.Open(new ClientOptions { UserAgent = "Tests/1.0" }));
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
        using var http = new HttpMessageInvoker(HttpHandlers.Open(new ClientOptions { Proxy = proxy.Url }));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, new Uri("http://acme.example/x")));
        Assert.Equal(["GET http://acme.example/x"], proxy.Requests);
        Assert.Contains("User-Agent: OdcPowerShell", proxy.Headers);
    }

    [Theory]
    [InlineData("proxy.example:8080", "http://proxy.example:8080/", null, null)]
    [InlineData(" http://proxy.example:8080 ", "http://proxy.example:8080/", null, null)]
    [InlineData("https://proxy.example", "https://proxy.example/", null, null)]
    [InlineData("socks5://proxy.example:1080", "socks5://proxy.example:1080/", null, null)]
    [InlineData("http://me:p%40x@proxy.example:8080", "http://proxy.example:8080/", "me", "p@x")]
    [InlineData("me@proxy.example:8080", "http://proxy.example:8080/", "me", "")]
    public void A_proxy_is_written_as_people_write_it(string text, string address, string? user, string? password)
    {
        var (parsed, credential) = ProxyAddress.Parse(new Uri(text, UriKind.RelativeOrAbsolute));
        Assert.Equal((new Uri(address), user, password), (parsed, credential?.UserName, credential?.Password));
    }

    [Theory]
    [InlineData("ftp://proxy.example", "ftp://proxy.example")]
    [InlineData("not a proxy", "not a proxy")]
    [InlineData("me:s3cret@not a proxy", "not a proxy")]
    public void What_is_no_proxy_is_refused_without_its_password(string text, string shown)
    {
        var e = Assert.Throws<OdcException>(() => ProxyAddress.Parse(new Uri(text, UriKind.RelativeOrAbsolute)));
        Assert.Equal((OdcErrorCause.InvalidRequest, $"'{shown}' is not the address of a proxy."), (e.Cause, e.Message));
        Assert.Equal("Specify host and port, such as proxy.example:8080 or http://proxy.example:8080.", e.RecommendedAction);
    }

    [Fact]
    public void A_proxy_has_the_credential_that_was_specified_or_of_its_address_or_the_users()
    {
        var plain = new Uri("http://proxy.example:8080/");
        var signedIn = new ClientOptions { Proxy = new Uri("http://me:s3cret@proxy.example:8080") };
        Assert.Equal(plain, new ProxyRoute(signedIn).For(Target));
        Assert.Equal(("me", "s3cret"), (Credential(signedIn)!.UserName, Credential(signedIn)!.Password));
        Assert.Equal("given", Credential(signedIn with { ProxyCredential = new NetworkCredential("given", "x") })!.UserName);
        Assert.Null(Credential(new ClientOptions { Proxy = plain }));
        Assert.NotNull(new ProxyRoute(new ClientOptions { Proxy = plain, UsesDefaultProxyCredential = true }).GetCredential(plain, "Negotiate"));
        Assert.Equal("The credential of a proxy comes from the connection's options.", Assert.Throws<NotSupportedException>(() => new ProxyRoute(signedIn).Credentials = null).Message);

        NetworkCredential? Credential(ClientOptions options) => new ProxyRoute(options).GetCredential(plain, "Basic");
    }

    private static Uri? Given(Uri proxy) => new ProxyRoute(new ClientOptions { Proxy = proxy }).For(Target);

    private sealed class Named(Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => proxy;

        public bool IsBypassed(Uri host) => false;
    }

    private static async Task<HttpStatusCode> SendAsync(HttpMessageInvoker http, Uri uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.SetCaller(new Caller());
        using var response = await http.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }
}
