using System.Globalization;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>The keys of a tenant's objects by their names. What an import creates is added while it runs.</summary>
internal sealed class TenantKeys
{
    internal const string Asset = "asset";
    internal const string Portfolio = "portfolio";
    internal const string Permission = "permission";
    internal const string EndUserRole = "end-user role";
    internal const string StageNoun = "stage";
    private readonly Dictionary<(string What, string Stage, string Name), List<string>> _keys = [];
    private readonly Dictionary<(string What, string Stage), List<string>> _names = [];
    private readonly Dictionary<string, string> _unread = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OdcStage> _stages = new(StringComparer.OrdinalIgnoreCase);

    private TenantKeys()
    {
    }

    /// <summary>Reads the lists that the kinds refer to, each once.</summary>
    internal static async Task<TenantKeys> ReadAsync(TenantReader reader, ImportSource source, TenantContent now, SnapshotNames names)
    {
        var (keys, kinds) = (new TenantKeys(), source.Kinds);
        foreach (var stage in (await reader.NamedStagesAsync().ConfigureAwait(false)).Items)
        {
            keys._stages[stage.Name ?? stage.StageKey!] = stage;
            keys.Add(StageNoun, null, stage.Name, stage.StageKey);
        }

        foreach (var document in now.Documents)
            keys.Add(document.Kind.Noun, document.Stage, document.Name, document.Key);
        if (kinds.Any(k => k == TenantKinds.Group || k == TenantKinds.Domain || k == TenantKinds.IpFilterGroup || k == TenantKinds.AssetSettings || k == TenantKinds.User))
            keys.AddAll(Asset, await reader.AssetsAsync().ConfigureAwait(false), a => a.AssetKey, a => [a.Name, names.Asset(a.AssetKey, a.Name)]);
        if (kinds.Contains(TenantKinds.OrganizationRole))
        {
            keys.AddAll(Portfolio, await reader.PortfoliosAsync().ConfigureAwait(false), p => p.PortfolioKey, p => [p.Name]);
            keys.AddAll(Permission, await reader.PermissionsAsync().ConfigureAwait(false), p => p.PermissionKey, p => [p.FullName, p.Name]);
        }

        // What users have, also where the roles themselves are not imported.
        if (kinds.Contains(TenantKinds.User) && !kinds.Contains(TenantKinds.OrganizationRole))
            keys.AddAll(TenantKinds.OrganizationRole.Noun, await reader.OrganizationRolesAsync().ConfigureAwait(false), r => r.OrganizationRoleKey, r => [r.Name]);
        // The users of groups, also where users themselves are not among the files.
        if (kinds.Contains(TenantKinds.Group) && !kinds.Contains(TenantKinds.User) && source.Content.Documents.Any(d => d.Content.ContainsKey("users")))
            keys.AddAll(TenantKinds.User.Noun, await reader.UsersAsync().ConfigureAwait(false), u => u.UserKey, u => [u.Email]);
        if (kinds.Contains(TenantKinds.Group) || kinds.Contains(TenantKinds.User))
        {
            var roles = await reader.EndUserRolesAsync().ConfigureAwait(false);
            if (roles.Reason is { } reason)
                keys._unread[EndUserRole] = reason;
            foreach (var role in roles.Items)
                keys.Add(EndUserRole, names.Stage(role.StageKey), $"{names.Asset(role.AssetKey, known: null)}/{role.Name}", role.EndUserRoleKey);
        }

        return keys;
    }

    /// <summary>The stage of a name; null if the tenant has none.</summary>
    internal OdcStage? Stage(string name) => _stages.TryGetValue(name, out var stage) ? stage : null;

    internal void Add(string what, string? stage, string? name, string? key)
    {
        if (name is null || key is null)
            return;
        var place = Place(what, stage, name);
        if (!_keys.TryGetValue(place, out var known))
            _keys[place] = known = [];
        if (!_names.TryGetValue((what, place.Item2), out var names))
            _names[(what, place.Item2)] = names = [];
        names.Add(name);
        if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
            known.Add(key);
    }

    /// <summary>All keys of a name. An object that is known by its key only is found by that.</summary>
    internal IReadOnlyList<string> All(string what, string? stage, string name) => _keys.TryGetValue(Place(what, stage, name), out var known) ? known : [];

    /// <summary>The names of all such objects, for suggestions.</summary>
    internal IEnumerable<string> Names(string what, string? stage) => _names.TryGetValue((what, (stage ?? "").ToUpper(CultureInfo.InvariantCulture)), out var names) ? names : [];

    /// <summary>Why such objects can't be read; null if they were.</summary>
    internal string? UnreadFor(string what) => _unread.TryGetValue(what, out var reason) ? reason : null;

    /// <summary>The key of an object that is there, or that an earlier step has created by now; in a preview, a text in its place.</summary>
    internal string Of(TenantKind kind, string? stage, string name) => All(kind.Noun, stage, name) is { Count: > 0 } known ? known[0] : $"(key of the new {kind.Noun} {name})";

    private static (string, string, string) Place(string what, string? stage, string name) =>
        (what, (stage ?? "").ToUpper(CultureInfo.InvariantCulture), name.ToUpper(CultureInfo.InvariantCulture));

    private void AddAll<T>(string what, TenantPart<T> part, Func<T, string?> key, Func<T, IEnumerable<string?>> names)
    {
        if (part.Reason is { } reason)
            _unread[what] = reason;
        foreach (var item in part.Items)
        {
            foreach (var name in names(item).Distinct(StringComparer.OrdinalIgnoreCase))
                Add(what, null, name, key(item));
        }
    }
}
