using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace OdcPowerShell.Core.Tests.Properties;

/// <summary>The budget under random traffic: never over the limit in any window, never idle while work waits and there is room.</summary>
public sealed class BudgetProperties
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Arrival = TimeSpan.FromTicks(Window.Ticks / WindowState.Arrival) - Step;

    /// <summary>What happens next: a request comes, the oldest under way is answered, is refused, never left, or time passes.</summary>
    private static readonly Gen<(int Kind, int Amount)> Steps =
        from kind in Gen.Frequency((6, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)), (5, Gen.Constant(3)))
        from amount in Gen.Choose(1, 20_000)
        select (kind, amount);

    [Fact]
    public void The_limit_holds_in_every_window_and_room_is_used()
    {
        // Without xunit's context a wake that has come due runs inside Advance, not on another thread while the clock goes on.
        SynchronizationContext.SetSynchronizationContext(null);
        Prop.ForAll(
            Gen.Choose(1, 12).SelectMany(limit => Steps.ListOf(200).Select(steps => (limit, steps))).ToArbitrary(),
            run => Simulate(run.limit, [.. run.steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>Between processes that share a folder, of which one is killed now and then; the one that takes its place knows nothing but the folder.</summary>
    [Fact]
    public void Processes_keep_to_the_limit_and_none_waits_for_ever()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        Prop.ForAll(
            Gen.Choose(2, 12).SelectMany(limit => Steps.ListOf(60).Select(steps => (limit, steps))).ToArbitrary(),
            run => Share(run.limit, [.. run.steps])).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static bool Share(int limit, (int Kind, int Amount)[] steps)
    {
        using var folder = new Http.Budget.TemporaryFolder();
        var time = new FakeTimeProvider();
        var counted = new List<DateTimeOffset>();
        var processes = Enumerable.Range(0, 3).Select(_ => Start()).ToList();
        foreach (var (kind, amount) in steps)
        {
            var process = amount % 3;
            var (budget, tickets, underWay) = processes[process];
            switch (kind)
            {
                case 0: tickets.Add(budget.Enter([new RateLimit("domain", limit)], share: 1)); break;
                case 1 when underWay.Count > 0: Answer(underWay); break;
                case 2: Kill(process); break;
                default: Pass(TimeSpan.FromMilliseconds(amount)); break;
            }

            SettleAll();
        }

        for (var second = 0; second < 65 * (steps.Length + 5) && processes.Exists(p => p.Tickets.Count > 0); second++)
        {
            SettleAll();
            foreach (var (_, _, underWay) in processes)
            {
                while (underWay.Count > 0)
                    Answer(underWay);
            }

            time.Advance(TimeSpan.FromSeconds(1));
        }

        if (processes.Exists(p => p.Tickets.Count > 0))
            throw new InvalidOperationException("A request waits for ever.");
        return counted.All(at => counted.Count(c => c > at - Window && c <= at) <= limit);

        (RateBudget Budget, List<RateTicket> Tickets, List<(RateTicket Ticket, DateTimeOffset Sent)> UnderWay) Start() =>
            (new RateBudget(Window, time, new SharedLimits(folder.Path, new Uri("https://acme.example"), Window)), [], []);

        void Answer(List<(RateTicket Ticket, DateTimeOffset Sent)> underWay)
        {
            counted.Add(Arrived(underWay[0].Sent, counted.Count));
            underWay[0].Ticket.Answered();
            underWay.RemoveAt(0);
        }

        void SettleAll() => processes.ForEach(p => Settle(p.Tickets, p.UnderWay, time));

        // At once or late, but before this moment, at which it is answered or its process is killed.
        DateTimeOffset Arrived(DateTimeOffset sent, int number)
        {
            var late = sent + Arrival;
            return number % 2 == 0 ? sent : late < time.GetUtcNow() ? late : time.GetUtcNow();
        }

        // A request that leaves meanwhile is seen within a step.
        void Pass(TimeSpan span)
        {
            for (var left = span; left > TimeSpan.Zero; left -= Step)
            {
                time.Advance(left < Step ? left : Step);
                SettleAll();
            }
        }

        void Kill(int process)
        {
            var (_, waiting, underWay) = processes[process];
            // Nothing in it wakes any more; what had left has arrived.
            waiting.ForEach(t => t.GiveBack());
            counted.AddRange(underWay.Select((u, i) => Arrived(u.Sent, i)));
            processes[process] = Start();
        }
    }

    private static bool Simulate(int limit, (int Kind, int Amount)[] steps)
    {
        var time = new FakeTimeProvider();
        var budget = new RateBudget(Window, time);
        var tickets = new List<RateTicket>();
        var underWay = new List<(RateTicket Ticket, DateTimeOffset Sent)>();
        var counted = new List<DateTimeOffset>();
        foreach (var (kind, amount) in steps)
        {
            switch (kind)
            {
                case 0: tickets.Add(budget.Enter([new RateLimit("domain", limit)], share: 1)); break;
                case 1 when underWay.Count > 0: Answer(underWay[0]); break;
                case 2 when underWay.Count > 0: underWay[0].Ticket.GiveBack(); underWay.RemoveAt(0); break;
                default: time.Advance(TimeSpan.FromMilliseconds(amount)); break;
            }

            Settle(tickets, underWay, time);
            if (!IsIdle())
                continue;
            // A wake comes a millisecond after there is room.
            time.Advance(TimeSpan.FromMilliseconds(1));
            Settle(tickets, underWay, time);
            if (IsIdle())
                throw new InvalidOperationException($"A request waits while {budget.Read()[0].Used} of {limit} are used.");
        }

        return counted.All(at => counted.Count(c => c > at - Window && c <= at) <= limit);

        bool IsIdle() => tickets.Count > 0 && underWay.Count == 0 && budget.Read()[0] is { UntilRoom.Ticks: <= 0 } use && use.Used < limit;

        // The service may count a request at any moment between its leaving and its answer; both ends are the worst.
        void Answer((RateTicket Ticket, DateTimeOffset Sent) request)
        {
            counted.Add(counted.Count % 2 == 0 ? request.Sent : time.GetUtcNow());
            request.Ticket.Answered();
            underWay.Remove(request);
        }
    }

    private static void Settle(List<RateTicket> tickets, List<(RateTicket, DateTimeOffset)> underWay, FakeTimeProvider time)
    {
        foreach (var ticket in tickets.Where(t => t.Granted.IsCompleted).ToList())
        {
            tickets.Remove(ticket);
            underWay.Add((ticket, time.GetUtcNow()));
        }
    }
}
