using System.Runtime.InteropServices;
using OdcPowerShell.Authentication;
using OdcPowerShell.Live.Judges;
using OdcPowerShell.Live.Reports;

namespace OdcPowerShell.Live;

/// <summary>Signs in, runs the checks and writes the report.</summary>
internal static class Program
{
    private const int NothingFound = 0;
    private const int Deviates = 1;
    private const int CouldNotRun = 2;

    private static async Task<int> Main(string[] args)
    {
        using var stopped = new CancellationTokenSource();
        // The first signal ends the run, which still removes what it created; the second one ends the process.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(args, Environment.GetEnvironmentVariable, Console.Out, stopped.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stopped.IsCancellationRequested;
            stopped.Cancel();
        }
    }

    /// <summary>Runs with arguments and environment variables; returns the exit code.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<string, string?> environment, TextWriter output, CancellationToken stopped)
    {
        try
        {
            return await RunAsync(LiveOptions.Parse(arguments), environment, output, seen: null, stopped);
        }
        catch (CannotRunException e)
        {
            await output.WriteLineAsync($"Could not run: {e.Message}");
        }
        catch (OdcException e)
        {
            await output.WriteLineAsync($"Could not run: {e.Message} {e.RecommendedAction}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"Could not run: the report or the specifications: {e.Message}");
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            await output.WriteLineAsync("Could not run: it was stopped before it signed in.");
        }

        return CouldNotRun;
    }

    /// <summary>Runs with options that are checked already.</summary>
    internal static async Task<int> RunAsync(LiveOptions options, Func<string, string?> environment, TextWriter output, Action<Answer>? seen, CancellationToken stopped)
    {
        var specifications = Specifications.In(options.Specifications);
        var caller = new ConsoleCaller(output);
        var client = await ConnectAsync(options, environment, caller, stopped);
        try
        {
            using var service = new Service(client, options, caller, hasBudget: true, stopped);
            service.Answered += seen;
            await output.WriteLineAsync("Signed in. Each request waits for its share of the rate limits, so that a run takes some minutes.");
            var ledger = await new Run(client, service, options, specifications, caller).AllAsync();
            var report = new LiveReport(ledger, options, specifications?.Count ?? 0, client.Time.GetUtcNow());
            foreach (var path in await report.WriteAsync())
                await output.WriteLineAsync($"Report: {path}");
            await output.WriteLineAsync(report.Summary);
            if (ledger.EndedEarly is { } why)
            {
                await output.WriteLineAsync($"Could not run to the end: {why}");
                return CouldNotRun;
            }

            return ledger.Findings.Count > 0 ? Deviates : NothingFound;
        }
        finally
        {
            client.Close();
        }
    }

    private static async Task<OdcClient> ConnectAsync(LiveOptions options, Func<string, string?> environment, ICaller caller, CancellationToken stopped)
    {
        var signIn = new SignIn(new ClientOptions { RateShare = options.RateShare, UserAgent = "OdcPowerShell-Live", Timeout = options.Timeout });
        var tenant = options.Tenant is null ? null : TenantAddress.Parse(options.Tenant);
        if (environment("ODC_LIVE_ACCESS_TOKEN") is { Length: > 0 } token)
            return signIn.FromToken(tenant ?? TenantAddress.Parse(environment("ODC_TENANT_URL")), new Secret(token));
        var apiClient = await ApiClient.ReadAsync(new EnvironmentSecretSource(environment), new SpecifiedClient(tenant), caller, stopped);
        var (client, _) = await signIn.RunAsync(apiClient, cache: null, caller, stopped);
        return client;
    }
}
