namespace OdcPowerShell.Core.Tests.Http.Budget;

/// <summary>What a 429 does to the budget.</summary>
public sealed partial class RateBudgetTests
{
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
        Assert.Equal(5, Go(budget, 5, 10));
        budget.Enter([new("domain", 10)], share: 1).Refused(retryAfter: null, jitter: 0);
        var waiting = Enumerable.Range(0, 8).Select(_ => budget.Enter([new("domain", 10)], share: 1)).ToList();
        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(waiting, w => w.Granted.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.True(SpinWait.SpinUntil(() => waiting.Count(w => w.Granted.IsCompleted) == 5, 5000), $"{waiting.Count(w => w.Granted.IsCompleted)}");
    }

    [Fact]
    public void Another_client_gets_half_of_the_limit_until_it_is_known_how_much_it_uses()
    {
        var budget = new RateBudget(Minute, _time);
        Refuse(budget, passed: 36);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(20, GoAll(budget, 40));
        // The hold is over, and the other client has taken 10 of the 20 that were left to it.
        _time.Advance(Minute);
        Refuse(budget, passed: 30);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(20, GoAll(budget, 40));
        // It takes no more than that, so that 30 are left to this one.
        _time.Advance(Minute);
        Refuse(budget, passed: 30);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(30, GoAll(budget, 40));
        // From now on it is asked every fourth window only.
        _time.Advance(Minute);
        Assert.Equal(30, GoAll(budget, 40));
        _time.Advance(Minute + Minute);
        Assert.Equal(40, GoAll(budget, 40));
    }

    [Fact]
    public void What_was_known_of_another_client_is_forgotten()
    {
        var budget = new RateBudget(Minute, _time);
        Refuse(budget, passed: 39);
        _time.Advance(TimeSpan.FromMinutes(11));
        Refuse(budget, passed: 39);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(20, GoAll(budget, 40));
    }

    [Fact]
    public void A_volley_of_rejections_is_one()
    {
        var budget = new RateBudget(Minute, _time);
        Assert.Equal(10, Go(budget, 10, 40));
        var volley = Enumerable.Range(0, 3).Select(_ => budget.Enter([new("domain", 40)], share: 1)).ToList();
        foreach (var ticket in volley)
            ticket.Refused(TimeSpan.FromSeconds(ticket == volley[1] ? 9 : 5), jitter: 0);
        Assert.Equal(TimeSpan.FromSeconds(9), budget.Read()[0].UntilRoom);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(10, GoAll(budget, 40));
        // A second one in the hold would have made it longer.
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal(40, GoAll(budget, 40));
    }

    private static void Refuse(RateBudget budget, int passed)
    {
        Assert.Equal(passed, Go(budget, passed, 40));
        budget.Enter([new("domain", 40)], share: 1).Refused(TimeSpan.FromSeconds(1), jitter: 0);
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
}
