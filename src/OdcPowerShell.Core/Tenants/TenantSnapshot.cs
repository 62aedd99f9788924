using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Tenants;

/// <summary>What is read of a tenant.</summary>
/// <param name="Kinds">The kinds of objects.</param>
/// <param name="StageKeys">The stages; empty for all.</param>
/// <param name="WithUsers">Whether personal data is read.</param>
internal sealed record SnapshotScope(IReadOnlyCollection<TenantKind> Kinds, IReadOnlyCollection<string> StageKeys, bool WithUsers = false)
{
    internal bool Has(OdcStage stage) => StageKeys.Count == 0 || StageKeys.Contains(stage.StageKey, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads a tenant as documents. Each list is requested once; the lists of one document are requested side by side.</summary>
internal sealed class TenantSnapshot(TenantReader reader, SnapshotScope scope)
{
    private readonly ConcurrentBag<TenantDocument> _documents = [];
    private readonly ConcurrentBag<UnreadPart> _unread = [];

    /// <exception cref="OdcException">A request failed for another reason than a missing permission.</exception>
    internal async Task<TenantContent> ReadAsync()
    {
        var stages = await reader.StagesAsync().ConfigureAwait(false);
        var names = await SnapshotNames.ReadAsync(reader, scope.Kinds).ConfigureAwait(false);
        await Task.WhenAll(scope.Kinds.Select(kind => ReadAsync(kind, stages, names))).ConfigureAwait(false);
        // Lists that were not needed for anything else are named once.
        return new TenantContent(
            [.. _documents.OrderBy(d => IndexOf(d.Kind)).ThenBy(d => d.Stage, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Key, StringComparer.Ordinal)],
            [.. _unread.Distinct().OrderBy(u => IndexOf(u.Kind)).ThenBy(u => u.Stage, StringComparer.Ordinal).ThenBy(u => u.Name, StringComparer.Ordinal)]);
    }

    private static int IndexOf(TenantKind kind) => TenantKinds.All.TakeWhile(k => k != kind).Count();

    private Task ReadAsync(TenantKind kind, TenantPart<OdcStage> stages, SnapshotNames names)
    {
        if (kind == TenantKinds.Organization)
            return One(kind, null, reader.OrganizationAsync(), o => Json().With("name", o.Name).With("ring", o.Ring).With("platformRegion", o.PlatformRegion).With("dataPlatformRegion", o.DataPlatformRegion));
        if (kind == TenantKinds.Subscription)
            return One(kind, null, reader.SubscriptionConfigurationAsync(), s => Json().With("allDomainsInternal", s.AllDomainsInternal).With("internalEmailDomains", Sorted(s.InternalEmailDomains)));
        if (kind == TenantKinds.PlatformIpFilter)
            return One(kind, null, reader.PlatformIpFilterAsync(), f => Json().With("name", f.Name).With("defaultAction", f.DefaultAction).With("rules", (f.Rules ?? []).Select(r =>
                Json().With("name", r.Name).With("ranges", Sorted(r.Ranges)).With("action", r.Action).With("isActive", r.IsActive))));
        if (kind == TenantKinds.Portfolio)
            return Each(kind, null, reader.PortfoliosAsync(), p => p.Name, p => p.PortfolioKey, p => Json().With("name", p.Name).With("type", p.Type).With("isMain", p.IsMainPortfolio));
        if (kind == TenantKinds.OrganizationRole)
            return Each(kind, null, reader.OrganizationRolesAsync(), r => r.Name, r => r.OrganizationRoleKey, r => Role(r, names));
        if (kind == TenantKinds.Group)
            return GroupsAsync(names);
        if (kind == TenantKinds.DeployedAsset)
            return Each(kind, null, reader.DeployedAssetsAsync(), a => names.Asset(a.AssetKey, a.Name), a => a.AssetKey, a => Deployed(a, names));
        if (kind == TenantKinds.AssetSettings)
            return SettingsAsync(stages, names);
        if (kind == TenantKinds.User)
            return new SnapshotUsers(reader, scope).AddAsync(_documents.Add, _unread.Add);
        return StagesAsync(kind, stages, names);
    }

    private Task StagesAsync(TenantKind kind, TenantPart<OdcStage> stages, SnapshotNames names)
    {
        if (!stages.IsRead)
            _unread.Add(new UnreadPart(kind, Stage: null, Name: null, Reason(stages.Missing!)));
        var all = stages.Items.Where(scope.Has).Select(stage => OfStage(kind, stage, names));
        return Task.WhenAll(kind.IsOfOrganizationToo && scope.StageKeys.Count == 0 ? all.Append(All(kind, null, reader.BuiltInDomainsAsync(), BuiltIn)) : all);
    }

    private Task OfStage(TenantKind kind, OdcStage stage, SnapshotNames names)
    {
        var name = stage.Name ?? stage.StageKey!;
        if (kind == TenantKinds.Stage)
        {
            Add(kind, name, stage.StageKey, name, Json().With("name", stage.Name).With("purpose", stage.Purpose).With("order", stage.Order).With("portfolio", names.Portfolio(stage.PortfolioKey))
                .With("region", stage.Region).With("hosting", stage.Hosting));
            return Task.CompletedTask;
        }

        if (kind == TenantKinds.SystemConfiguration)
            return All(kind, name, reader.SystemConfigurationAsync(stage), values => Json().With("settings", SnapshotSettings.Of(values, setting => setting.Path, $"{name}")));
        if (kind == TenantKinds.BuiltInDomains)
            return All(kind, name, reader.BuiltInDomainsAsync(stage), BuiltIn);
        if (kind == TenantKinds.Domain)
            return Each(kind, name, CustomDomainsAsync(stage), d => d.Hostname, d => d.DomainKey, d => Json().With("hostname", d.Hostname).With("name", d.Name)
                .With("defaultAsset", names.Asset(d.DefaultAssetKey, d.DefaultAssetName)).With("redirect", d.RedirectOption).With("certificate", d.CertificateStatus));
        if (kind == TenantKinds.DefaultDomain)
            return One(kind, name, reader.DefaultDomainAsync(stage), d => string.Equals(d.DefaultDomain, stage.BuiltinDomain, StringComparison.OrdinalIgnoreCase)
                ? Json().With("isBuiltIn", true)
                : Json().With("isBuiltIn", false).With("domain", d.DefaultDomain));
        if (kind == TenantKinds.IpFilterGroup)
            return Each(kind, name, reader.IpFilterGroupsAsync(stage), g => g.Name, g => g.IpFilterGroupKey, g => Json().With("name", g.Name).With("description", g.Description)
                .With("accessType", g.AccessType switch { "ALLOWLIST" => "Allow", "DENYLIST" => "Deny", var other => other })
                .With("rules", (g.Rules ?? []).Select(r => Json().With("name", r.Name).With("ranges", Sorted(r.Ranges)).With("isActive", r.IsActive)))
                .With("assets", Sorted(g.AssetKeys?.Select(key => names.Asset(key)))));
        if (kind == TenantKinds.PrivateGateway)
            return One(kind, name, reader.PrivateGatewayAsync(stage), g => Json().With("state", g.State));
        throw new InvalidOperationException($"Nothing reads {kind.Name}.");
    }

    private async Task<TenantPart<OdcDomain>> CustomDomainsAsync(OdcStage stage)
    {
        var domains = await reader.DomainsAsync(stage).ConfigureAwait(false);
        return domains with { Items = [.. domains.Items.Where(d => d.BuiltIn != true)] };
    }

    private async Task GroupsAsync(SnapshotNames names)
    {
        var groups = await reader.GroupsAsync().ConfigureAwait(false);
        if (!groups.IsRead)
            _unread.Add(new UnreadPart(TenantKinds.Group, Stage: null, Name: null, Reason(groups.Missing!)));
        await Task.WhenAll(groups.Items.Where(g => scope.StageKeys.Count == 0 || scope.StageKeys.Contains(g.StageKey, StringComparer.OrdinalIgnoreCase)).Select(GroupAsync)).ConfigureAwait(false);

        async Task GroupAsync(OdcGroup group)
        {
            var stage = group.StageName ?? group.StageKey;
            var roles = reader.RolesOfGroupAsync(group);
            var users = scope.WithUsers ? reader.UsersOfGroupAsync(group) : null;
            if (await roles.ConfigureAwait(false) is { IsRead: false } unread)
            {
                _unread.Add(new UnreadPart(TenantKinds.Group, stage, group.Name, Reason(unread.Missing!)));
                return;
            }

            var content = Json().With("name", group.Name).With("description", group.Description)
                .With("roles", (await roles.ConfigureAwait(false)).Items.Select(r => Json().With("asset", names.Asset(r.AssetKey)).With("role", r.Name)))
                .With("claimMappings", (group.ClaimMappings ?? []).Select(m => Json().With("identityProvider", names.IdentityProvider(m.IdentityProviderKey))
                    .With("claim", m.ForeignClaim?.Name).With("value", m.ForeignClaim?.Value).With("valueDelimiter", m.ForeignClaim?.ValueDelimiter)));
            if (users is not null)
                content.With("users", Sorted((await users.ConfigureAwait(false)).Items.Where(u => u.MembershipTypes?.Contains("Assigned") != false).Select(u => u.Email)));
            Add(TenantKinds.Group, stage, group.GroupKey, group.Name, content);
        }
    }

    private async Task SettingsAsync(TenantPart<OdcStage> stages, SnapshotNames names)
    {
        var deployed = await reader.DeployedAssetsAsync().ConfigureAwait(false);
        foreach (var part in new[] { (deployed.IsRead, deployed.Missing), (stages.IsRead, stages.Missing) }.Where(p => !p.IsRead))
            _unread.Add(new UnreadPart(TenantKinds.AssetSettings, Stage: null, Name: null, Reason(part.Missing!)));
        var places = from asset in deployed.Items
                     where asset.AssetType?.EndsWith("Library", StringComparison.Ordinal) != true
                     from deployment in asset.Deployments ?? []
                     from stage in stages.Items
                     where scope.Has(stage) && string.Equals(stage.StageKey, deployment.DeployedStageKey, StringComparison.OrdinalIgnoreCase)
                     select (Stage: stage, Asset: asset);
        await Task.WhenAll(places.Select(place => All(
            TenantKinds.AssetSettings, place.Stage.Name, reader.AssetConfigurationAsync(place.Stage, place.Asset),
            configurations => SnapshotSettings.Of(configurations[0], names.Asset(place.Asset.AssetKey, place.Asset.Name)!, place.Stage.Name!), names.Asset(place.Asset.AssetKey, place.Asset.Name), place.Asset.AssetKey)))
            .ConfigureAwait(false);
    }

    private static JsonObject Role(OdcOrganizationRole role, SnapshotNames names) => Json().With("name", role.Name).With("isReadOnly", role.IsReadOnly).With("permissions", (role.Permissions ?? []).Select(p =>
        Json().With("permission", names.Permission(p)).With("stages", Sorted(p.StageKeys?.Select(names.Stage))).With("portfolios", Sorted(p.PortfolioKeys?.Select(names.Portfolio)))));

    private static JsonObject Deployed(OdcDeployedAsset asset, SnapshotNames names) => Json().With("asset", names.Asset(asset.AssetKey, asset.Name)).With("type", asset.AssetType).With("stages", (asset.Deployments ?? []).Select(d =>
        Json().With("stage", names.Stage(d.DeployedStageKey!)).With("revision", d.Revision).With("tag", d.Tag)));

    private static JsonObject BuiltIn(IReadOnlyList<OdcBuiltInDomain> domains) => Json().With("domains", domains.Select(d => Json().With("prefix", d.Prefix).With("isPrimary", d.IsPrimary)));

    private static IEnumerable<string> Sorted(IEnumerable<string?>? texts) => (texts ?? []).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(t => t, StringComparer.Ordinal);

    private static JsonObject Json() => [];

    private static string Reason(string permission) => $"the API client lacks {permission}";

    private Task One<T>(TenantKind kind, string? stage, Task<TenantPart<T>> part, Func<T, JsonObject> content) => All(kind, stage, part, items => items.Count == 0 ? Json() : content(items[0]));

    private async Task All<T>(TenantKind kind, string? stage, Task<TenantPart<T>> part, Func<IReadOnlyList<T>, JsonObject> content, string? name = null, string? key = null)
    {
        var read = await part.ConfigureAwait(false);
        if (read.IsRead)
            Add(kind, stage, key, name, content(read.Items));
        else
            _unread.Add(new UnreadPart(kind, stage, name, Reason(read.Missing!)));
    }

    private async Task Each<T>(TenantKind kind, string? stage, Task<TenantPart<T>> part, Func<T, string?> name, Func<T, string?> key, Func<T, JsonObject> content)
    {
        var read = await part.ConfigureAwait(false);
        if (!read.IsRead)
            _unread.Add(new UnreadPart(kind, stage, Name: null, Reason(read.Missing!)));
        foreach (var item in read.Items)
            Add(kind, stage, key(item), name(item), content(item));
    }

    private void Add(TenantKind kind, string? stage, string? key, string? name, JsonObject content) => _documents.Add(new TenantDocument(kind, stage, name ?? key ?? kind.Noun, content) { Key = key });
}

/// <summary>The names of what documents refer to.</summary>
internal sealed class SnapshotNames
{
    private readonly Dictionary<string, string> _assets = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _portfolios = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OdcPermission> _permissions = new(StringComparer.OrdinalIgnoreCase);

    private SnapshotNames()
    {
    }

    /// <summary>Reads the names that the kinds need. What the API client may not see keeps its key.</summary>
    internal static async Task<SnapshotNames> ReadAsync(TenantReader reader, IReadOnlyCollection<TenantKind> kinds)
    {
        var needsAssets = kinds.Any(k => k == TenantKinds.Group || k == TenantKinds.Domain || k == TenantKinds.IpFilterGroup || k == TenantKinds.AssetSettings || k == TenantKinds.DeployedAsset || k == TenantKinds.User);
        var needsPortfolios = kinds.Contains(TenantKinds.Stage) || kinds.Contains(TenantKinds.OrganizationRole);
        var assets = needsAssets ? reader.AssetsAsync() : null;
        var portfolios = needsPortfolios ? reader.PortfoliosAsync() : null;
        var providers = kinds.Contains(TenantKinds.Group) ? reader.IdentityProvidersAsync() : null;
        var permissions = kinds.Contains(TenantKinds.OrganizationRole) ? reader.PermissionsAsync() : null;
        var names = new SnapshotNames();
        Add(names._stages, (await reader.StagesAsync().ConfigureAwait(false)).Items);
        if (portfolios is not null)
            Add(names._portfolios, (await portfolios.ConfigureAwait(false)).Items);
        if (providers is not null)
            Add(names._providers, (await providers.ConfigureAwait(false)).Items);
        if (permissions is not null)
            names.Add((await permissions.ConfigureAwait(false)).Items);
        if (assets is not null)
            names.Add((await assets.ConfigureAwait(false)).Items);
        return names;
    }

    internal string Stage(string key) => _stages.TryGetValue(key, out var name) ? name : key;

    internal string? Portfolio(string? key) => key is not null && _portfolios.TryGetValue(key, out var name) ? name : key;

    internal string? IdentityProvider(string? key) => key is not null && _providers.TryGetValue(key, out var name) ? name : key;

    /// <summary>The name of an asset; with its key if several have the name.</summary>
    internal string? Asset(string? key, string? known = null)
    {
        if (key is null)
            return known;
        var name = _assets.TryGetValue(key, out var found) ? found : known;
        return name is null ? key : _shared.Contains(name) ? $"{name} ({key})" : name;
    }

    /// <summary>A permission as the portal shows it.</summary>
    internal string Permission(OdcOrganizationRolePermission permission) =>
        permission.PermissionKey is { } key && _permissions.TryGetValue(key, out var known) && known.Category is not null ? $"{known.Category} > {known.Name}" : permission.Name ?? permission.PermissionKey ?? "";

    private static void Add(Dictionary<string, string> names, IEnumerable<INamed> items)
    {
        foreach (var item in items.Where(i => i.Key is not null))
            names[item.Key!] = item.Name ?? item.Key!;
    }

    private void Add(IReadOnlyList<OdcPermission> permissions)
    {
        foreach (var permission in permissions.Where(p => p.PermissionKey is not null))
            _permissions[permission.PermissionKey!] = permission;
    }

    private void Add(IReadOnlyList<OdcAsset> assets)
    {
        Add(_assets, assets);
        _shared.UnionWith(_assets.Values.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
    }
}
