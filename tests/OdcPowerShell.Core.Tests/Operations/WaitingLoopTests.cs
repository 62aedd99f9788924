using Microsoft.Extensions.Time.Testing;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Core.Tests.Operations;

/// <summary>Waiting for operations, on a clock that is put forward.</summary>
public sealed class WaitingLoopTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();
    private readonly Caller _caller = new();
    private readonly Dictionary<string, string> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _reads = [];
    private Func<string, OdcException?> _fails = _ => null;

    [Fact]
    public async Task What_has_ended_comes_without_a_poll_and_then_there_is_nothing()
    {
        var loop = Loop(Hour, new Op("a", "Finished", One));
        var outcome = Assert.Single(await loop.NextAsync(_caller, default));
        Assert.Equal(("a", WaitEnd.Succeeded, null), (outcome.Operation.OperationKey, outcome.End, outcome.Failure));
        Assert.Empty(await loop.NextAsync(_caller, default));
        Assert.Empty(_reads);
        Assert.Null(loop.ResumeHint);
    }

    [Fact]
    public async Task What_a_person_must_review_neither_succeeds_nor_fails()
    {
        var kind = new OperationDescriptor<Op>("thing", "Get-OdcThing", (_, op, _, _) => Task.FromResult(op), None)
        {
            Review = op => op.Status == "Review" ? "Look at it." : null,
            Place = _ => " -Of it",
        };
        var loop = Loop(Hour, new Op("a", "Review", kind));
        var outcome = Assert.Single(await loop.NextAsync(_caller, default));
        Assert.Equal((WaitEnd.InReview, null), (outcome.End, outcome.Failure));
        Assert.Equal("Look at it. Then wait for it again with: Get-OdcThing a -Of it | Wait-OdcOperation", outcome.Review);
    }

    [Fact]
    public async Task It_polls_every_5_seconds_for_30_and_every_30_after()
    {
        var loop = Loop(Hour, new Op("a", "Running", One));
        var next = loop.NextAsync(_caller, default);
        for (var second = 5; second <= 90; second += 5)
        {
            await PassAsync(4);
            Assert.Equal(second <= 30 ? (second / 5) - 1 : second <= 60 ? 6 : 7, _reads.Count);
            await PassAsync(1);
            Assert.Equal(second < 30 ? second / 5 : second < 60 ? 6 : second < 90 ? 7 : 8, _reads.Count);
        }

        Assert.Equal("Running, for 90 s", _caller.Progresses.Last().Status);
        Assert.Equal("thing of a", _caller.Progresses.Last().Activity);
        _states["a"] = "Finished";
        await PassAsync(30);
        Assert.Equal("Finished", Assert.Single(await next).Operation.Status);
    }

    [Fact]
    public async Task All_kinds_have_one_deadline_and_one_that_is_still_running_is_no_failure()
    {
        var loop = Loop(TimeSpan.FromSeconds(40), new Op("a", "Running", One), new Op("b", "Running", Other));
        var next = loop.NextAsync(_caller, default);
        for (var polls = 1; polls <= 6; polls++)
            await PassAsync(5);
        await PassAsync(9);
        Assert.False(next.IsCompleted);
        await PassAsync(1);
        var ended = await next;
        Assert.Equal(["a", "b"], ended.Select(e => e.Operation.OperationKey));
        Assert.All(ended, e => Assert.Equal((WaitEnd.Running, OdcErrorCause.Timeout), (e.End, e.Failure!.Cause)));
        Assert.Equal("The thing of a is still Running after 40 s. It continues on the service.", ended[0].Failure!.Message);
        Assert.Equal("Wait for it again with: Get-OdcThing a | Wait-OdcOperation", ended[0].Failure!.RecommendedAction);
        Assert.True(loop.IsEmpty);
        Assert.True(loop.IsOver);
    }

    [Fact]
    public async Task Each_comes_as_soon_as_it_has_ended_whatever_its_kind()
    {
        var loop = Loop(Hour, new Op("slow", "Running", One), new Op("quick", "Running", Other));
        var next = loop.NextAsync(_caller, default);
        _states["quick"] = "Failed";
        await PassAsync(5);
        var outcome = Assert.Single(await next);
        Assert.Equal(("quick", WaitEnd.Failed), (outcome.Operation.OperationKey, outcome.End));
        Assert.Equal("The stuff quick ended as Failed: It broke.", outcome.Failure!.Message);
        Assert.Equal(["thing of slow"], loop.RunningNames);
    }

    [Fact]
    public async Task One_that_is_gone_is_unread_and_the_others_are_waited_for()
    {
        _fails = key => key == "b" ? new OdcException(OdcErrorCause.NotFound, "Gone.", "Nothing.") : null;
        var b = new Op("b", "Running", One);
        var loop = Loop(Hour, new Op("a", "Running", One), b, b);
        var next = loop.NextAsync(_caller, default);
        await PassAsync(5);
        var ended = await next;
        Assert.Equal([b, b], ended.Select(e => e.Operation));
        Assert.All(ended, e => Assert.Equal((WaitEnd.Unread, OdcErrorCause.NotFound), (e.End, e.Failure!.Cause)));
        Assert.Equal(["thing of a"], loop.RunningNames);
    }

    [Theory]
    [InlineData(OdcErrorCause.ConnectFailed)]
    [InlineData(OdcErrorCause.DnsFailed)]
    [InlineData(OdcErrorCause.Unavailable)]
    [InlineData(OdcErrorCause.Timeout)]
    [InlineData(OdcErrorCause.Throttled)]
    public async Task An_outage_of_minutes_is_outlived_and_told_once(OdcErrorCause cause)
    {
        var isDown = true;
        _fails = _ => isDown ? new OdcException(cause, "Down.", "Wait.") : null;
        var loop = Loop(Hour, new Op("a", "Running", One), new Op("b", "Running", One));
        var next = loop.NextAsync(_caller, default);
        for (var seconds = 0; seconds < 600; seconds += 30)
            await PassAsync(30);
        Assert.False(next.IsCompleted);
        Assert.StartsWith("2 operations can't be read at the moment: Down. The wait continues", Assert.Single(_caller.Warnings), StringComparison.Ordinal);
        (isDown, _states["a"], _states["b"]) = (false, "Finished", "Finished");
        await PassAsync(30);
        await PassAsync(30);
        Assert.All(await next, e => Assert.Equal(WaitEnd.Succeeded, e.End));
        Assert.Contains(_caller.Messages, m => m.StartsWith("The operations can be read again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outage_that_lasts_ends_at_the_deadline_as_still_running()
    {
        _fails = _ => new OdcException(OdcErrorCause.ConnectFailed, "Down.", "Wait.");
        var loop = Loop(TimeSpan.FromSeconds(60), new Op("a", "Running", One));
        var next = loop.NextAsync(_caller, default);
        for (var i = 0; i < 13; i++)
            await PassAsync(5);
        Assert.Equal(WaitEnd.Running, Assert.Single(await next).End);
    }

    [Fact]
    public async Task A_request_that_hangs_does_not_hold_the_wait_beyond_its_deadline()
    {
        var hangs = new OperationDescriptor<Op>("thing", "Get-OdcThing", async (_, op, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return op;
        }, None);
        var loop = Loop(TimeSpan.FromSeconds(20), new Op("a", "Running", hangs));
        var next = loop.NextAsync(_caller, default);
        for (var i = 0; i < 6; i++)
            await PassAsync(5);
        Assert.Equal(WaitEnd.Running, Assert.Single(await next).End);
    }

    [Fact]
    public async Task A_lost_session_ends_the_wait_and_the_hint_has_all()
    {
        _fails = _ => new OdcSignInException(OdcErrorCause.SignInFailed, "Refused.", "Check.");
        var loop = Loop(Hour, new Op("a", "Running", One), new Op("b", "Running", One), new Op("c", "Running", Other));
        var next = loop.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal("Refused.", (await Assert.ThrowsAsync<OdcSignInException>(() => next)).Message);
        Assert.Equal(
            "Still running: thing of a, thing of b, stuff c. Wait for them again with: & { Get-OdcThing a, b -Connection x; Get-OdcStuff c -Connection x } | Wait-OdcOperation -Connection x",
            loop.ResumeHint);
    }

    [Fact]
    public async Task Several_are_read_by_one_list_and_keep_what_only_was_known_before()
    {
        var listed = Listed([[new Op("other", "Finished", One), new Op("B", "Finished", One), new Op("a", "Running", One)]], out var pages);
        var loop = Loop(Hour, new Op("a", "Running", listed) { Note = "of a" }, new Op("b", "Running", listed) { Note = "of b" });
        var next = loop.NextAsync(_caller, default);
        await PassAsync(5);
        var ended = Assert.Single(await next);
        Assert.Equal(("B", "of b", "Finished"), (ended.Operation.OperationKey, ((Op)ended.Operation).Note, ended.Operation.Status));
        Assert.Equal((1, 0), (pages(), _reads.Count));
    }

    [Fact]
    public async Task One_that_is_weeks_old_is_read_by_itself_and_the_history_is_not()
    {
        // 30 pages of others lie between.
        var history = Enumerable.Range(0, 30).Select(page => Enumerable.Range(0, 100).Select(i => new Op($"{page}-{i}", "Finished", One)).ToList()).ToList();
        history[0].AddRange([new Op("a", "Running", One), new Op("b", "Running", One)]);
        var listed = Listed(history, out var pages);
        var loop = Loop(Hour, new Op("a", "Running", listed), new Op("b", "Running", listed), new Op("old", "Running", listed));
        _ = loop.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal((1, "old"), (pages(), Assert.Single(_reads)));
        await PassAsync(5);
        Assert.Equal((2, 2), (pages(), _reads.Count));
    }

    [Fact]
    public async Task A_list_that_has_none_of_them_is_not_read_again()
    {
        var listed = Listed(Enumerable.Range(0, 30).Select(page => new List<Op> { new($"{page}", "Finished", One) }).ToList(), out var pages);
        var loop = Loop(Hour, [.. Enumerable.Range(0, 8).Select(i => new Op($"x{i}", "Running", listed))]);
        _ = loop.NextAsync(_caller, default);
        await PassAsync(5);
        Assert.Equal((3, 8), (pages(), _reads.Count));
        // Eight single reads are made every ten seconds: half of the limit is left to others.
        await PassAsync(5);
        Assert.Equal((3, 8), (pages(), _reads.Count));
        await PassAsync(5);
        Assert.Equal((3, 16), (pages(), _reads.Count));
    }

    [Fact]
    public async Task What_makes_no_step_is_not_waited_for_any_longer()
    {
        var steps = 0;
        var kind = new OperationDescriptor<Op>("thing", "Get-OdcThing", (_, op, _, _) => Task.FromResult(op), None)
        {
            Step = (_, _, _, _) => Task.FromResult<string?>(steps.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        var loop = Loop(Hour, TimeSpan.FromSeconds(120), new Op("a", "Running", kind));
        var next = loop.NextAsync(_caller, default);
        for (var i = 0; i < 18; i++)
        {
            await PassAsync(10);
            steps = i < 10 ? i : 10;
        }

        Assert.False(next.IsCompleted);
        for (var i = 0; i < 18; i++)
            await PassAsync(10);
        var outcome = Assert.Single(await next);
        Assert.Equal((WaitEnd.Running, "The thing a has reported no new step for 120 s. It continues on the service."), (outcome.End, outcome.Failure!.Message));
    }

    [Fact]
    public async Task It_can_be_cancelled_and_the_hint_can_be_read_from_any_thread()
    {
        using var stop = new CancellationTokenSource();
        var loop = Loop(Hour, [.. Enumerable.Range(0, 50).Select(i => new Op($"x{i}", "Running", One))]);
        var next = loop.NextAsync(_caller, stop.Token);
        var reader = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
                Assert.EndsWith("Wait-OdcOperation -Connection x", loop.ResumeHint, StringComparison.Ordinal);
        });
        for (var i = 0; i < 40; i++)
            await PassAsync(30);
        await reader;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(50, loop.RunningNames.Count);
    }

    private OperationDescriptor<Op> One => field ??= Kind("thing", "Get-OdcThing", op => op.OperationKey);

    private OperationDescriptor<Op> Other => field ??= Kind("stuff", "Get-OdcStuff", _ => null);

    private OperationDescriptor<Op> Kind(string noun, string command, Func<Op, string?> about) => new(
        noun, command, (_, op, _, _) => ReadAsync(op), (_, _, _, _) => Task.FromResult<IReadOnlyList<string>>(["It broke."])) { About = (_, op) => about(op) };

    private OperationDescriptor<Op> Listed(List<List<Op>> pages, out Func<int> read)
    {
        var count = 0;
        read = () => count;
        return new OperationDescriptor<Op>("thing", "Get-OdcThing", (_, op, _, _) => ReadAsync(op), None)
        {
            NewestFirst = _ => new OpPages(pages, () => count++),
            Complete = (before, now) => (now.Note, now.Descriptor) = (before.Note, before.Descriptor),
        };
    }

    private Task<Op> ReadAsync(Op op)
    {
        _reads.Add(op.OperationKey!);
        return _fails(op.OperationKey!) is { } e ? Task.FromException<Op>(e) : Task.FromResult(op with { Status = _states.TryGetValue(op.OperationKey!, out var state) ? state : op.Status! });
    }

    private static Task<IReadOnlyList<string>> None(OdcClient client, Op op, ICaller caller, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    private WaitingLoop Loop(TimeSpan timeout, params Op[] operations) => Loop(timeout, null, operations);

    private WaitingLoop Loop(TimeSpan timeout, TimeSpan? stall, params Op[] operations)
    {
        var loop = new WaitingLoop(new OdcClient(Sample.Tenant.Origin, http: null!, tokens: null!, new Retry(0, TimeSpan.Zero, _time), _time), timeout, stall)
        {
            ConnectionParameter = operations.Length > 2 ? " -Connection x" : "",
        };
        foreach (var operation in operations)
            loop.Add(operation);
        return loop;
    }

    private Task PassAsync(int seconds) => _time.PassAsync(seconds);
}
