namespace OdcPowerShell.Identity;

/// <summary>Finds many users by key in one request.</summary>
internal static class UserLookup
{
    /// <summary>Each key, in the order given, with its user; null where there is none that the API client may see.</summary>
    internal static async Task<IReadOnlyList<(string Key, OdcUser? User)>> FindAsync(
        OdcClient client, IReadOnlyList<string> keys, Query query, ICaller caller, CancellationToken cancellationToken)
    {
        var asked = query.Copy().AddJoined("userKeys", keys.Distinct(StringComparer.OrdinalIgnoreCase));
        var page = await client.GetAsync(IdentityApi.QueryUsers, [], asked, caller, cancellationToken).ConfigureAwait(false);
        await IdentityReaders.NameRolesAsync(client, page.Results ?? [], caller, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, OdcUser>(StringComparer.OrdinalIgnoreCase);
        foreach (var user in page.Results ?? [])
            found[user.UserKey ?? ""] = user;
        return [.. keys.Select(k => (k, found.TryGetValue(k, out var user) ? user : null))];
    }

    internal static OdcException NotFound(string key) => new(
        OdcErrorCause.NotFound, $"There is no user with the key {key} that this API client can see.",
        "Check the key. With only 'View end users' or only 'View members' an API client sees only those users.");
}
