using System.Collections;
using OdcPowerShell.Http;
using OdcPowerShell.Json;
using OdcPowerShell.Sessions;

namespace OdcPowerShell.Parameters;

/// <summary>Names of the tenant's objects: those at hand, or what one request of at most two seconds tells. It never signs in.</summary>
public abstract class NameCompleter : ValueCompleter
{
    private protected const int Most = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private protected NameCompleter()
    {
    }

    private protected abstract Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken);

    private protected sealed override IEnumerable<string> Values(IDictionary boundParameters) => Values(boundParameters, "");

    private protected sealed override IEnumerable<string> Values(IDictionary boundParameters, string typed)
    {
        try
        {
            var client = SessionTable.Shared.Resolve(ConnectionReference.From(boundParameters["Connection"])).Client;
            if (client.Tokens.Current is not { IsDue: false })
                return AtHand(client);
            using var limit = new CancellationTokenSource(Limit);
            return Task.Run(() => NamesAsync(client, typed, SilentCaller.Instance, limit.Token), limit.Token).GetAwaiter().GetResult().OfType<string>().ToList();
        }
        catch (Exception e) when (e is OdcException or OperationCanceledException)
        {
            // Tab has no place for an error; the command itself will say it.
            return [];
        }
    }

    /// <summary>What is known without asking, for when nobody may be asked.</summary>
    private protected virtual IEnumerable<string> AtHand(OdcClient client) => [];

    /// <summary>The names in the first page of a list that hold what was typed.</summary>
    private protected static async Task<IEnumerable<string?>> Of<T>(
        Operation<Page<T>> list, OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken)
        where T : INamed
    {
        if (client.Names.First.Of(list.Template, typed) is { } known)
            return known;
        var now = client.Names.First.Now;
        var query = new Query().Add("nameContains", typed.Length == 0 ? null : typed).Add("limit", Most);
        var page = await client.GetAsync(list, [], query, caller, cancellationToken);
        IReadOnlyList<string> names = [.. (page.Results ?? []).Select(item => item.Name).OfType<string>()];
        client.Names.First.Keep(now, list.Template, typed, names, isAll: names.Count < Most);
        return names;
    }
}
