using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http.Budget;

/// <summary>Budgets that stand for the processes of one machine: they share a folder, and a clock.</summary>
public sealed class SharedBudgetTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly Uri Tenant = new("https://acme.example");
    private readonly ShiftedTime _time = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Processes_use_the_limit_whole_and_no_more()
    {
        var (first, second) = (Process(), Process());
        Assert.Equal(4, Go(first, 4, 10));
        Assert.Equal(6, Go(second, 12, 10));
        Assert.Equal(0, Go(first, 12, 10));
        Assert.Equal((10, 6), Use(first));
        Assert.Equal((10, 4), Use(second));
        // Whoever only looks sees them too.
        Assert.Equal([(10, 10), (0, 0)], Process().Read([new("domain", 10), new("other", 5)]).Select(u => (u.Used, u.UsedByOthers)));
    }

    [Fact]
    public void Tenants_limits_and_folders_are_apart()
    {
        using var elsewhere = new TemporaryFolder();
        Assert.Equal(10, Go(Process(), 10, 10));
        Assert.Equal(10, Go(Process(folder: elsewhere), 10, 10));
        Assert.Equal(10, Go(Process(tenant: "https://globex.example"), 10, 10));
        Assert.Equal(3, Go(Process(), 10, 3));
    }

    [Fact]
    public void What_went_well_in_one_process_is_known_to_the_next()
    {
        Assert.Equal(10, Go(Process(), 10, 10));
        Pass(Minute);
        var next = Process();
        var tickets = Enumerable.Range(0, 10).Select(_ => Enter(next, 10)).ToList();
        Assert.Equal(10, tickets.Count(t => t.Granted.IsCompleted));
    }

    [Fact]
    public void A_429_in_one_process_holds_back_the_others()
    {
        var (first, second) = (Process(), Process());
        Enter(first, 10).Refused(TimeSpan.FromSeconds(7), jitter: 0);
        var waiting = Enter(second, 10);
        Assert.False(waiting.Granted.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(7), second.Outlook(waiting).Left);
        Pass(TimeSpan.FromSeconds(7.1));
        Assert.True(waiting.Granted.IsCompleted);
    }

    [Fact]
    public void The_places_of_a_process_that_was_killed_are_free_a_window_after_they_must_have_arrived()
    {
        // It is never heard of again.
        var killed = Process();
        Assert.All(Enumerable.Range(0, 5).Select(_ => Enter(killed, 10)).ToList(), t => Assert.True(t.Granted.IsCompleted));
        var living = Process();
        var tickets = Enumerable.Range(0, 10).Select(_ => Enter(living, 10)).ToList();
        Pass(TimeSpan.FromSeconds(64));
        Assert.DoesNotContain(tickets, t => t.Granted.IsCompleted);
        Pass(TimeSpan.FromSeconds(1.2));
        Assert.Equal(5, tickets.Count(t => t.Granted.IsCompleted));
    }

    [Fact]
    public void A_process_that_has_had_less_goes_first()
    {
        var (greedy, late) = (Process(), Process());
        Assert.Equal(100, Go(greedy, 100, 100));
        var (more, waiting) = (Tickets(greedy, 100), Tickets(late, 60));
        Pass(Minute + TimeSpan.FromSeconds(1));
        foreach (var ticket in more.Concat(waiting).Where(t => t.Granted.IsCompleted).ToList())
            ticket.Answered();
        Pass(TimeSpan.FromSeconds(10));
        var (had, got) = (more.Count(t => t.Granted.IsCompleted), waiting.Count(t => t.Granted.IsCompleted));
        Assert.Equal(100, had + got);
        Assert.InRange(got, 42, 58);
    }

    [Fact]
    public void A_process_that_was_killed_while_it_waited_keeps_nobody_waiting()
    {
        var living = Process();
        Assert.Equal(10, Go(living, 10, 10));
        var limit = new RateLimit("domain", 10);
        var killed = new RateWindow(limit, Minute, Shared().File(limit));
        Assert.Equal(LimitAccess.Shared, killed.Open(_time.Now()));
        killed.IsWaiting = true;
        killed.Close(_time.Now());
        Pass(TimeSpan.FromSeconds(59.5));
        var tickets = Tickets(living, 10, 10);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(10, tickets.Count(t => t.Granted.IsCompleted));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-30)]
    public void A_clock_that_goes_back_costs_a_window_at_most(int seconds)
    {
        var (first, second) = (Process(), Process());
        Assert.Equal(10, Go(first, 10, 10));
        Enter(first, 10).GiveBack();
        Assert.False(Enter(second, 10).Granted.IsCompleted);
        _time.Shift(TimeSpan.FromSeconds(seconds));
        Assert.Equal(0, Go(first, 1, 10));
        var waiting = Enter(Process(), 10);
        Assert.False(waiting.Granted.IsCompleted);
        Pass(Minute + TimeSpan.FromSeconds(1));
        Assert.True(waiting.Granted.IsCompleted);
    }

    [Fact]
    public void A_429_before_the_clock_went_back_holds_nobody_back_for_longer()
    {
        Enter(Process(), 10).Refused(TimeSpan.FromSeconds(7), jitter: 0);
        _time.Shift(TimeSpan.FromHours(-1));
        var waiting = Enter(Process(), 10);
        Pass(TimeSpan.FromSeconds(7.1));
        Assert.True(waiting.Granted.IsCompleted);
    }

    [Fact]
    public void A_clock_that_jumps_ahead_makes_room()
    {
        Assert.Equal(10, Go(Process(), 10, 10));
        _time.Shift(TimeSpan.FromDays(400));
        Assert.Equal(10, Go(Process(), 10, 10));
    }

    [Fact]
    public void A_share_is_one_of_what_this_process_uses()
    {
        var (greedy, modest) = (Process(), Process());
        Assert.Equal(6, Go(greedy, 6, 10));
        Assert.Equal(3, Go(modest, 10, 10, share: 0.3));
        Assert.Equal(1, Go(greedy, 10, 10));
    }

    [Fact]
    public void A_request_that_never_left_is_given_back_for_all()
    {
        var (first, second) = (Process(), Process());
        var ticket = Enter(first, 1);
        var waiting = Enter(second, 1);
        ticket.GiveBack();
        Assert.True(Enter(first, 1).Granted.IsCompleted);
        Assert.False(waiting.Granted.IsCompleted);
    }

    private RateBudget Process(TemporaryFolder? folder = null, string? tenant = null) => new(Minute, _time, Shared(folder, tenant));

    private SharedLimits Shared(TemporaryFolder? folder = null, string? tenant = null) => new((folder ?? _folder).Path, tenant is null ? Tenant : new Uri(tenant), Minute);

    private static RateTicket Enter(RateBudget budget, int limit) => budget.Enter([new("domain", limit)], share: 1);

    private static List<RateTicket> Tickets(RateBudget budget, int count, int limit = 100) => [.. Enumerable.Range(0, count).Select(_ => Enter(budget, limit))];

    private static (int, int) Use(RateBudget budget)
    {
        var use = Assert.Single(budget.Read());
        return (use.Used, use.UsedByOthers);
    }

    private static int Go(RateBudget budget, int count, int limit, double share = 1)
    {
        var gone = 0;
        for (var i = 0; i < count; i++)
        {
            var ticket = budget.Enter([new("domain", limit)], share);
            gone += ticket.Granted.IsCompleted ? 1 : 0;
            ticket.Answered();
        }

        return gone;
    }

    /// <summary>Lets time pass in steps, and each wake run in its own.</summary>
    private void Pass(TimeSpan span)
    {
        // Without xunit's context a wake that has come due runs inside Advance.
        SynchronizationContext.SetSynchronizationContext(null);
        for (var step = TimeSpan.FromMilliseconds(20); span > TimeSpan.Zero; span -= step)
            _time.Advance(span < step ? span : step);
    }

    /// <summary>A clock that jumps.</summary>
    private sealed class ShiftedTime : FakeTimeProvider
    {
        // So far from its start that it can go back.
        private TimeSpan _shift = TimeSpan.FromDays(1000);

        internal void Shift(TimeSpan span) => _shift += span;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(_shift.Ticks * (TimestampFrequency / (double)TimeSpan.TicksPerSecond));
    }
}

/// <summary>A folder that is deleted with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "odc-budget-" + Guid.NewGuid().ToString("N"));

    internal string File => Assert.Single(Directory.GetFiles(Path));

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
