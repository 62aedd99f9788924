using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class RetryTests
{
    private static readonly ApiRequest Read = new(HttpMethod.Get, "/api/identity/v1/users");
    private static readonly ApiRequest Write = new(HttpMethod.Post, "/api/identity/v1/users");

    public static TheoryData<OdcErrorCause, int, bool, int, int> Failures => new()
    {
        // cause, status, never left, tries of a read, tries of a write
        { OdcErrorCause.Unavailable, 503, false, 5, 1 },
        { OdcErrorCause.Unavailable, 502, false, 5, 1 },
        { OdcErrorCause.UnexpectedResponse, 200, false, 5, 1 },
        { OdcErrorCause.UnexpectedResponse, 299, false, 5, 1 },
        { OdcErrorCause.UnexpectedResponse, 300, false, 1, 1 },
        { OdcErrorCause.ConnectFailed, 0, false, 5, 1 },
        { OdcErrorCause.ConnectFailed, 0, true, 5, 5 },
        { OdcErrorCause.DnsFailed, 0, true, 5, 5 },
        { OdcErrorCause.Timeout, 0, false, 5, 1 },
        { OdcErrorCause.CertificateNotTrusted, 0, true, 1, 1 },
        { OdcErrorCause.Throttled, 429, false, 11, 11 },
        { OdcErrorCause.InvalidRequest, 400, false, 1, 1 },
        { OdcErrorCause.AccessDenied, 403, false, 1, 1 },
        { OdcErrorCause.NotFound, 404, false, 1, 1 },
        { OdcErrorCause.SignInFailed, 0, false, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_is_repeated_depends_on_what_is_safe(OdcErrorCause cause, int status, bool wasNotSent, int reads, int writes)
    {
        Assert.Equal(reads, await TriesAsync(Read, cause, status, wasNotSent));
        Assert.Equal(writes, await TriesAsync(Write, cause, status, wasNotSent));
    }

    [Theory]
    [InlineData(OdcErrorCause.ConnectFailed, 0, OdcErrorCause.OutcomeUnknown)]
    [InlineData(OdcErrorCause.Timeout, 0, OdcErrorCause.OutcomeUnknown)]
    [InlineData(OdcErrorCause.Unavailable, 502, OdcErrorCause.OutcomeUnknown)]
    [InlineData(OdcErrorCause.Unavailable, 504, OdcErrorCause.OutcomeUnknown)]
    [InlineData(OdcErrorCause.Unavailable, 408, OdcErrorCause.OutcomeUnknown)]
    [InlineData(OdcErrorCause.Unavailable, 500, OdcErrorCause.Unavailable)]
    [InlineData(OdcErrorCause.Unavailable, 503, OdcErrorCause.Unavailable)]
    public async Task A_write_without_its_answer_says_that_its_outcome_is_unknown(OdcErrorCause cause, int status, OdcErrorCause told)
    {
        var retry = new Retry(4, TimeSpan.Zero, TimeProvider.System);
        var e = await Assert.ThrowsAnyAsync<OdcException>(() => retry.RunAsync<int>(Write, () => throw Failure(cause, status, wasNotSent: false), new Caller(), default));
        Assert.Equal(told, e.Cause);
    }

    [Fact]
    public async Task What_is_done_is_told()
    {
        var (retry, caller) = (new Retry(1, TimeSpan.Zero, TimeProvider.System), new Caller());
        await Assert.ThrowsAnyAsync<OdcException>(() => retry.RunAsync<int>(Read, () => throw Failure(OdcErrorCause.Unavailable, 503, wasNotSent: false), caller, default));
        Assert.Equal(["GET /api/identity/v1/users failed and is sent again (1 of 1): m"], caller.Messages);
        caller.Messages.Clear();
        await Assert.ThrowsAnyAsync<OdcException>(() => retry.RunAsync<int>(Write, () => throw Failure(OdcErrorCause.Throttled, 429, wasNotSent: false), caller, default));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"POST /api/identity/v1/users was rejected by the rate limit; it is sent again ({i} of 10)."), caller.Messages);
        var e = await Assert.ThrowsAsync<OdcException>(() => retry.RunAsync<int>(Write, () => throw Failure(OdcErrorCause.Timeout, 0, wasNotSent: false), caller, default));
        Assert.Equal("POST /api/identity/v1/users was sent, but its answer did not come: it may have been done or not. m", e.Message);
        Assert.Equal("Read the object to see whether the change was made, before you send it again. It was not repeated.", e.RecommendedAction);
        Assert.Equal(OdcErrorCause.Timeout, Assert.IsType<OdcException>(e.InnerException).Cause);
    }

    [Theory]
    [InlineData(null, 499, 501)]
    [InlineData(7000, 6999, 2)]
    public async Task Where_no_budget_holds_it_back_a_429_is_waited_for(int? asked, int tooShort, int rest)
    {
        var time = new FakeTimeProvider();
        var retry = new Retry(4, TimeSpan.FromSeconds(1), time);
        var tries = 0;
        var running = retry.RunAsync(new ApiRequest(HttpMethod.Get, "/api/unlimited"), () => ++tries == 2 ? Task.FromResult(tries) : throw new OdcApiException(OdcErrorCause.Throttled, "m", "a")
        {
            StatusCode = 429,
            RetryAfter = asked is { } pause ? TimeSpan.FromMilliseconds(pause) : null,
        }, new Caller(), default);
        time.Advance(TimeSpan.FromMilliseconds(tooShort));
        await Task.Delay(20);
        Assert.Equal(1, tries);
        time.Advance(TimeSpan.FromMilliseconds(rest));
        Assert.Equal(2, await running);
    }

    [Fact]
    public async Task An_error_after_several_tries_says_how_many()
    {
        var retry = new Retry(2, TimeSpan.Zero, TimeProvider.System);
        var e = await Assert.ThrowsAnyAsync<OdcException>(() => retry.RunAsync<int>(Read, () => throw Failure(OdcErrorCause.Unavailable, 503, wasNotSent: false), new Caller(), default));
        Assert.Equal("m It was tried 3 times in 0 seconds.", e.Message);
    }

    [Fact]
    public async Task After_two_minutes_nothing_is_tried_again()
    {
        var time = new FakeTimeProvider();
        var (tries, caller) = (0, new Caller());
        await Assert.ThrowsAnyAsync<OdcException>(() => new Retry(4, TimeSpan.Zero, time).RunAsync<int>(
            Read, () =>
            {
                tries++;
                time.Advance(TimeSpan.FromSeconds(100));
                throw Failure(OdcErrorCause.Timeout, 0, wasNotSent: false);
            }, caller, default));
        Assert.Equal(2, tries);
        Assert.Contains(caller.Progresses, p => p.Status == "GET /api/identity/v1/users: try 2 of 5");
    }

    [Fact]
    public async Task Who_is_in_a_hurry_asks_once()
    {
        var tries = 0;
        await Assert.ThrowsAnyAsync<OdcException>(() => new Retry(4, TimeSpan.Zero, TimeProvider.System).RunAsync<int>(
            Read, () => { tries++; throw Failure(OdcErrorCause.Throttled, 429, wasNotSent: false); }, new HurriedCaller(new Caller()), default));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task It_goes_on_as_soon_as_it_works()
    {
        var tries = 0;
        var retry = new Retry(4, TimeSpan.Zero, TimeProvider.System);
        Assert.Equal(3, await retry.RunAsync(Read, () => ++tries < 3 ? throw Failure(OdcErrorCause.Unavailable, 503, wasNotSent: false) : Task.FromResult(tries), new Caller(), default));
    }

    [Fact]
    public async Task Pauses_grow_and_end_with_the_cancellation()
    {
        var time = new FakeTimeProvider();
        var retry = new Retry(4, TimeSpan.FromSeconds(1), time);
        using var stop = new CancellationTokenSource();
        var tries = 0;
        var running = retry.RunAsync<int>(Read, () => { tries++; throw Failure(OdcErrorCause.Unavailable, 503, wasNotSent: false); }, new Caller(), stop.Token);
        Assert.Equal(1, tries);
        // The first pause ends somewhere in its second half; the next is a second at least from then on.
        for (var step = 0; step < 20 && tries == 1; step++)
        {
            time.Advance(TimeSpan.FromSeconds(0.05));
            SpinWait.SpinUntil(() => tries == 2, 30);
        }

        Assert.True(SpinWait.SpinUntil(() => tries == 2, 5000));
        time.Advance(TimeSpan.FromSeconds(0.9));
        await Task.Delay(50);
        Assert.Equal(2, tries);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static async Task<int> TriesAsync(ApiRequest request, OdcErrorCause cause, int status, bool wasNotSent)
    {
        var tries = 0;
        var retry = new Retry(4, TimeSpan.Zero, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OdcException>(() => retry.RunAsync<int>(request, () => { tries++; throw Failure(cause, status, wasNotSent); }, new Caller(), default));
        return tries;
    }

    private static OdcException Failure(OdcErrorCause cause, int status, bool wasNotSent) => status == 0
        ? new OdcException(cause, "m", "a") { WasNotSent = wasNotSent }
        : new OdcApiException(cause, "m", "a") { StatusCode = status };
}
