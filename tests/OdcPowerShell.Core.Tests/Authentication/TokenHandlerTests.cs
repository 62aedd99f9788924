using System.Net;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class TokenHandlerTests
{
    private static readonly Uri Origin = new("https://acme.example/");

    [Fact]
    public async Task A_401_is_repeated_once_with_a_new_token_and_the_same_body()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.Unauthorized, HttpStatusCode.OK]);
        using var server = new FakeServer(_ => FakeServer.Json("{}", answers.Dequeue()));
        var response = await SendAsync(server, "https://acme.example/api/x", new StringContent("body"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([("POST /api/x", "Bearer 1", "body"), ("POST /api/x", "Bearer 2", "body")], server.Requests);
    }

    [Fact]
    public async Task A_second_401_is_the_answer()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}", HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, "https://acme.example/api/x", content: null)).StatusCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("https://evil.example/api/x")]
    [InlineData("http://acme.example/api/x")]
    [InlineData("https://acme.example:444/api/x")]
    [InlineData("https://acme.example.evil.example/api/x")]
    public async Task The_token_never_goes_to_another_origin(string uri)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(server, uri, content: null));
        Assert.Equal("A request to another origin must not pass the token handler.", e.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_refused_answer_is_let_go()
    {
        var answers = new Queue<Held>([new Held(HttpStatusCode.Unauthorized), new Held(HttpStatusCode.OK)]);
        var given = answers.ToArray();
        using var server = new FakeServer(_ => answers.Dequeue());
        using var http = new HttpMessageInvoker(new TokenHandler(new TokenKeeper(new Numbered(), TimeProvider.System), Origin, server));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/x");
        request.SetCaller(new Caller());
        Assert.Same(given[1], await http.SendAsync(request, CancellationToken.None));
        Assert.Equal([true, false], given.Select(g => g.IsLetGo));
    }

    private static async Task<HttpResponseMessage> SendAsync(FakeServer server, string uri, HttpContent? content)
    {
        var keeper = new TokenKeeper(new Numbered(), TimeProvider.System);
        using var http = new HttpMessageInvoker(new TokenHandler(keeper, Origin, server.Exchange()));
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, uri) { Content = content };
        request.SetCaller(new Caller());
        return await http.SendAsync(request, CancellationToken.None);
    }

    private sealed class Held(HttpStatusCode status) : HttpResponseMessage(status)
    {
        internal bool IsLetGo { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsLetGo = true;
            base.Dispose(disposing);
        }
    }

    private sealed class Numbered : ITokenIssuer
    {
        private int _count;

        public bool CanIssue => true;

        public Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken) =>
            Task.FromResult(new AccessToken(new Secret($"{++_count}"), TimeSpan.FromHours(1), TimeProvider.System, TimeProvider.System.GetTimestamp()));
    }
}
