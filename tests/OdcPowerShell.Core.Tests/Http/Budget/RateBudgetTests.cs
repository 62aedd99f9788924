using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Http.Budget;

public sealed class RateBudgetTests
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
    public void What_goes_well_after_a_429_is_the_new_limit()
    {
        var budget = new RateBudget(Minute, _time);
        var tickets = Enumerable.Range(0, 5).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        tickets[0].Answered();
        // The others were under way when one was refused, and came through.
        tickets[1].Refused(retryAfter: TimeSpan.FromSeconds(1), jitter: 0);
        foreach (var ticket in tickets.Skip(2))
            ticket.Answered();
        _time.Advance(TimeSpan.FromSeconds(62));
        var next = Enumerable.Range(0, 8).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        Assert.Equal(4, next.Count(t => t.Granted.IsCompleted));
        foreach (var ticket in next.Take(4))
            ticket.Answered();
        Assert.Equal(4, next.Count(t => t.Granted.IsCompleted));
    }

    [Fact]
    public void After_a_429_the_budget_waits_and_keeps_to_what_went_well()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(6, Go(budget, 6, 10));
        budget.Enter([new("domain", 10)], share: 1).Refused(retryAfter: null, jitter: 0);
        var waiting = Enumerable.Range(0, 8).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(waiting, w => w.Granted.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.True(SpinWait.SpinUntil(() => waiting.Count(w => w.Granted.IsCompleted) == 6, 5000), $"{waiting.Count(w => w.Granted.IsCompleted)}");
    }

    [Fact]
    public void A_429_is_put_down_to_the_fullest_limit_and_to_the_narrower_of_two_that_are_as_full()
    {
        var budget = new RateBudget(Minute, _time);
        RateLimit domain = new("domain", 100), bulk = new("bulk", 5);
        budget.Enter([domain, bulk], share: 1).Answered();
        budget.Enter([domain, bulk], share: 1).Refused(TimeSpan.FromSeconds(7), jitter: 0);
        Assert.Equal([("domain", TimeSpan.Zero), ("bulk", TimeSpan.FromSeconds(7))], budget.Read().Select(u => (u.Name, u.UntilRoom)));
        Assert.Equal([1, 1], budget.Read().Select(u => u.Used));

        var equal = new RateBudget(Minute, _time);
        equal.Enter([new("a", 5), new("b", 5)], share: 1).Refused(TimeSpan.FromSeconds(7), jitter: 0);
        Assert.Equal([("a", TimeSpan.Zero), ("b", TimeSpan.FromSeconds(7))], equal.Read().Select(u => (u.Name, u.UntilRoom)));
    }

    [Fact]
    public void A_429_with_nothing_sent_before_waits_a_window_and_the_jitter_is_a_fiftieth()
    {
        var budget = new RateBudget(Minute, _time);
        budget.Enter([new("domain", 10)], share: 1).Refused(retryAfter: null, jitter: 1);
        Assert.Equal(TimeSpan.FromSeconds(61.2), budget.Read()[0].UntilRoom);
        var other = new RateBudget(Minute, _time);
        Assert.Equal(5, Go(other, 5, 10));
        _time.Advance(TimeSpan.FromSeconds(20));
        other.Enter([new("domain", 10)], share: 1).Refused(retryAfter: null, jitter: 0.5);
        Assert.Equal(TimeSpan.FromSeconds(40.6), other.Read()[0].UntilRoom);
    }

    [Fact]
    public void Two_windows_after_a_429_the_rest_is_tried_again_one_at_a_time()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(20, Go(budget, 20, 40));
        budget.Enter([new("domain", 40)], share: 1).Refused(TimeSpan.FromSeconds(1), jitter: 0);
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(20, GoAll(budget, 40));
        // Two whole windows after the refusal.
        _time.Advance(TimeSpan.FromSeconds(1));
        var tickets = Enumerable.Range(0, 20).Select(_ => budget.Enter([new("domain", 40)], share: 1)).ToList();
        for (var gone = 0; gone < 20; gone++)
        {
            Assert.Equal(gone + 1, tickets.Count(t => t.Granted.IsCompleted));
            tickets[gone].Answered();
        }

        Assert.Equal(0, GoAll(budget, 40));
    }

    [Fact]
    public void A_process_that_begins_in_a_window_another_has_filled_soon_has_the_whole_limit()
    {
        var budget = new RateBudget(Minute, _time);
        var tickets = Enumerable.Range(0, 20).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        foreach (var refused in tickets.Where(t => t.Granted.IsCompleted).ToList())
            refused.Refused(retryAfter: null, jitter: 0);
        foreach (var waiting in tickets)
            waiting.GiveBack();
        Assert.Equal(0, GoAll(budget, 10));
        _time.Advance(Minute);
        var first = budget.Enter([new("domain", 10)], share: 1);
        Assert.Equal(0, GoAll(budget, 10));
        first.Answered();
        Assert.Equal(9, GoAll(budget, 10));
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

    [Fact]
    public void Retry_After_is_kept_to()
    {
        var budget = new RateBudget(Minute, _time);
        budget.Enter([new("domain", 10)], share: 1).Refused(TimeSpan.FromSeconds(7), jitter: 1);
        var next = budget.Enter([new("domain", 10)], share: 1);
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(next.Granted.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(SpinWait.SpinUntil(() => next.Granted.IsCompleted, 5000));
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
