using System.Collections;
using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Parameters;

/// <summary>Names of stages: those at hand, or one request of at most two seconds. It never signs in.</summary>
public sealed class StageCompleter : ValueCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private protected override IEnumerable<string> Values(IDictionary boundParameters)
    {
        try
        {
            var client = SessionTable.Shared.Resolve(ConnectionReference.From(boundParameters["Connection"])).Client;
            return (client.Stages.Loaded ?? Ask(client)).Select(s => s.Name).OfType<string>();
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            // Tab has no place for an error; the command itself will say it.
            return [];
        }
    }

    private static IReadOnlyList<Portfolios.OdcStage> Ask(OdcClient client)
    {
        if (client.Tokens.Current is not { IsDue: false })
            return [];
        using var limit = new CancellationTokenSource(Limit);
        return Task.Run(() => client.Stages.GetAsync(NoCaller.Instance, limit.Token), limit.Token).GetAwaiter().GetResult();
    }

    private sealed class NoCaller : ICaller
    {
        internal static NoCaller Instance { get; } = new();

        public bool IsWaiting => false;

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(CallerProgress progress)
        {
        }

        public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
            throw new OdcException(OdcErrorCause.NotConnected, "Completion does not sign in.", "Run a command first.");
    }
}
