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
    public async Task The_second_request_is_counted_as_the_first_is()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.Unauthorized, HttpStatusCode.OK]);
        using var server = new FakeServer(_ => FakeServer.Json("{}", answers.Dequeue()));
        var budget = new RateBudget(TimeSpan.FromMinutes(1), TimeProvider.System);
        var keeper = new TokenKeeper(new Numbered().IssueAsync, TimeProvider.System);
        using var http = new HttpMessageInvoker(new TokenHandler(keeper, Origin, new BudgetHandler(() => budget, 1, TimeProvider.System, new FreshTokenHandler(keeper, server.Exchange()))));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/identity/v1/users");
        request.SetCaller(new Caller());
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(request, CancellationToken.None)).StatusCode);
        Assert.Equal(2, Assert.Single(budget.Read()).Used);
        Assert.Equal(["Bearer 1", "Bearer 2"], server.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task A_page_with_401_is_no_refusal_of_the_token()
    {
        using var server = new FakeServer(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("<html>", System.Text.Encoding.UTF8, "text/html") });
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, "https://acme.example/api/x", content: null)).StatusCode);
        Assert.Single(server.Requests);
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

    [Theory]
    [InlineData(OdcErrorCause.Timeout)]
    [InlineData(OdcErrorCause.ConnectFailed)]
    [InlineData(OdcErrorCause.Unavailable)]
    public async Task A_write_for_which_no_token_could_be_had_was_not_sent_and_is_made_again(OdcErrorCause cause)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var issuer = new Numbered { Failures = new([new OdcException(cause, "The identity server is away.", "Wait.")]) };
        using var http = new HttpMessageInvoker(new TokenHandler(new TokenKeeper(issuer.IssueAsync, TimeProvider.System), Origin, server.Exchange()));
        var client = new OdcClient(Origin, http, tokens: null!, new Retry(2, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        await client.SendAsync(new ApiRequest(HttpMethod.Post, "/api/x"), answer => answer, new Caller(), default);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_is_not_tried_again()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var issuer = new Numbered { Failures = new([new OdcException(OdcErrorCause.SignInFailed, "No.", "Mend it.")]) };
        using var http = new HttpMessageInvoker(new TokenHandler(new TokenKeeper(issuer.IssueAsync, TimeProvider.System), Origin, server.Exchange()));
        var client = new OdcClient(Origin, http, tokens: null!, new Retry(2, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        Assert.Equal(OdcErrorCause.SignInFailed, (await Assert.ThrowsAsync<OdcException>(() => client.SendAsync(new ApiRequest(HttpMethod.Get, "/api/x"), answer => answer, new Caller(), default))).Cause);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task For_a_passive_caller_a_401_stays_one()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}", HttpStatusCode.Unauthorized));
        using var http = new HttpMessageInvoker(new TokenHandler(new TokenKeeper(new Numbered().IssueAsync, TimeProvider.System), Origin, server.Exchange()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/x");
        request.SetCaller(new Passive());
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request, CancellationToken.None)).StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_answer_is_let_go()
    {
        var answers = new Queue<Held>([new Held(HttpStatusCode.Unauthorized), new Held(HttpStatusCode.OK)]);
        var given = answers.ToArray();
        using var server = new FakeServer(_ => answers.Dequeue());
        using var http = new HttpMessageInvoker(new TokenHandler(new TokenKeeper(new Numbered().IssueAsync, TimeProvider.System), Origin, server));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/x");
        request.SetCaller(new Caller());
        Assert.Same(given[1], await http.SendAsync(request, CancellationToken.None));
        Assert.Equal([true, false], given.Select(g => g.IsLetGo));
    }

    private static async Task<HttpResponseMessage> SendAsync(FakeServer server, string uri, HttpContent? content)
    {
        var keeper = new TokenKeeper(new Numbered().IssueAsync, TimeProvider.System);
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

    private sealed class Passive : IPassiveCaller
    {
        public bool IsWaiting => false;

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Incomplete(string message)
        {
        }

        public void Progress(CallerProgress progress)
        {
        }

        public void Reused(TimeSpan age)
        {
        }

        public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class Numbered
    {
        private int _count;

        internal Queue<OdcException> Failures { get; init; } = new();

        internal Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken) => Failures.Count > 0
            ? Task.FromException<AccessToken>(Failures.Dequeue())
            : Task.FromResult(new AccessToken(new Secret($"{++_count}"), TimeSpan.FromHours(1), TimeProvider.System, TimeProvider.System.GetTimestamp()));
    }
}
