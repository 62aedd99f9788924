using System.Collections.Concurrent;
using System.Text.Json.Nodes;
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
    /// <summary>The kinds that are read: users only with personal data.</summary>
    internal IReadOnlyList<TenantKind> Wanted => [.. TenantKinds.All.Where(k => Kinds.Contains(k) && (WithUsers || k != TenantKinds.User))];

    /// <summary>The scope of an export, in the tenant. A stage that the tenant does not have stays as its name, so that it is never all stages.</summary>
    internal static async Task<SnapshotScope> OfAsync(TenantReader reader, IEnumerable<TenantKind> kinds, IReadOnlyList<string> stages, bool withUsers)
    {
        var all = stages.Count == 0 ? [] : (await reader.NamedStagesAsync().ConfigureAwait(false)).Items;
        return new SnapshotScope(
            [.. kinds], [.. stages.Select(name => all.Where(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)).Select(s => s.StageKey).FirstOrDefault() ?? name)], withUsers);
    }

    internal bool Has(OdcStage stage) => Has(stage.StageKey);

    internal bool Has(string? stageKey) => StageKeys.Count == 0 || StageKeys.Contains(stageKey, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads a tenant as documents. Each list is requested once; the lists of one document are requested side by side.</summary>
internal sealed class TenantSnapshot(TenantReader reader, SnapshotScope scope, ISnapshotParts? kept = null)
{
    private readonly ConcurrentBag<SnapshotPart> _parts = [];

    /// <exception cref="OdcException">A request failed for another reason than a missing permission.</exception>
    internal async Task<TenantContent> ReadAsync()
    {
        var stages = await reader.NamedStagesAsync().ConfigureAwait(false);
        var names = await SnapshotNames.ReadAsync(reader, scope.Wanted).ConfigureAwait(false);
        await Task.WhenAll(scope.Wanted.Select(kind => ReadAsync(kind, stages, names))).ConfigureAwait(false);
        var unread = _parts.SelectMany(p => p.Unread).ToList();
        var documents = new List<TenantDocument>();
        foreach (var same in _parts.SelectMany(p => p.Documents).GroupBy(d => d.Identity))
        {
            var first = same.First();
            if (same.Count() == 1)
                documents.Add(first);
            else
                unread.Add(new UnreadPart(first.Kind, first.Stage, first.Name, FormattableString.Invariant($"{same.Count()} of them have this name")));
        }

        return new TenantContent(TenantContent.Sorted(documents), TenantContent.Sorted(Joined(unread, documents)))
        {
            Tenant = reader.Client.Origin.Authority,
            Scope = new TenantScope(scope.Wanted, [.. scope.StageKeys.Select(key => names.Stage(key) ?? NameOf(stages, key)).OrderBy(n => n, StringComparer.Ordinal)], scope.WithUsers),
        };
    }

    // If nothing of a kind could be read, for one reason, there is one part, and not one for each object.
    private static IEnumerable<UnreadPart> Joined(IReadOnlyList<UnreadPart> unread, IReadOnlyList<TenantDocument> documents) => unread.GroupBy(u => u.Kind).SelectMany(same =>
        same.Count() > 1 && same.Select(u => u.Reason).Distinct(StringComparer.Ordinal).Count() == 1 && !documents.Any(d => d.Kind == same.Key) ? [same.First() with { Stage = null, Name = null }] : same.AsEnumerable());

    private Task ReadAsync(TenantKind kind, TenantPart<OdcStage> stages, SnapshotNames names)
    {
        if (names.ReasonFor(kind) is { } reason)
            return PartAsync(new SnapshotPart(kind, Stage: null, Item: null), part => Unread(part, reason));
        if (kind == TenantKinds.Organization)
            return OneAsync(kind, null, names, reader.OrganizationAsync, o => Json().With("name", o.Name).With("ring", o.Ring).With("platformRegion", o.PlatformRegion).With("dataPlatformRegion", o.DataPlatformRegion));
        if (kind == TenantKinds.Subscription)
            return OneAsync(kind, null, names, reader.SubscriptionConfigurationAsync, s => Json().With("allDomainsInternal", s.AllDomainsInternal).With("internalEmailDomains", Sorted(s.InternalEmailDomains)));
        if (kind == TenantKinds.PlatformIpFilter)
            return OneAsync(kind, null, names, reader.PlatformIpFilterAsync, f => Json().With("name", f.Name).With("defaultAction", f.DefaultAction).With("rules", (f.Rules ?? []).Select(r =>
                Json().With("name", r.Name).With("ranges", Sorted(r.Ranges)).With("action", r.Action).With("isActive", r.IsActive))));
        if (kind == TenantKinds.Portfolio)
            return EachAsync(kind, null, names, reader.PortfoliosAsync, p => p.Name, p => p.PortfolioKey, (p, _) => Json().With("name", p.Name).With("type", p.Type).With("isMain", p.IsMainPortfolio));
        if (kind == TenantKinds.OrganizationRole)
            return EachAsync(kind, null, names, reader.OrganizationRolesAsync, r => r.Name, r => r.OrganizationRoleKey, Role);
        if (kind == TenantKinds.DeployedAsset)
            return EachAsync(kind, null, names, reader.DeployedAssetsAsync, a => names.Asset(a.AssetKey, a.Name), a => a.AssetKey, Deployed);
        if (kind == TenantKinds.Group)
            return GroupsAsync(names);
        if (kind == TenantKinds.AssetSettings)
            return SettingsAsync(stages, names);
        if (kind == TenantKinds.User)
            return new SnapshotUsers(reader, PartAsync).ReadAsync(names);
        return StagesAsync(kind, stages, names);
    }

    private Task StagesAsync(TenantKind kind, TenantPart<OdcStage> stages, SnapshotNames names)
    {
        var all = stages.Items.Where(scope.Has).Select(stage => OfStageAsync(kind, stage, names)).ToList();
        if (!stages.IsRead)
            all.Add(PartAsync(new SnapshotPart(kind, Stage: null, Item: null), part => Unread(part, stages.Reason!)));
        else if (kind.IsOfOrganizationToo && scope.StageKeys.Count == 0)
            all.Add(AllAsync(kind, null, names, () => reader.BuiltInDomainsAsync(), BuiltIn));
        return Task.WhenAll(all);
    }

    private Task OfStageAsync(TenantKind kind, OdcStage stage, SnapshotNames names)
    {
        var name = NameOf(stage);
        if (kind == TenantKinds.Stage)
        {
            return PartAsync(new SnapshotPart(kind, name, Item: null), part =>
            {
                part.Add(names, stage.StageKey, name, n => Json().With("name", name).With("purpose", stage.Purpose).With("order", stage.Order).With("portfolio", n.Portfolio(stage.PortfolioKey))
                    .With("region", stage.Region).With("hosting", stage.Hosting));
                return Task.CompletedTask;
            });
        }

        if (kind == TenantKinds.SystemConfiguration)
            return AllAsync(kind, name, names, () => reader.SystemConfigurationAsync(stage), values => Json().With("settings", SnapshotSettings.Of(values, setting => setting.Path, name)));
        if (kind == TenantKinds.BuiltInDomains)
            return AllAsync(kind, name, names, () => reader.BuiltInDomainsAsync(stage), BuiltIn);
        if (kind == TenantKinds.Domain)
            return EachAsync(kind, name, names, () => CustomDomainsAsync(stage), d => d.Hostname, d => d.DomainKey, (d, n) => Json().With("hostname", d.Hostname).With("name", d.Name)
                .With("defaultAsset", n.Asset(d.DefaultAssetKey, d.DefaultAssetName)).With("redirect", d.RedirectOption).With("certificate", d.CertificateStatus));
        if (kind == TenantKinds.DefaultDomain)
            return OneAsync(kind, name, names, () => reader.DefaultDomainAsync(stage), d => string.Equals(d.DefaultDomain, stage.BuiltinDomain, StringComparison.OrdinalIgnoreCase)
                ? Json().With("isBuiltIn", true)
                : Json().With("isBuiltIn", false).With("domain", d.DefaultDomain));
        if (kind == TenantKinds.IpFilterGroup)
            return EachAsync(kind, name, names, () => reader.IpFilterGroupsAsync(stage), g => g.Name, g => g.IpFilterGroupKey, Filter);
        if (kind == TenantKinds.PrivateGateway)
            return OneAsync(kind, name, names, () => reader.PrivateGatewayAsync(stage), g => Json().With("state", g.State));
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
        var parts = groups.Items.Where(g => scope.Has(g.StageKey)).Select(group => PartAsync(new SnapshotPart(TenantKinds.Group, names.Stage(group.StageKey) ?? group.StageKey, group.GroupKey), part => GroupAsync(group, part, names))).ToList();
        if (!groups.IsRead)
            parts.Add(PartAsync(new SnapshotPart(TenantKinds.Group, Stage: null, Item: null), part => Unread(part, groups.Reason!)));
        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    private async Task GroupAsync(OdcGroup group, SnapshotPart part, SnapshotNames names)
    {
        var (rolesRead, usersRead) = (reader.RolesOfGroupAsync(group), scope.WithUsers ? reader.UsersOfGroupAsync(group) : null);
        var roles = await rolesRead.ConfigureAwait(false);
        var users = usersRead is null ? null : await usersRead.ConfigureAwait(false);
        if ((roles.Reason ?? users?.Reason) is { } reason)
        {
            part.AddUnread(reason, group.Name);
            return;
        }

        part.Add(names, group.GroupKey, group.Name, n =>
        {
            // Its stage is the place of its file.
            n.Stage(group.StageKey);
            var content = Json().With("name", group.Name).With("description", group.Description)
                .With("roles", roles.Items.Select(r => Json().With("asset", n.Asset(r.AssetKey)).With("role", r.Name)))
                .With("claimMappings", (group.ClaimMappings ?? []).Select(m => Json().With("identityProvider", n.IdentityProvider(m.IdentityProviderKey))
                    .With("claim", m.ForeignClaim?.Name).With("value", m.ForeignClaim?.Value).With("valueDelimiter", m.ForeignClaim?.ValueDelimiter)));
            return users is null ? content : content.With("users", Sorted(users.Items.Where(u => u.MembershipTypes?.Contains("Assigned", StringComparer.Ordinal) != false).Select(u => u.Email)));
        });
    }

    private async Task SettingsAsync(TenantPart<OdcStage> stages, SnapshotNames names)
    {
        var deployed = await reader.DeployedAssetsAsync().ConfigureAwait(false);
        var places = from asset in deployed.Items
                     where asset.AssetType?.EndsWith("Library", StringComparison.Ordinal) != true
                     from deployment in asset.Deployments ?? []
                     from stage in stages.Items
                     where scope.Has(stage) && string.Equals(stage.StageKey, deployment.DeployedStageKey, StringComparison.OrdinalIgnoreCase)
                     select (Stage: stage, Asset: asset);
        var parts = places.Distinct().Select(place => PartAsync(new SnapshotPart(TenantKinds.AssetSettings, NameOf(place.Stage), place.Asset.AssetKey), async part =>
        {
            var read = await reader.AssetConfigurationAsync(place.Stage, place.Asset).ConfigureAwait(false);
            var name = names.Asset(place.Asset.AssetKey, place.Asset.Name) ?? place.Asset.AssetKey!;
            if (read.IsRead)
                part.Add(names, place.Asset.AssetKey, name, _ => SnapshotSettings.Of(read.Items[0], name, part.Stage!));
            else
                part.AddUnread(read.Reason!, name);
        })).ToList();
        if ((deployed.Reason ?? stages.Reason) is { } reason)
            parts.Add(PartAsync(new SnapshotPart(TenantKinds.AssetSettings, Stage: null, Item: null), part => Unread(part, reason)));
        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    private static JsonObject Role(OdcOrganizationRole role, DocumentNames names) => Json().With("name", role.Name).With("isReadOnly", role.IsReadOnly).With("permissions", (role.Permissions ?? []).Select(p =>
        Json().With("permission", names.Permission(p)).With("stages", Sorted(p.StageKeys?.Select(names.Stage))).With("portfolios", Sorted(p.PortfolioKeys?.Select(names.Portfolio)))));

    private static JsonObject Deployed(OdcDeployedAsset asset, DocumentNames names) => Json().With("asset", names.Asset(asset.AssetKey, asset.Name)).With("type", asset.AssetType).With("stages", (asset.Deployments ?? []).Select(d =>
        Json().With("stage", names.Stage(d.DeployedStageKey)).With("revision", d.Revision).With("tag", d.Tag)));

    private static JsonObject Filter(OdcIpFilterGroup group, DocumentNames names) => Json().With("name", group.Name).With("description", group.Description)
        .With("accessType", group.AccessType switch { "ALLOWLIST" => "Allow", "DENYLIST" => "Deny", var other => other })
        .With("rules", (group.Rules ?? []).Select(r => Json().With("name", r.Name).With("ranges", Sorted(r.Ranges)).With("isActive", r.IsActive)))
        .With("assets", Sorted(group.AssetKeys?.Select(key => names.Asset(key))));

    private static JsonObject BuiltIn(IReadOnlyList<OdcBuiltInDomain> domains) => Json().With("domains", domains.Select(d => Json().With("prefix", d.Prefix).With("isPrimary", d.IsPrimary)));

    private static IEnumerable<string> Sorted(IEnumerable<string?>? texts) => (texts ?? []).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(t => t, StringComparer.Ordinal);

    private static JsonObject Json() => [];

    private static string NameOf(OdcStage stage) => stage.Name ?? stage.StageKey!;

    private static string NameOf(TenantPart<OdcStage> stages, string key) => stages.Items.Where(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)).Select(NameOf).FirstOrDefault() ?? key;

    private static Task Unread(SnapshotPart part, string reason)
    {
        part.AddUnread(reason);
        return Task.CompletedTask;
    }

    private Task OneAsync<T>(TenantKind kind, string? stage, SnapshotNames names, Func<Task<TenantPart<T>>> read, Func<T, JsonObject> content) =>
        AllAsync(kind, stage, names, read, items => items.Count == 0 ? Json() : content(items[0]));

    private Task AllAsync<T>(TenantKind kind, string? stage, SnapshotNames names, Func<Task<TenantPart<T>>> read, Func<IReadOnlyList<T>, JsonObject> content) => PartAsync(new SnapshotPart(kind, stage, Item: null), async part =>
    {
        var list = await read().ConfigureAwait(false);
        if (list.IsRead)
            part.Add(names, key: null, name: null, _ => content(list.Items));
        else
            part.AddUnread(list.Reason!);
    });

    private Task EachAsync<T>(TenantKind kind, string? stage, SnapshotNames names, Func<Task<TenantPart<T>>> read, Func<T, string?> name, Func<T, string?> key, Func<T, DocumentNames, JsonObject> content) =>
        PartAsync(new SnapshotPart(kind, stage, Item: null), async part =>
        {
            var list = await read().ConfigureAwait(false);
            if (!list.IsRead)
                part.AddUnread(list.Reason!);
            foreach (var item in list.Items)
                part.Add(names, key(item), name(item), n => content(item, n));
        });

    private async Task PartAsync(SnapshotPart part, Func<SnapshotPart, Task> read)
    {
        if (kept?.Find(part) is { } known)
        {
            _parts.Add(known);
            return;
        }

        await read(part).ConfigureAwait(false);
        _parts.Add(part);
        // What could not be read may be readable when the export continues.
        if (part.Unread.Count == 0)
            kept?.Keep(part);
    }
}
