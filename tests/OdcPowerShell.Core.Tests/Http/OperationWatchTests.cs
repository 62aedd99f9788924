using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http;

/// <summary>Waiting for operations, on a clock that is put forward.</summary>
public sealed class OperationWatchTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();
    private readonly Dictionary<string, string> _states = new(StringComparer.OrdinalIgnoreCase);
    private int _looks;

    [Fact]
    public async Task What_has_ended_is_handed_over_without_a_look_and_then_there_is_nothing()
    {
        var watch = Watch(Kind(), Hour);
        watch.Add(new Op("a", "Finished"));
        Assert.Equal("a", Assert.Single(await watch.NextAsync(_caller, default)).OperationKey);
        Assert.Empty(await watch.NextAsync(_caller, default));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public async Task It_looks_every_5_seconds_for_30_and_every_30_after()
    {
        var watch = Watch(Kind(), Hour);
        watch.Add(new Op("a", "Running"));
        var next = watch.NextAsync(_caller, default);
        for (var second = 5; second <= 90; second += 5)
        {
            await PassAsync(4);
            Assert.Equal(second <= 30 ? (second / 5) - 1 : second <= 60 ? 6 : 7, _looks);
            await PassAsync(1);
            Assert.Equal(second < 30 ? second / 5 : second < 60 ? 6 : second < 90 ? 7 : 8, _looks);
        }

        Assert.Equal("1 Running, for 90 s", _caller.Progresses.Last().Status);
        Assert.All(_caller.Progresses, p => Assert.Equal("Waiting for operations", p.Activity));
        _states["a"] = "Finished";
        await PassAsync(30);
        Assert.Equal("Finished", Assert.Single(await next).Status);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_handed_over_as_it_is_and_in_time()
    {
        var watch = Watch(Kind(), TimeSpan.FromSeconds(40));
        watch.Add(new Op("a", "Running"));
        var next = watch.NextAsync(_caller, default);
        for (var looks = 1; looks <= 6; looks++)
            await PassAsync(5);
        await PassAsync(9);
        Assert.False(next.IsCompleted);
        await PassAsync(1);
        Assert.Equal("Running", Assert.Single(await next).Status);
        Assert.Empty(watch.UnderWay);
    }

    [Fact]
    public async Task One_that_can_not_be_read_is_handed_over_with_the_reason_and_the_others_go_on()
    {
        var watch = Watch(Kind(unreadable: "b"), Hour);
        var b = new Op("b", "Running");
        watch.Add(new Op("a", "Running"));
        watch.Add(b);
        var next = watch.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Same(b, Assert.Single(await next));
        Assert.Equal(OdcErrorCause.NotFound, watch.WhyUnread(b)!.Cause);
        Assert.Equal(["a"], watch.UnderWay.Select(o => o.OperationKey));
        Assert.Null(watch.WhyUnread(watch.UnderWay.Single()));
    }

    [Fact]
    public async Task One_that_was_given_twice_and_can_not_be_read_is_handed_over_twice()
    {
        var watch = Watch(Kind(unreadable: "b"), Hour);
        var b = new Op("b", "Running");
        watch.Add(b);
        watch.Add(b);
        var next = watch.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal([b, b], await next);
    }

    [Fact]
    public async Task A_list_is_matched_by_key_whatever_its_order_and_carries_what_only_was_known_before()
    {
        var kind = new OperationKind<Op>("thing", "Look again.", (_, _, _, _) => Task.FromResult<IReadOnlyList<Op>>([new Op("other", "Finished"), new Op("B", "Finished"), new Op("a", "Running")]), None, (before, now) => now.Note = before.Note);
        var watch = Watch(kind, Hour);
        watch.Add(new Op("a", "Running") { Note = "of a" });
        watch.Add(new Op("b", "Running") { Note = "of b" });
        var next = watch.NextAsync(_caller, default);
        await PassAsync(5);
        var ended = Assert.Single(await next);
        Assert.Equal(("B", "of b", "Finished"), (ended.OperationKey, ended.Note, ended.Status));
        Assert.Equal(["of a"], watch.UnderWay.Select(o => o.Note));
        Assert.Equal("2 Running, for 0 s", _caller.Progresses[0].Status);
    }

    [Fact]
    public async Task Answers_without_keys_are_matched_by_their_order()
    {
        var kind = new OperationKind<Op>("thing", "Look again.", (_, _, _, _) => Task.FromResult<IReadOnlyList<Op>>([new Op(null, "Running"), new Op(null, "Finished")]), None, (before, now) => now.Note = before.Note) { IsInOrder = true };
        var watch = Watch(kind, Hour);
        watch.Add(new Op("a", "Running") { Note = "first" });
        watch.Add(new Op("b", null) { Note = "second" });
        var next = watch.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal("second", Assert.Single(await next).Note);
        Assert.Equal("1 Running, 1 Unknown, for 0 s", _caller.Progresses[0].Status);
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var watch = Watch(Kind(), Hour);
        watch.Add(new Op("a", "Running"));
        var next = watch.NextAsync(_caller, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Theory]
    [InlineData(null, "", "The thing k ended as Failed: the service gives no reason.")]
    [InlineData("", "One. Two.", "The thing k ended as Failed: One. Two.")]
    [InlineData("Orders", "One.", "The thing of Orders (k) ended as Failed: One.")]
    public void A_failure_says_what_failed_and_why(string? about, string reasons, string message)
    {
        var kind = Kind() with { About = about is null ? null : _ => about };
        var e = kind.Failed(new Op("k", "Failed"), reasons.Length == 0 ? [] : reasons.Split(' '));
        Assert.Equal((OdcErrorCause.OperationFailed, message, "Correct what the messages name, then start it again."), (e.Cause, e.Message, e.RecommendedAction));
    }

    private OperationKind<Op> Kind(string? unreadable = null) => new("thing", "Look again.", OperationKind<Op>.OneByOne((op, _, _) =>
    {
        _looks++;
        return op.OperationKey == unreadable
            ? Task.FromException<Op>(new OdcException(OdcErrorCause.NotFound, "Gone.", "Nothing."))
            : Task.FromResult(new Op(op.OperationKey, _states.TryGetValue(op.OperationKey!, out var state) ? state : op.Status));
    }), None);

    private static Task<IReadOnlyList<string>> None(Op op, ICaller caller, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    private OperationWatch<Op> Watch(OperationKind<Op> kind, TimeSpan timeout) => new(
        new OdcClient(Sample.Tenant.Origin, http: null!, tokens: null!, new Retry(0, TimeSpan.Zero, _time), _time), kind, timeout);

    // The continuations of a clock's waits run on threads of the pool.
    private async Task PassAsync(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        for (var i = 0; i < 20; i++)
            await Task.Delay(1);
    }

    private sealed class Op(string? key, string? status) : ILongRunning
    {
        public string? OperationKey => key;

        public string? Status => status;

        public bool IsTerminal => status is not ("Running" or null);

        public bool IsSuccess => status == "Finished";

        internal string? Note { get; set; }
    }
}
