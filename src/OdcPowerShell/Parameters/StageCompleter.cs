using OdcPowerShell.Http;

namespace OdcPowerShell.Parameters;

/// <summary>Names of stages.</summary>
public sealed class StageCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        (client.Names.Stages.Loaded ?? await client.Names.Stages.GetAsync(caller, cancellationToken)).Select(s => s.Name);

    private protected override IEnumerable<string> AtHand(OdcClient client) => (client.Names.Stages.Loaded ?? []).Select(s => s.Name).OfType<string>();
}
