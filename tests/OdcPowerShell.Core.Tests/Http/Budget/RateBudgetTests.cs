using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http.Budget;

public sealed partial class RateBudgetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_limit_is_used_whole_and_no_more()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(10, Go(budget, 12, 10));
        Assert.Equal(("domain", 10, 10), Used(budget));
        Assert.False(budget.Enter([new("domain", 10)], share: 1).Granted.IsCompleted);
    }

    [Fact]
    public async Task A_place_is_free_a_window_after_its_answer_not_after_its_request()
    {
        var budget = new RateBudget(Minute, _time);
        var first = budget.Enter([new("domain", 1)], share: 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        first.Answered();
        var second = budget.Enter([new("domain", 1)], share: 1);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(second.Granted.IsCompleted);
        Assert.InRange(budget.Outlook(second).Left.TotalMilliseconds, 1, 101);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await second.Granted.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_request_that_never_left_costs_nothing()
    {
        var budget = new RateBudget(Minute, _time);
        budget.Enter([new("domain", 1)], share: 1).GiveBack();
        Assert.True(budget.Enter([new("domain", 1)], share: 1).Granted.IsCompleted);
    }

    [Fact]
    public void A_ticket_ends_once()
    {
        var budget = new RateBudget(Minute, _time);
        var ticket = budget.Enter([new("domain", 2)], share: 1);
        ticket.GiveBack();
        ticket.Answered();
        ticket.Answered();
        Assert.Equal(("domain", 2, 0), Used(budget));
    }

    [Fact]
    public void A_full_endpoint_holds_back_nobody_else()
    {
        var budget = new RateBudget(Minute, _time);
        RateLimit domain = new("domain", 100), bulk = new("bulk", 2);
        for (var i = 0; i < 2; i++)
            budget.Enter([domain, bulk], share: 1).Answered();
        var waiting = budget.Enter([domain, bulk], share: 1);
        Assert.True(budget.Enter([domain], share: 1).Granted.IsCompleted);
        Assert.False(waiting.Granted.IsCompleted);
        Assert.Equal("bulk", budget.Outlook(waiting).Name);
    }

    [Fact]
    public void A_waiter_that_gives_up_leaves_the_queue()
    {
        var budget = new RateBudget(Minute, _time);
        var under = budget.Enter([new("domain", 1)], share: 1);
        var gone = budget.Enter([new("domain", 1)], share: 1);
        var next = budget.Enter([new("domain", 1)], share: 1);
        gone.Answered();
        under.GiveBack();
        Assert.False(gone.Granted.IsCompleted);
        Assert.True(next.Granted.IsCompleted);
    }

    [Fact]
    public void Who_comes_first_goes_first()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(4, Go(budget, 4, 4));
        var waiting = Enumerable.Range(0, 8).Select(_ => budget.Enter([new("domain", 4)], share: 1)).ToList();
        _time.Advance(Minute + TimeSpan.FromMilliseconds(2));
        Assert.True(SpinWait.SpinUntil(() => waiting[3].Granted.IsCompleted, 5000));
        Assert.Equal([true, true, true, true, false, false, false, false], waiting.Select(w => w.Granted.IsCompleted));
    }

    [Fact]
    public void A_share_leaves_the_rest_to_others()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(5, Go(budget, 20, 10, share: 0.5));
        Assert.True(budget.Enter([new("domain", 10)], share: 1).Granted.IsCompleted);
    }

    [Fact]
    public void What_has_not_gone_well_before_is_tried_one_at_a_time()
    {
        var budget = new RateBudget(Minute, _time);
        var tickets = Enumerable.Range(0, 10).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        Assert.Equal(5, tickets.Count(t => t.Granted.IsCompleted));
        for (var i = 0; i < 5; i++)
            tickets[i].Answered();
        Assert.Equal(6, tickets.Count(t => t.Granted.IsCompleted));
        tickets[5].Answered();
        Assert.Equal(7, tickets.Count(t => t.Granted.IsCompleted));
    }

    [Fact]
    public void What_passed_after_the_services_window_proves_nothing_for_this_one()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(5, Go(budget, 5, 10));
        // The service has let go of those five a little earlier than their places are free here.
        _time.Advance(TimeSpan.FromSeconds(59.5));
        Assert.Equal(1, Go(budget, 1, 10));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("domain", 10, 1), Used(budget));
        var tickets = Enumerable.Range(0, 10).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        Assert.Equal(4, tickets.Count(t => t.Granted.IsCompleted));
    }

    [Fact]
    public void A_waiter_wakes_for_the_first_place_that_comes_free()
    {
        var budget = new RateBudget(Minute, _time);
        RateLimit domain = new("domain", 3), slow = new("slow", 1);
        budget.Enter([domain], share: 1).Answered();
        _time.Advance(TimeSpan.FromSeconds(10));
        budget.Enter([domain, slow], share: 1).Answered();
        _time.Advance(TimeSpan.FromSeconds(10));
        budget.Enter([domain], share: 1).Answered();
        // One waits for 50 s, the other for 40.
        var second = budget.Enter([domain, slow], share: 1);
        var first = budget.Enter([domain], share: 1);
        Assert.Equal(("slow", 1, TimeSpan.FromSeconds(50)), budget.Outlook(second));
        Assert.Equal(("domain", 3, TimeSpan.FromSeconds(40)), budget.Outlook(first));
        _time.Advance(TimeSpan.FromSeconds(40.002));
        Assert.True(SpinWait.SpinUntil(() => first.Granted.IsCompleted, 5000));
        Assert.False(second.Granted.IsCompleted);
        first.GiveBack();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => second.Granted.IsCompleted, 5000));
    }

    [Theory]
    [InlineData(true, 0.9)]
    [InlineData(false, 58)]
    public void Time_that_passes_while_the_budget_looks_leaves_nobody_waiting_for_ever(bool refused, double step)
    {
        var time = new SteppingTime();
        var budget = new RateBudget(Minute, time);
        var first = budget.Enter([new("domain", 1)], share: 1);
        if (refused)
            first.Refused(TimeSpan.FromSeconds(1), jitter: 0);
        else
            first.Answered();
        // A second look at the clock would find the wait over that the first found not to be.
        time.Step = TimeSpan.FromSeconds(step);
        var waiting = budget.Enter([new("domain", 1)], share: 1);
        Assert.False(waiting.Granted.IsCompleted);
        time.Step = TimeSpan.Zero;
        time.Advance(Minute + Minute);
        Assert.True(SpinWait.SpinUntil(() => waiting.Granted.IsCompleted, 5000));
    }

    private static (string, int, int) Used(RateBudget budget)
    {
        var use = Assert.Single(budget.Read());
        return (use.Name, use.Limit, use.Used);
    }

    /// <summary>As many as may go now.</summary>
    private static int GoAll(RateBudget budget, int limit)
    {
        for (var gone = 0; ; gone++)
        {
            var ticket = budget.Enter([new("domain", limit)], share: 1);
            var granted = ticket.Granted.IsCompleted;
            ticket.Answered();
            if (!granted)
                return gone;
        }
    }

    private static int Go(RateBudget budget, int count, int limit, double share = 1)
    {
        var gone = 0;
        for (var i = 0; i < count; i++)
        {
            var ticket = budget.Enter([new("domain", limit)], share);
            if (!ticket.Granted.IsCompleted)
                continue;
            ticket.Answered();
            gone++;
        }

        return gone;
    }

    /// <summary>A clock that goes on by a step with each look at it.</summary>
    private sealed class SteppingTime : FakeTimeProvider
    {
        private long _passed;

        internal TimeSpan Step { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (_passed += (long)(Step.TotalSeconds * TimestampFrequency));
    }
}
