using OdcPowerShell.AssetRepository;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Live.Changes;

/// <summary>A kind of object that the run creates.</summary>
internal sealed record OwnKind(string Noun, Operation Create, Operation List, string KeyName, Operation Delete);

/// <summary>
/// Removes the objects that this program created: those whose keys the run received, and those that the lists have by their whole name. What it
/// can't find out or remove is a finding.
/// </summary>
internal sealed class Leftovers(Run run)
{
    private const int PageSize = 100;
    private const int MostPages = 100;

    private static readonly TimeSpan MostForRemoval = TimeSpan.FromMinutes(3);

    private static readonly IReadOnlyList<OwnKind> Kinds =
    [
        new("group", IdentityApi.CreateGroup, IdentityApi.QueryGroups, "key", IdentityApi.DeleteGroup),
        new("organization role", IdentityApi.CreateOrganizationRole, IdentityApi.QueryOrganizationRoles, "key", IdentityApi.DeleteOrganizationRole),
        new("app", AssetRepositoryApi.CreateAssetRevision, AssetRepositoryApi.ListAssets, "assetKey", AssetRepositoryApi.DeleteAsset),
    ];

    private readonly HashSet<Operation> _tried = [];
    private readonly List<(Operation Create, string Key)> _created = [];

    /// <summary>Remembers that a creation was sent: from now on, an object may exist.</summary>
    internal void Expect(Operation create) => _tried.Add(create);

    /// <summary>The creation was rejected: there is no object.</summary>
    internal void Forget(Operation create) => _tried.Remove(create);

    /// <summary>Remembers the key of a new object.</summary>
    internal void Add(Operation create, string key) => _created.Add((create, key));

    /// <summary>Removes what an earlier run left.</summary>
    internal async Task RemoveEarlierAsync()
    {
        foreach (var kind in Kinds)
        {
            var (keys, _) = await ListedAsync(kind, run.Service.Stopped);
            foreach (var key in keys)
                await RemoveAsync(kind, key, "left by an earlier run", run.Service.Stopped);
        }
    }

    /// <summary>Removes what this run created; not by the token of the run, which Ctrl+C has ended.</summary>
    internal async Task RemoveOwnAsync()
    {
        using var limit = new CancellationTokenSource(MostForRemoval);
        foreach (var kind in Kinds)
        {
            var known = _created.Where(c => c.Create == kind.Create).Select(c => c.Key).ToList();
            foreach (var key in known)
                await RemoveAsync(kind, key, "of this run", limit.Token);
            var (listed, fault) = await ListedAsync(kind, limit.Token);
            foreach (var key in listed.Except(known, StringComparer.OrdinalIgnoreCase))
                await RemoveAsync(kind, key, "of this run", limit.Token);
            if (fault is not null && _tried.Contains(kind.Create))
                run.Report(kind.List, Deviation.NotRemoved, "", "the list of what is still there", $"{fault}: look for {kind.Noun}s named {OwnObjects.Prefix}… in the portal");
        }
    }

    private async Task RemoveAsync(OwnKind kind, string key, string which, CancellationToken stopped)
    {
        var answer = await TrySendAsync(kind.Delete, new KeySet(key), stopped);
        run.Ledger.Changes.Add($"{kind.Noun} {which}: {(answer.IsSuccess ? "removed" : $"not removed, {answer.Result}")}");
        if (!answer.IsSuccess && answer.Status != 404)
            run.Report(kind.Delete, Deviation.NotRemoved, "", "status 204", $"{answer.Result}: remove the {kind.Noun}s named {OwnObjects.Prefix}… in the portal");
    }

    // All pages, because a service may ignore the filter; and why the list is not whole.
    private async Task<(IReadOnlyCollection<string> Keys, string? Fault)> ListedAsync(OwnKind kind, CancellationToken stopped)
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var (offset, seen) = (0, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var page = 0; page < MostPages; page++)
        {
            var query = KeySet.None.With(("nameContains", OwnObjects.Prefix), (kind.List.LimitName, Number(PageSize)));
            var answer = await TrySendAsync(kind.List, offset == 0 ? query : query.With((kind.List.OffsetName, Number(offset))), stopped);
            if (!answer.IsSuccess || !answer.IsList)
                return (keys, answer.IsSuccess ? "no list" : answer.Result);
            keys.UnionWith(answer.Items.Where(i => OwnObjects.IsOwn(Answer.Text(i, "name"))).Select(i => Answer.Text(i, kind.KeyName)).OfType<string>());
            var news = answer.Items.Select(i => Answer.Text(i, kind.KeyName)).OfType<string>().Count(seen.Add);
            var end = offset + answer.Items.Count;
            var isLast = answer.PageNumber("totalResults") is { } total ? end >= total : answer.PageNumber("nextPageOffset") is null && answer.Items.Count < PageSize;
            if (page > 0 && news == 0 && answer.Items.Count > 0)
                return (keys, "its pages repeat");
            if (isLast)
                return (keys, null);
            if (answer.Items.Count == 0)
                return (keys, "it ends before its total");
            offset = answer.PageNumber("nextPageOffset") is { } next && next > offset ? next : end;
        }

        return (keys, $"more than {MostPages} pages");
    }

    // Whatever happens to one request, the clean-up continues with the next object.
    private async Task<Answer> TrySendAsync(Operation operation, KeySet keys, CancellationToken stopped)
    {
        try
        {
            return await run.Service.SendAsync(operation, keys, stopped);
        }
        catch (Exception e) when (stopped != run.Service.Stopped && e is CannotRunException or OperationCanceledException)
        {
            return new Answer(operation, operation.Request([.. keys.Keys])) { Failure = OdcErrorCause.Timeout };
        }
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
