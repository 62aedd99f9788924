using OdcPowerShell.AssetRepository;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Tenants;

/// <summary>The names of what documents refer to.</summary>
internal sealed class SnapshotNames
{
    private readonly Dictionary<string, string> _assets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _portfolios = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _permissions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Func<TenantKind, bool> Needs, string Reason)> _unread = [];

    private SnapshotNames()
    {
    }

    /// <summary>Reads the names that the kinds need.</summary>
    internal static async Task<SnapshotNames> ReadAsync(TenantReader reader, IReadOnlyCollection<TenantKind> kinds)
    {
        var names = new SnapshotNames();
        await Task.WhenAll(
            names.ReadAsync(kinds, NeedsStages, reader.NamedStagesAsync, names.AddStages),
            names.ReadAsync(kinds, NeedsPortfolios, reader.PortfoliosAsync, portfolios => Add(names._portfolios, portfolios)),
            names.ReadAsync(kinds, kind => kind == TenantKinds.Group, reader.IdentityProvidersAsync, providers => Add(names._providers, providers)),
            names.ReadAsync(kinds, kind => kind == TenantKinds.OrganizationRole, reader.PermissionsAsync, names.AddPermissions),
            names.ReadAsync(kinds, NeedsAssets, reader.AssetsAsync, names.AddAssets)).ConfigureAwait(false);
        return names;
    }

    /// <summary>Why the kind's documents would have keys in the place of names; null if all names are known.</summary>
    internal string? ReasonFor(TenantKind kind) => _unread.Where(m => m.Needs(kind)).Select(m => m.Reason).FirstOrDefault();

    internal string? Stage(string? key) => Find(_stages, key);

    internal string? Portfolio(string? key) => Find(_portfolios, key);

    internal string? IdentityProvider(string? key) => Find(_providers, key);

    /// <summary>A permission as the portal shows it.</summary>
    internal string? Permission(OdcOrganizationRolePermission permission) => Find(_permissions, permission.PermissionKey) ?? permission.Name;

    /// <summary>The name of an asset; with its key if several have the name.</summary>
    internal string? Asset(string? key, string? known) =>
        key is null || (Find(_assets, key) ?? known) is not { } name ? known : _shared.Contains(name) ? $"{name} ({key})" : name;

    private static bool NeedsStages(TenantKind kind) => kind == TenantKinds.Group || kind == TenantKinds.OrganizationRole || kind == TenantKinds.DeployedAsset || kind == TenantKinds.User;

    private static bool NeedsPortfolios(TenantKind kind) => kind == TenantKinds.Stage || kind == TenantKinds.OrganizationRole;

    private static bool NeedsAssets(TenantKind kind) => kind == TenantKinds.Group || kind == TenantKinds.Domain || kind == TenantKinds.IpFilterGroup || kind == TenantKinds.AssetSettings
        || kind == TenantKinds.DeployedAsset || kind == TenantKinds.User;

    private static string? Find(Dictionary<string, string> names, string? key) => key is not null && names.TryGetValue(key, out var name) ? name : null;

    private async Task ReadAsync<T>(IReadOnlyCollection<TenantKind> kinds, Func<TenantKind, bool> needs, Func<Task<TenantPart<T>>> read, Action<IReadOnlyList<T>> add)
    {
        if (!kinds.Any(needs))
            return;
        var list = await read().ConfigureAwait(false);
        add(list.Items);
        if (!list.IsRead)
        {
            lock (_unread)
                _unread.Add((needs, list.Reason!));
        }
    }

    private void AddStages(IReadOnlyList<Portfolios.OdcStage> stages) => Add(_stages, stages);

    private void AddPermissions(IReadOnlyList<OdcPermission> permissions)
    {
        foreach (var permission in permissions.Where(p => p is { PermissionKey: not null, Name: not null }))
            _permissions[permission.PermissionKey!] = permission.FullName!;
    }

    private void AddAssets(IReadOnlyList<OdcAsset> assets)
    {
        Add(_assets, assets);
        _shared.UnionWith(_assets.Values.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static void Add(Dictionary<string, string> names, IEnumerable<INamed> items)
    {
        foreach (var item in items.Where(i => i.Key is not null))
            names[item.Key!] = item.Name ?? item.Key!;
    }
}

/// <summary>The names in one document. One that the API client may not see makes the document unknown: with a key in its place, it would differ from the same document of another client.</summary>
internal sealed class DocumentNames(SnapshotNames names)
{
    /// <summary>What has no name that is known; null if all has.</summary>
    internal string? Unknown { get; private set; }

    internal string? Stage(string? key) => Known("stage", key, names.Stage(key));

    internal string? Portfolio(string? key) => Known("portfolio", key, names.Portfolio(key));

    internal string? IdentityProvider(string? key) => Known("identity provider", key, names.IdentityProvider(key));

    internal string? Asset(string? key, string? known = null) => Known("asset", key, names.Asset(key, known));

    internal string? Permission(OdcOrganizationRolePermission permission) => Known("permission", permission.PermissionKey, names.Permission(permission));

    private string? Known(string what, string? key, string? name)
    {
        if (key is not null && name is null)
            Unknown ??= $"it refers to the {what} {key}, which the API client can't see";
        return name ?? key;
    }
}
