namespace OdcPowerShell.Core.Tests.Http;

public sealed class PagesAheadTests
{
    private readonly List<long> _asked = [];
    private readonly Caller _caller = new();

    [Fact]
    public async Task Nothing_is_fetched_before_the_first_page_was_consumed_then_1_2_4_8()
    {
        var ahead = new PagesAhead<long>();
        await ahead.TakeAsync(0, stride: 0, end: 0, FetchAsync, _caller);
        Assert.Equal([0], _asked);
        var expected = new[] { 2, 4, 7, 12, 13, 14 };
        for (var page = 1; page <= 6; page++)
        {
            Assert.Equal(page * 10, await ahead.TakeAsync(page * 10, stride: 10, end: 5000, FetchAsync, _caller));
            Assert.Equal(expected[page - 1], _asked.Count - 1);
        }

        Assert.Equal(_asked.Distinct(), _asked);
    }

    [Fact]
    public async Task Nothing_is_fetched_beyond_the_end()
    {
        var ahead = new PagesAhead<long>();
        for (var page = 0; page < 3; page++)
            await ahead.TakeAsync(page * 10, stride: page == 0 ? 0 : 10, end: 30, FetchAsync, _caller);
        Assert.Equal([0, 10, 20], _asked);
    }

    [Fact]
    public async Task Only_a_page_that_is_waited_for_shows_its_progress()
    {
        var ahead = new PagesAhead<long>();
        var page = new TaskCompletionSource<long>();
        ICaller? background = null;
        await ahead.TakeAsync(10, 10, 30, (at, who) => at == 20 ? Keep(who) : FetchAsync(at, who), _caller);
        background!.Progress(new CallerProgress("Nobody waits yet", Left: null));
        var taking = ahead.TakeAsync(20, 10, 30, FetchAsync, _caller);
        background.Progress(new CallerProgress("Waiting", Left: null));
        page.SetResult(20);
        await taking;
        Assert.Equal("Waiting", Assert.Single(_caller.Progresses).Activity);

        Task<long> Keep(ICaller who)
        {
            background = who;
            return page.Task;
        }
    }

    [Fact]
    public async Task A_page_that_failed_ahead_is_asked_for_again()
    {
        var ahead = new PagesAhead<long>();
        await ahead.TakeAsync(10, 10, 5000, (at, who) => at == 20 && !who.IsWaiting ? Task.FromException<long>(new OdcException(OdcErrorCause.Timeout, "", "")) : FetchAsync(at, who), _caller);
        Assert.Equal(20, await ahead.TakeAsync(20, 10, 5000, FetchAsync, _caller));
        Assert.Equal(1, _asked.Count(a => a == 20));
    }

    [Fact]
    public async Task A_page_that_is_under_way_is_waited_for_and_not_kept()
    {
        var ahead = new PagesAhead<long>();
        var underWay = new TaskCompletionSource<long>();
        await ahead.TakeAsync(10, 10, 30, (at, who) => who.IsWaiting ? FetchAsync(at, who) : underWay.Task, _caller);
        var taking = ahead.TakeAsync(20, 0, 30, FetchAsync, _caller);
        Assert.False(taking.IsCompleted);
        underWay.SetResult(21);
        Assert.Equal(21, await taking);
        Assert.Equal([10], _asked);
        Assert.Equal(20, await ahead.TakeAsync(20, 0, 30, FetchAsync, _caller));
        Assert.Equal([10, 20], _asked);
    }

    [Fact]
    public async Task A_jump_of_the_server_throws_away_what_was_fetched()
    {
        var ahead = new PagesAhead<long>();
        await ahead.TakeAsync(10, 10, 5000, FetchAsync, _caller);
        Assert.Equal(25, await ahead.TakeAsync(25, 0, 5000, FetchAsync, _caller));
        Assert.Equal(20, await ahead.TakeAsync(20, 0, 5000, FetchAsync, _caller));
        Assert.Equal([10, 20, 25, 20], _asked);
    }

    [Fact]
    public async Task Work_for_the_callers_thread_is_refused_while_it_is_busy_elsewhere()
    {
        ICaller background = new BackgroundCaller(_caller);
        Assert.False(background.IsWaiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => background.RunOnCallerThreadAsync(_ => 1, default));
        background.Warning("w");
        Assert.Equal(["w"], _caller.Warnings);
    }

    private Task<long> FetchAsync(long offset, ICaller caller)
    {
        _asked.Add(offset);
        return Task.FromResult(offset);
    }
}
