using System.Diagnostics;
using System.Globalization;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks.Scenarios;

/// <summary>A million users streamed to nothing, against a thousand: the peak working sets of two processes.</summary>
internal static class Memory
{
    /// <summary>The hidden argument with which this program runs as one of those processes.</summary>
    internal const string Child = "--stream";

    private const int Count = 1_000_000;
    private const double Mebi = 1 << 20;

    internal static async Task<IEnumerable<Finding>> RunAsync()
    {
        // The emulator keeps its users; a million are no tenant's.
        using var server = new UserListServer(Count);
        var (few, many) = (await PeakAsync(server, 1000), await PeakAsync(server, Count));
        return
        [
            new Finding(
                "memory", Finding.Invariant($"{Count:N0} users {many:N0} MiB, 1,000 users {few:N0} MiB"),
                Finding.Invariant($"{many - few:+0.0;-0.0} MiB"), "<= 60 MiB more", many - few <= 60),
        ];
    }

    /// <summary>Runs in the child: streams, and writes the peak working set in bytes.</summary>
    internal static void Stream(string first)
    {
        // The server has no limits: the budget would make this a matter of hours.
        RateBudgets.Shared.Set(new Uri(Environment.GetEnvironmentVariable("ODC_TENANT_URL")!), TimeSpan.Zero);
        using (var engine = new Engine())
            engine.Run("param($first) Connect-Odc -EnvironmentVariable; Get-OdcUser -First $first | Out-Null", int.Parse(first, CultureInfo.InvariantCulture));
        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> PeakAsync(UserListServer server, int first)
    {
        using var process = ChildProcess.Start(server.SignInBy, Child, first.ToString(CultureInfo.InvariantCulture));
        var peak = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return long.Parse(peak, CultureInfo.InvariantCulture) / Mebi;
    }
}
