using System.Diagnostics;
using System.Globalization;
using OdcPowerShell.Http;

namespace OdcPowerShell.BudgetProcess;

/// <summary>Sends requests that go nowhere under a budget that it shares, and writes when each left and was answered; or only keeps the file of the limit open.</summary>
internal static class Program
{
    private static readonly Uri Tenant = new("https://acme.example");

    private static async Task<int> Main(string[] args)
    {
        var shared = new SharedLimits(args[1], Tenant, TimeSpan.FromMilliseconds(Number(args[2])));
        var (length, limit) = (TimeSpan.FromMilliseconds(Number(args[2])), new RateLimit("domain", Number(args[3])));
        if (args[0] == "keep")
        {
            var window = new RateWindow(limit, length, shared.File(limit));
            Console.WriteLine(window.Open(TimeProvider.System.Now()) == LimitAccess.Shared ? "open" : "failed");
            await Task.Delay(Timeout.Infinite);
        }

        // How many requests, how many at once, how long each takes, and after how many it is killed.
        var (count, atOnce, latency, last) = (Number(args[4]), Number(args[5]), Number(args[6]), Number(args[7]));
        var budget = new RateBudget(length, TimeProvider.System, shared);
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(SendAsync)));
        Console.WriteLine(budget.TakeNotice() ?? "done");
        return 0;

        async Task SendAsync()
        {
            while (Interlocked.Increment(ref sent) is var number && number <= count)
            {
                var ticket = budget.Enter([limit], share: 1);
                await ticket.Granted;
                Write("left", number);
                if (number == last)
                    Process.GetCurrentProcess().Kill();
                await Task.Delay(latency);
                Write("came", number);
                ticket.Answered();
            }
        }
    }

    private static void Write(string what, int number)
    {
        lock (Tenant)
            Console.WriteLine(FormattableString.Invariant($"{what} {number} {TimeProvider.System.Now().Ticks}"));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
