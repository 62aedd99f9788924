using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http.Budget;

public sealed class BudgetHandlerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();

    [Fact]
    public async Task A_full_window_waits_and_says_why_and_how_long()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        using var http = Handler(server);
        for (var i = 0; i < 10; i++)
            await SendAsync(http, "/api/environment-configurations/v1/x");
        var waiting = SendAsync(http, "/api/environment-configurations/v1/x");
        Assert.False(waiting.IsCompleted);
        await SendAsync(http, "/api/identity/v1/users");
        Assert.Equal(["Waiting about 60 s: the service allows 10 requests a minute for environment-configurations."], _caller.Messages.Where(m => m.StartsWith("Waiting", StringComparison.Ordinal)));
        for (var second = 0; second < 62 && !waiting.IsCompleted; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(_caller.Progresses.Count > 30, $"{_caller.Progresses.Count}");
        Assert.All(_caller.Progresses, p => Assert.Equal("Waiting for the rate limit of environment-configurations", p.Activity));
        Assert.Null(_caller.Progresses.Last().Left);
    }

    [Fact]
    public async Task A_wait_ends_with_the_cancellation_and_costs_nothing()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var budget = new RateBudget(TimeSpan.FromSeconds(60), _time);
        using var http = Handler(server, budget);
        for (var i = 0; i < 10; i++)
            await SendAsync(http, "/api/organization/v1/organization");
        using var stop = new CancellationTokenSource();
        var waiting = SendAsync(http, "/api/organization/v1/organization", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(10, budget.Read().Single().Used);
        Assert.Equal(10, server.Requests.Count);
    }

    [Fact]
    public async Task A_429_holds_the_next_request_back()
    {
        var answers = new Queue<HttpStatusCode>([(HttpStatusCode)429, HttpStatusCode.OK]);
        using var server = new FakeServer(_ =>
        {
            var answer = FakeServer.Json("{}", answers.Dequeue());
            answer.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(3));
            return answer;
        });
        using var http = Handler(server);
        await SendAsync(http, "/api/identity/v1/users");
        var next = SendAsync(http, "/api/identity/v1/users");
        _time.Advance(TimeSpan.FromSeconds(2.5));
        await Task.Delay(20);
        Assert.Single(server.Requests);
        for (var i = 0; i < 10 && !next.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(10);
        }

        await next.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(2001, true)]
    [InlineData(2000, false)]
    public async Task A_wait_of_two_seconds_is_not_worth_telling(int left, bool told)
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        using var http = Handler(server);
        for (var i = 0; i < 10; i++)
            await SendAsync(http, "/api/organization/v1/organization");
        _time.Advance(TimeSpan.FromMilliseconds(60_000 - left));
        using var stop = new CancellationTokenSource();
        var waiting = SendAsync(http, "/api/organization/v1/organization", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(told, _caller.Progresses.Count == 1);
        Assert.Equal(told, _caller.Messages.Exists(m => m == "Waiting about 2 s: the service allows 10 requests a minute for organization."));
    }

    [Fact]
    public async Task A_place_is_held_when_the_request_may_have_arrived_and_given_back_when_it_never_left()
    {
        var wasNotSent = true;
        using var server = new FakeServer(_ => throw new HttpRequestException("", new System.Net.Sockets.SocketException((int)(wasNotSent ? System.Net.Sockets.SocketError.ConnectionRefused : System.Net.Sockets.SocketError.ConnectionReset))));
        var budget = new RateBudget(TimeSpan.FromSeconds(60), _time);
        using var http = Handler(server, budget);
        Assert.True((await Assert.ThrowsAsync<OdcException>(() => SendAsync(http, "/api/identity/v1/users"))).WasNotSent);
        Assert.Equal(0, budget.Read().Single().Used);
        wasNotSent = false;
        Assert.False((await Assert.ThrowsAsync<OdcException>(() => SendAsync(http, "/api/identity/v1/users"))).WasNotSent);
        Assert.Equal(1, budget.Read().Single().Used);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, budget.Read().Single().Used);
    }

    [Fact]
    public async Task Who_is_in_a_hurry_does_without_and_takes_no_place()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        var budget = new RateBudget(TimeSpan.FromSeconds(60), _time);
        using var http = Handler(server, budget);
        for (var i = 0; i < 10; i++)
            await SendAsync(http, "/api/environment-configurations/v1/x");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/environment-configurations/v1/x");
        request.SetCaller(new HurriedCaller(_caller));
        var e = await Assert.ThrowsAsync<OdcException>(() => http.SendAsync(request, CancellationToken.None));
        Assert.Equal((OdcErrorCause.Throttled, true, 10, 10), (e.Cause, e.WasNotSent, budget.Read().Single().Used, server.Requests.Count));
    }

    [Fact]
    public async Task Of_pages_that_are_fetched_ahead_none_says_that_it_waits()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        using var http = Handler(server);
        for (var i = 0; i < 10; i++)
            await SendAsync(http, "/api/environment-configurations/v1/x");
        var background = new BackgroundCaller(_caller);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/api/environment-configurations/v1/x");
        request.SetCaller(background);
        var waiting = http.SendAsync(request, CancellationToken.None);
        Assert.DoesNotContain(_caller.Messages, m => m.StartsWith("Waiting", StringComparison.Ordinal));
        background.Await();
        for (var second = 0; second < 62 && !waiting.IsCompleted; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Single(_caller.Messages, m => m.StartsWith("Waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_outside_the_published_apis_is_not_held_back()
    {
        using var server = new FakeServer(_ => FakeServer.Json("{}"));
        using var http = Handler(server);
        for (var i = 0; i < 300; i++)
            await SendAsync(http, "/api/unknown/v1/x");
        Assert.Equal(300, server.Requests.Count);
    }

    private HttpMessageInvoker Handler(FakeServer server, RateBudget? budget = null)
    {
        var shared = budget ?? new RateBudget(TimeSpan.FromSeconds(60), _time);
        return new HttpMessageInvoker(new BudgetHandler(() => shared, share: 1, _time, server.Exchange()));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, string path, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example" + path);
        request.SetCaller(_caller);
        return await http.SendAsync(request, cancellationToken);
    }
}
