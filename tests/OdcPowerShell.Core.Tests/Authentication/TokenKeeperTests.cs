using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class TokenKeeperTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();

    [Theory]
    [InlineData(43200, 43200 - 300 - 1, false)]
    [InlineData(43200, 43200 - 300, true)]
    [InlineData(1500, 1199, false)]
    [InlineData(1500, 1200, true)]
    [InlineData(60, 47, false)]
    [InlineData(60, 48, true)]
    public async Task A_token_is_renewed_five_minutes_before_its_end_or_at_four_fifths(int life, int age, bool renewed)
    {
        var issuer = new Issuer(_time) { Life = TimeSpan.FromSeconds(life) };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        await keeper.GetAsync(_caller, default);
        _time.Advance(TimeSpan.FromSeconds(age));
        await keeper.GetAsync(_caller, default);
        Assert.Equal(renewed ? 2 : 1, issuer.Count);
    }

    [Fact]
    public async Task The_wall_clock_does_not_matter()
    {
        var issuer = new Issuer(_time);
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var token = await keeper.GetAsync(_caller, default);
        Assert.Equal(_time.GetUtcNow() + issuer.Life, token.ExpiresOn);
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.Same(token, await keeper.GetAsync(_caller, default));
    }

    [Fact]
    public async Task Sixty_four_threads_ask_once()
    {
        var issuer = new Issuer(_time) { Gate = new TaskCompletionSource() };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var asked = Enumerable.Range(0, 64).Select(_ => Task.Run(() => keeper.GetAsync(_caller, default).AsTask())).ToList();
        await issuer.Started.Task;
        issuer.Gate.SetResult();
        var tokens = await Task.WhenAll(asked);
        Assert.Equal(1, issuer.Count);
        Assert.Single(tokens.Distinct());
    }

    [Fact]
    public async Task A_caller_that_is_cancelled_hands_the_renewal_on()
    {
        var issuer = new Issuer(_time) { Gate = new TaskCompletionSource() };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        using var stop = new CancellationTokenSource();
        var leader = keeper.GetAsync(_caller, stop.Token).AsTask();
        await issuer.Started.Task;
        var follower = keeper.GetAsync(_caller, default).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        issuer.Gate.SetResult();
        Assert.NotNull(await follower);
        Assert.Equal(2, issuer.Count);
    }

    [Fact]
    public async Task A_follower_can_be_cancelled_alone()
    {
        var issuer = new Issuer(_time) { Gate = new TaskCompletionSource() };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var leader = keeper.GetAsync(_caller, default).AsTask();
        await issuer.Started.Task;
        using var stop = new CancellationTokenSource();
        var follower = keeper.GetAsync(_caller, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower);
        issuer.Gate.SetResult();
        Assert.NotNull(await leader);
    }

    [Fact]
    public async Task A_failure_reaches_all_who_wait_and_the_next_call_tries_again()
    {
        var issuer = new Issuer(_time) { Gate = new TaskCompletionSource(), Failure = Failure() };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var leader = keeper.GetAsync(_caller, default).AsTask();
        await issuer.Started.Task;
        var follower = keeper.GetAsync(_caller, default).AsTask();
        issuer.Gate.SetResult();
        Assert.Same(issuer.Failure, await Assert.ThrowsAsync<OdcException>(() => leader));
        Assert.Same(issuer.Failure, await Assert.ThrowsAsync<OdcException>(() => follower));
        Assert.Equal(1, issuer.Count);
        issuer.Failure = null;
        Assert.NotNull(await keeper.GetAsync(_caller, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_waits_for_anothers_renewal_gets_what_it_gets(bool fails)
    {
        var issuer = new Issuer(_time) { Gate = new TaskCompletionSource(), Failure = fails ? Failure() : null };
        var old = new AccessToken(new Secret("old"), TimeSpan.FromHours(1), _time, _time.GetTimestamp());
        var keeper = new TokenKeeper(issuer.IssueAsync, _time, old);
        _time.Advance(TimeSpan.FromMinutes(56));
        var leader = keeper.GetAsync(_caller, default).AsTask();
        var follower = keeper.GetAsync(_caller, default).AsTask();
        Assert.False(follower.IsCompleted);
        issuer.Gate.SetResult();
        await follower.WaitAsync(TimeSpan.FromSeconds(10));
        var token = await follower;
        Assert.Same(await leader, token);
        Assert.Equal((fails, 1), (ReferenceEquals(old, token), issuer.Count));
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_for_all()
    {
        var issuer = new Issuer(_time);
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var old = await keeper.GetAsync(_caller, default);
        var renewed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => keeper.RenewAsync(old, _caller, default))));
        Assert.Equal(2, issuer.Count);
        Assert.DoesNotContain(old, renewed);
    }

    [Fact]
    public async Task A_failed_renewal_leaves_a_living_token_in_use_and_rests()
    {
        var issuer = new Issuer(_time) { Life = TimeSpan.FromHours(1) };
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var token = await keeper.GetAsync(_caller, default);
        _time.Advance(TimeSpan.FromMinutes(56));
        issuer.Failure = Failure();
        Assert.Same(token, await keeper.GetAsync(_caller, default));
        Assert.Same(token, await keeper.GetAsync(_caller, default));
        Assert.Equal(2, issuer.Count);
        Assert.Equal([$"The access token could not be renewed and is used until it expires at {token.ExpiresOn:HH:mm:ss} UTC. Not now."], _caller.Warnings);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Same(token, await keeper.GetAsync(_caller, default));
        Assert.Equal(3, issuer.Count);
        _time.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync<OdcException>(() => keeper.GetAsync(_caller, default).AsTask());
    }

    [Fact]
    public async Task A_refused_token_is_not_given_back_when_its_renewal_fails()
    {
        var issuer = new Issuer(_time);
        var keeper = new TokenKeeper(issuer.IssueAsync, _time);
        var token = await keeper.GetAsync(_caller, default);
        issuer.Failure = Failure();
        await Assert.ThrowsAsync<OdcException>(() => keeper.RenewAsync(token, _caller, default));
        // But it is kept: a resumed client's old token works again.
        Assert.Same(token, await keeper.GetAsync(_caller, default));
    }

    [Fact]
    public async Task A_token_from_elsewhere_is_used_to_its_end()
    {
        var token = new AccessToken(new Secret("x"), TimeSpan.FromHours(1), _time, _time.GetTimestamp());
        var keeper = new TokenKeeper(issue: null, _time, token);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Same(token, await keeper.GetAsync(_caller, default));
        Assert.Empty(_caller.Warnings);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(OdcErrorCause.TokenExpired, (await Assert.ThrowsAsync<OdcException>(() => keeper.GetAsync(_caller, default).AsTask())).Cause);
    }

    [Fact]
    public async Task A_token_whose_end_is_not_known_is_used_until_it_is_refused()
    {
        var token = new AccessToken(new Secret("x"), life: null, _time, _time.GetTimestamp());
        var keeper = new TokenKeeper(issue: null, _time, token);
        _time.Advance(TimeSpan.FromDays(400));
        Assert.Same(token, await keeper.GetAsync(_caller, default));
        Assert.Null(token.ExpiresOn);
    }

    private static OdcException Failure() => new(OdcErrorCause.Unavailable, "Not now.", "Later.");

    private sealed class Issuer(TimeProvider time)
    {
        private int _count;

        internal TimeSpan Life { get; init; } = TimeSpan.FromHours(1);

        internal TaskCompletionSource? Gate { get; init; }

        internal TaskCompletionSource Started { get; } = new();

        internal OdcException? Failure { get; set; }

        internal int Count => _count;

        internal async Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            Started.TrySetResult();
            if (Gate is not null)
                await Gate.Task.WaitAsync(cancellationToken);
            return Failure is null ? new AccessToken(new Secret($"token {_count}"), Life, time, time.GetTimestamp()) : throw Failure;
        }
    }
}
