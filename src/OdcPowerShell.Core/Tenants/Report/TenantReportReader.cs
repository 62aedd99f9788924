using System.Collections.Concurrent;
using OdcPowerShell.Authentication;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tenants;

/// <summary>What a report needs.</summary>
/// <param name="Sections">The sections, see <see cref="ReportSections"/>.</param>
/// <param name="StageKeys">Only these stages; empty for all.</param>
/// <param name="Days">The days of the time line.</param>
/// <param name="HasDependencies">Whether the producers of each asset are read, with a request for each.</param>
internal sealed record ReportScope(IReadOnlyCollection<string> Sections, IReadOnlyList<string> StageKeys, int Days, bool HasDependencies)
{
    internal bool Wants(string section) => Sections.Contains(section, StringComparer.OrdinalIgnoreCase);

    internal bool Has(string? stageKey) => StageKeys.Count == 0 || StageKeys.Contains(stageKey, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads all that a report shows. The sections are read side by side.</summary>
internal sealed class TenantReportReader(TenantReader tenant, ReportScope scope)
{
    private const int ChangesPerPage = 100;
    private readonly ConcurrentQueue<string> _notes = new();

    private OdcClient Client => tenant.Client;

    private NotingCaller Noting => new(tenant.Caller, _notes.Enqueue);

    /// <summary>The number of requests for the dependencies of so many assets, and how long they take at least.</summary>
    internal static (int Requests, double Minutes) PriceOf(int assets) =>
        (assets, assets / (double)RateLimits.For(HttpMethod.Get, DependencyManagementApi.ListProducers.Template)[0].PerMinute);

    internal async Task<TenantReport> ReadAsync(string clientId)
    {
        var now = Client.Time.GetUtcNow();
        var stages = await StagesAsync().ConfigureAwait(false);
        var organization = tenant.OrganizationAsync();
        var assets = scope.HasDependencies || scope.Wants(ReportSections.Stages) || scope.Wants(ReportSections.Access) ? tenant.AssetsAsync() : null;
        var deployed = scope.Wants(ReportSections.Stages) ? tenant.DeployedAssetsAsync() : null;
        // Names of assets that were read are not requested again.
        if (assets is not null)
            await assets.ConfigureAwait(false);
        var changes = scope.Wants(ReportSections.Changes) ? ChangesAsync(stages, now.AddDays(-scope.Days)) : null;
        var access = scope.Wants(ReportSections.Access) ? AccessAsync() : null;
        var usage = scope.Wants(ReportSections.Usage) ? UsageAsync(stages) : null;
        var dependencies = scope.HasDependencies ? DependenciesAsync() : null;
        return new TenantReport
        {
            Tenant = Client.Origin.Authority,
            ClientId = clientId,
            CreatedAt = now,
            Days = scope.Days,
            Stages = stages,
            Organization = await organization.ConfigureAwait(false),
            Assets = assets is null ? null : await assets.ConfigureAwait(false),
            Deployed = deployed is null ? null : await deployed.ConfigureAwait(false),
            Changes = changes is null ? null : await changes.ConfigureAwait(false),
            Access = access is null ? null : await access.ConfigureAwait(false),
            Usage = usage is null ? null : await usage.ConfigureAwait(false),
            Dependencies = dependencies is null ? null : await dependencies.ConfigureAwait(false),
            Notes = [.. _notes.Distinct(StringComparer.Ordinal).OrderBy(note => note, StringComparer.Ordinal)],
        };
    }

    private async Task<TenantPart<OdcStage>> StagesAsync()
    {
        var stages = await tenant.StagesAsync().ConfigureAwait(false);
        if (stages.IsRead && scope.StageKeys.FirstOrDefault(key => !stages.Items.Any(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase))) is { } unknown)
            throw ResourceTypes.Stage.NotFoundKey(unknown);
        return stages with { Items = [.. stages.Items.Where(s => scope.Has(s.StageKey)).OrderBy(s => s.Order ?? int.MaxValue).ThenBy(s => s.Name, StringComparer.OrdinalIgnoreCase)] };
    }

    private Task<TenantPart<OdcChange>> ChangesAsync(TenantPart<OdcStage> stages, DateTimeOffset since)
    {
        var chosen = scope.StageKeys.Count == 0 ? [] : stages.Items;
        var timeline = new ChangeTimeline(Client, new ChangeScope(since, Before: null, ChangeKinds.Known, chosen, AssetKeys: [], ChangesPerPage));
        return tenant.ReadAsync("The changes", (_, stopped) => timeline.ReadAllAsync(Noting, stopped));
    }

    private async Task<TenantAccess> AccessAsync()
    {
        var roles = OrganizationRolesAsync();
        var users = await tenant.ReadAsync("The users with their end-user roles", (_, stopped) =>
            IdentityReaders.Users(Client, new Query().Add("embed", "ApplicationRoles"), new ListWindow(), UserKinds.All, counts: true).ReadAllAsync(Noting, stopped)).ConfigureAwait(false);
        return new TenantAccess
        {
            Users = users,
            EndUserRoles = await EndUserRolesAsync(users).ConfigureAwait(false),
            OrganizationRoles = await roles.ConfigureAwait(false),
        };
    }

    private async Task<TenantPart<RoleMembers>> OrganizationRolesAsync()
    {
        var roles = await tenant.OrganizationRolesAsync().ConfigureAwait(false);
        var members = await Task.WhenAll(roles.Items.Where(r => r.OrganizationRoleKey is not null).Select(async role => (role, await tenant.UsersOfOrganizationRoleAsync(role).ConfigureAwait(false)))).ConfigureAwait(false);
        return roles.As<RoleMembers>(roles.Name, [.. members.Select(m => new RoleMembers(m.role, KeysOf(m.Item2, user => user.UserKey)))]);
    }

    private async Task<TenantPart<RoleUse>> EndUserRolesAsync(TenantPart<OdcUser> users)
    {
        var roles = await tenant.EndUserRolesAsync().ConfigureAwait(false);
        var groups = await tenant.GroupsAsync().ConfigureAwait(false);
        var wanted = groups.Items.Where(g => g.GroupKey is not null && scope.Has(g.StageKey));
        var grants = await Task.WhenAll(wanted.Select(GrantsAsync)).ConfigureAwait(false);
        await IdentityReaders.NameAsync(Client, [.. roles.Items], tenant.Caller, tenant.Stopped).ConfigureAwait(false);

        var direct = users.Items.SelectMany(user => (user.Embedded?.EndUserRoles ?? []).Where(role => role.IsDirect).Select(role => (Role: role.EndUserRoleKey ?? "", User: user.UserKey ?? "")))
            .ToLookup(e => e.Role, e => e.User, StringComparer.OrdinalIgnoreCase);
        var isComplete = groups.IsRead && grants.All(g => g.Roles.IsRead);
        var byGroup = grants.SelectMany(grant => grant.Roles.Items.Select(role => (Role: role.EndUserRoleKey ?? "", grant.Users))).ToLookup(e => e.Role, e => e.Users, StringComparer.OrdinalIgnoreCase);
        return roles.As<RoleUse>(roles.Name, [.. roles.Items.Where(r => scope.Has(r.StageKey)).Select(Use)]);

        RoleUse Use(OdcEndUserRole role)
        {
            var own = direct[role.EndUserRoleKey ?? ""].ToList();
            var members = byGroup[role.EndUserRoleKey ?? ""].ToList();
            var all = users.IsRead && isComplete && members.TrueForAll(m => m is not null)
                ? own.Concat(members.SelectMany(m => m!)).Distinct(StringComparer.OrdinalIgnoreCase).Count() : (int?)null;
            return new RoleUse(role, users.IsRead ? own.Distinct(StringComparer.OrdinalIgnoreCase).Count() : null, isComplete ? members.Count : null, all);
        }
    }

    // Groups without roles grant nothing: their members are not asked for.
    private async Task<(TenantPart<OdcEndUserRole> Roles, IReadOnlyList<string>? Users)> GrantsAsync(OdcGroup group)
    {
        var roles = await tenant.RolesOfGroupAsync(group).ConfigureAwait(false);
        return roles.Items.Count == 0 ? (roles, []) : (roles, KeysOf(await tenant.UsersOfGroupAsync(group).ConfigureAwait(false), user => user.UserKey));
    }

    private async Task<IReadOnlyList<TenantPart<OdcEntitlement>>> UsageAsync(TenantPart<OdcStage> stages)
    {
        var scopes = stages.Items.Select(s => new SubscriptionScope(s.StageKey, s.Name)).Prepend(new SubscriptionScope());
        return await Task.WhenAll(scopes.Select(of => tenant.ReadAsync($"The entitlements of {of}", async (caller, stopped) =>
        {
            var (entitlements, lacking) = await EntitlementReader.EntitlementsAsync(Client, of, caller, stopped).ConfigureAwait(false);
            if (lacking is not null)
                _notes.Enqueue($"The usage of {of} is left out: {Permission.Lacks(lacking)}.");
            return entitlements;
        }))).ConfigureAwait(false);
    }

    private async Task<TenantPart<DependencyNode>> DependenciesAsync()
    {
        const string Name = "The dependencies";
        var assets = await tenant.AssetsAsync().ConfigureAwait(false);
        var (requests, minutes) = PriceOf(assets.Items.Count);
        tenant.Caller.Verbose(FormattableString.Invariant($"The dependencies take {requests} requests: {Math.Ceiling(minutes)} minutes or more within the rate limit."));
        var parts = await Task.WhenAll(assets.Items.Where(a => a is { AssetKey: not null, Revision: not null }).Select(async asset => (asset, Used: await ProducersAsync(asset).ConfigureAwait(false)))).ConfigureAwait(false);
        if (!assets.IsRead)
            return assets.As<DependencyNode>(Name, []);
        if (parts.Length > 0 && parts.All(p => !p.Used.IsRead))
            return parts[0].Used.As<DependencyNode>(Name, []);
        if (parts.Count(p => !p.Used.IsRead) is var unread and > 0)
            _notes.Enqueue(FormattableString.Invariant($"The dependencies of {unread} assets are left out: {parts.First(p => !p.Used.IsRead).Used.Reason}."));
        var graph = new DependencyGraph();
        foreach (var (asset, used) in parts)
        {
            graph.Add(asset.AssetKey!, asset.Name, asset.AssetType);
            foreach (var producer in used.Items)
                graph.TryAdd(producer);
        }

        return new TenantPart<DependencyNode>(Name, graph.Nodes);
    }

    private Task<TenantPart<OdcAssetProducer>> ProducersAsync(AssetRepository.OdcAsset asset) => tenant.ReadAsync<OdcAssetProducer>($"The producers of {asset.Name} ({asset.AssetKey})", async (caller, stopped) =>
    {
        try
        {
            string[] keys = [asset.AssetKey!, FormattableString.Invariant($"{asset.Revision}")];
            var page = await Client.GetAsync(DependencyManagementApi.ListProducers, keys, new Query().Add("maxDepth", 1), caller, stopped).ConfigureAwait(false);
            foreach (var producer in page.Results ?? [])
                (producer.ConsumerAssetKey, producer.ConsumerAssetName) = (asset.AssetKey, asset.Name);
            return page.Results ?? [];
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            _notes.Enqueue($"The dependencies of {asset.Name} are left out: it was removed while the report was made.");
            return [];
        }
    });

    private static IReadOnlyList<string>? KeysOf<T>(TenantPart<T> part, Func<T, string?> key) => part.IsRead ? [.. part.Items.Select(key).OfType<string>()] : null;

    /// <summary>A caller whose warnings are noted too.</summary>
    private sealed class NotingCaller(ICaller caller, Action<string> note) : PassingCaller(caller)
    {
        public override void Warning(string message)
        {
            note(message);
            base.Warning(message);
        }

        public override void Incomplete(string message)
        {
            note(message);
            base.Incomplete(message);
        }
    }
}
