using System.Collections.Concurrent;
using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.EnvironmentConfigurations;
using OdcPowerShell.Identity;
using OdcPowerShell.Organization;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Reads the lists of a tenant, each once and only when it is needed, for commands that need many of them. The requests run side by side, within the
/// rate limit. A list that the API client may not read has the missing permission instead, and one that did not come whole has that; any other failure is thrown.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle no one asks for has nothing to release.")]
internal sealed partial class TenantReader(OdcClient client, ICaller caller, CancellationToken cancellationToken)
{
    private const int MostAtOnce = 8;
    private const int MostTries = 2;
    private static readonly ListWindow Whole = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private int _requested;
    private int _read;

    internal OdcClient Client => client;

    internal ICaller Caller => caller;

    internal CancellationToken Stopped => cancellationToken;

    /// <summary>Is called with the numbers of lists that were read and requested, and the name of the last one.</summary>
    internal Action<int, int, string>? WhenRead { get; set; }

    internal Task<TenantPart<OdcOrganization>> OrganizationAsync() => OneAsync("The organization", OrganizationApi.GetOrganization);

    internal Task<TenantPart<OdcSubscriptionConfiguration>> SubscriptionConfigurationAsync() => OneAsync("The configuration of the subscription", SubscriptionApi.GetOrganizationConfigurations);

    internal Task<TenantPart<OdcPlatformIpFilterGroup>> PlatformIpFilterAsync() => OneAsync("The IP filter of the platform", OrganizationApi.GetPlatformIpFilterGroup);

    internal Task<TenantPart<OdcPortfolio>> PortfoliosAsync() => ListAsync("The portfolios", PortfoliosApi.ListPortfolios);

    /// <summary>The stages. The service answers with none where the API client may not see them.</summary>
    internal async Task<TenantPart<OdcStage>> StagesAsync()
    {
        var stages = await ReadAsync("The stages", (caller, stopped) => client.Names.Stages.GetAsync(caller, stopped)).ConfigureAwait(false);
        return stages is { IsRead: true, Items.Count: 0 } ? stages with { Missing = PortfoliosApi.ListEnvironments.NeededForRows } : stages;
    }

    /// <summary>The stages as files name them: a name that several portfolios have is followed by the portfolio, as in QA (Retail).</summary>
    internal async Task<TenantPart<OdcStage>> NamedStagesAsync()
    {
        var stages = await StagesAsync().ConfigureAwait(false);
        var shared = new HashSet<string>(stages.Items.GroupBy(s => s.Name ?? "", StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key), StringComparer.OrdinalIgnoreCase);
        if (shared.Count == 0)
            return stages;
        var portfolios = (await PortfoliosAsync().ConfigureAwait(false)).Items;
        return stages with { Items = [.. stages.Items.Select(s => shared.Contains(s.Name ?? "") ? s.Named($"{s.Name} ({portfolios.FirstOrDefault(p => p.PortfolioKey == s.PortfolioKey)?.Name ?? s.PortfolioKey})") : s)] };
    }

    /// <summary>The assets, whose names are known to all look-ups from then on.</summary>
    internal Task<TenantPart<OdcAsset>> AssetsAsync() => ReadAsync("The assets", async (caller, stopped) =>
    {
        var assets = await PagesOf(AssetRepositoryApi.ListAssets).ReadAllAsync(caller, stopped).ConfigureAwait(false);
        client.Names.AssetNames.Keep(assets);
        return assets;
    });

    /// <summary>What runs where. The service shows the stages for which the API client has View stage.</summary>
    internal async Task<TenantPart<OdcDeployedAsset>> DeployedAssetsAsync()
    {
        await StagesAsync().ConfigureAwait(false);
        return await ReadAsync("The deployed assets", (caller, stopped) => DeployedAssetReader.Of(client, PortfoliosApi.ListDeployedAssets, new Query(), Whole).ReadAllAsync(caller, stopped)).ConfigureAwait(false);
    }

    /// <summary>The users with their profile. The service leaves out those that the API client may not see.</summary>
    internal Task<TenantPart<OdcUser>> UsersAsync() => ListAsync("The users", IdentityApi.QueryUsers);

    /// <summary>The same with their end-user roles.</summary>
    internal Task<TenantPart<OdcUser>> UsersAndRolesAsync() => ReadAsync("The users and their roles", (caller, stopped) =>
        new OffsetPages<OdcUser>(client, IdentityApi.QueryUsers, new Query().Add("embed", "ApplicationRoles"), Whole).ReadAllAsync(caller, stopped));

    /// <summary>The permission without which the list of users lacks some; null if it has all.</summary>
    internal Task<string?> LackingUsersAsync(IReadOnlyList<OdcUser> users) => client.UserVisibility.LackingAsync(UserKinds.All, users, caller, cancellationToken);

    internal Task<TenantPart<OdcUserOrganizationRole>> OrganizationRolesOfUserAsync(OdcUser user) => ListAsync($"The organization roles of {user}", IdentityApi.QueryOrganizationRolesOfUser, user.UserKey!);

    /// <summary>The groups of all stages, with their claim mappings.</summary>
    internal async Task<TenantPart<OdcGroup>> GroupsAsync()
    {
        await StagesAsync().ConfigureAwait(false);
        return await ReadAsync("The groups", (caller, stopped) => IdentityReaders.Groups(client, new Query(), Whole).ReadAllAsync(caller, stopped)).ConfigureAwait(false);
    }

    internal Task<TenantPart<OdcEndUserRole>> RolesOfGroupAsync(OdcGroup group) => ListAsync($"The roles of group {group.Name}", IdentityApi.QueryEndUserRolesOfGroup, group.GroupKey!);

    internal Task<TenantPart<OdcGroupUser>> UsersOfGroupAsync(OdcGroup group) => ListAsync($"The users of group {group.Name}", IdentityApi.QueryUsersOfGroup, group.GroupKey!);

    internal Task<TenantPart<OdcOrganizationRole>> OrganizationRolesAsync() => ListAsync("The organization roles", IdentityApi.QueryOrganizationRoles);

    internal Task<TenantPart<OdcOrganizationRoleUser>> UsersOfOrganizationRoleAsync(OdcOrganizationRole role) =>
        ListAsync($"The members with organization role {role.Name}", IdentityApi.QueryUsersOfOrganizationRole, role.OrganizationRoleKey!);

    internal Task<TenantPart<OdcPermission>> PermissionsAsync() => ListAsync("The permissions", IdentityApi.QueryPermissions);

    internal Task<TenantPart<OdcIdentityProvider>> IdentityProvidersAsync() => ListAsync("The identity providers", IdentityApi.QueryIdentityProviders);

    internal Task<TenantPart<OdcEndUserRole>> EndUserRolesAsync() => ListAsync("The end-user roles", IdentityApi.QueryEndUserRoles);

    internal Task<TenantPart<OdcDomain>> DomainsAsync(OdcStage stage) => ReadAsync($"The domains of {stage}", (caller, stopped) => StageParts.Domains(client, stage.StageKey!).ReadAllAsync(caller, stopped), stage.StageKey!);

    /// <summary>The built-in domains of a stage, or without one those of the organization.</summary>
    internal Task<TenantPart<OdcBuiltInDomain>> BuiltInDomainsAsync(OdcStage? stage = null)
    {
        var scope = new BuiltInDomainScope(stage?.StageKey, stage?.Name);
        return ReadAsync($"The built-in domains of {scope}", (caller, stopped) => scope.ReadAsync(client, caller, stopped), stage?.StageKey ?? "");
    }

    internal Task<TenantPart<OdcDefaultDomain>> DefaultDomainAsync(OdcStage stage) => OneAsync($"The default domain of {stage}", EnvironmentConfigurationsApi.GetDefaultDomain, stage.StageKey!);

    internal Task<TenantPart<OdcIpFilterGroup>> IpFilterGroupsAsync(OdcStage stage) =>
        ReadAsync($"The IP filter groups of {stage}", (caller, stopped) => StageParts.IpFilterGroups(client, stage.StageKey!).ReadAllAsync(caller, stopped), stage.StageKey!);

    internal Task<TenantPart<OdcPrivateGateway>> PrivateGatewayAsync(OdcStage stage) => OneAsync($"The private gateway of {stage}", EnvironmentConfigurationsApi.GetPrivateGateway, stage.StageKey!);

    internal Task<TenantPart<OdcConfigurationValue>> SystemConfigurationAsync(OdcStage stage) => ReadAsync<OdcConfigurationValue>($"The system configuration of {stage}", async (caller, stopped) =>
        (await ConfigurationReader.ReadStageAsync(client, stage, caller, stopped).ConfigureAwait(false)).SystemConfigurations ?? [], stage.StageKey!);

    /// <summary>The configuration of an app or agent that runs in a stage.</summary>
    internal Task<TenantPart<OdcAssetConfiguration>> AssetConfigurationAsync(OdcStage stage, OdcDeployedAsset asset) => ReadAsync<OdcAssetConfiguration>($"The settings of {asset} in {stage}", async (caller, stopped) =>
        [await ConfigurationReader.ReadAsync(client, new ConfigurationPlace(stage, asset.AssetKey, asset.Name, asset.AssetType), revision: null, new Query(), caller, stopped).ConfigureAwait(false)], stage.StageKey!, asset.AssetKey!);

    /// <summary>Any other list, by a name for messages.</summary>
    internal Task<TenantPart<T>> ListAsync<T>(string name, Operation<Page<T>> operation, params string[] keys) =>
        ReadAsync(name, (caller, stopped) => PagesOf(operation, keys).ReadAllAsync(caller, stopped), keys);

    /// <summary>Any other object, as a list of one.</summary>
    internal Task<TenantPart<T>> OneAsync<T>(string name, Operation<T> operation, params string[] keys) =>
        ReadAsync<T>(name, async (caller, stopped) => [await client.GetAsync(operation, keys, query: null, caller, stopped).ConfigureAwait(false)], keys);

    /// <summary>Reads a list once; the next request for it gets the same.</summary>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="keys">The keys of what it belongs to, where other lists may have the same name: groups of two stages can.</param>
    /// <exception cref="OdcException">It could not be read for another reason than a missing permission.</exception>
    internal async Task<TenantPart<T>> ReadAsync<T>(string name, Func<ICaller, CancellationToken, Task<IReadOnlyList<T>>> read, params string[] keys) =>
        await ((Task<TenantPart<T>>)_parts.GetOrAdd($"{typeof(T).Name} {name} {string.Join(" ", keys)}", _ => new Lazy<Task>(() => ReadNowAsync(name, read))).Value).ConfigureAwait(false);

    private OffsetPages<T> PagesOf<T>(Operation<Page<T>> operation, params string[] keys) => new(client, operation, new Query(), Whole, keys);

    private async Task<TenantPart<T>> ReadNowAsync<T>(string name, Func<ICaller, CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        Interlocked.Increment(ref _requested);
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A list that changes while it is read is whole at the next try.
            for (var tries = 1; ; tries++)
            {
                var asking = new ListCaller(caller);
                var items = await read(asking, cancellationToken).ConfigureAwait(false);
                if (asking.Lacks is null)
                    return new TenantPart<T>(name, items);
                if (tries < MostTries)
                    continue;
                var part = TenantPart<T>.Incomplete(name, asking.Lacks);
                caller.Incomplete($"{name} can't be used: {part.Reason}.");
                return part;
            }
        }
        catch (OdcException e) when (e.Cause == OdcErrorCause.AccessDenied)
        {
            return new TenantPart<T>(name, [], (e as OdcApiException)?.RequiredPermission ?? Permission.NotStated.Required);
        }
        finally
        {
            _room.Release();
            WhenRead?.Invoke(Interlocked.Increment(ref _read), Volatile.Read(ref _requested), name);
        }
    }
}

/// <summary>A list of a tenant, or the reason why it could not be read. An empty list and a list that can't be read are never the same.</summary>
/// <param name="Name">What it is, in messages: the groups, the domains of Production.</param>
/// <param name="Items">The objects; empty if the list can't be read.</param>
/// <param name="Missing">What the API client lacks: a permission, or a complete list; null if the list was read.</param>
internal sealed record TenantPart<T>(string Name, IReadOnlyList<T> Items, string? Missing = null)
{
    internal bool IsRead => Missing is null;

    /// <summary>Why the service did not send the whole list, as a clause; null if that is not the reason.</summary>
    internal string? Gap { get; init; }

    /// <summary>The permission that the API client lacks; null if none is missing.</summary>
    internal string? MissingPermission => Gap is null ? Missing : null;

    /// <summary>Why it could not be read, as a clause; null if it was read.</summary>
    internal string? Reason => Gap ?? (Missing is null ? null : Permission.Lacks(Missing));

    /// <summary>A list of which the service did not send all. Its objects are left out, because nothing can be concluded from them.</summary>
    internal static TenantPart<T> Incomplete(string name, string why)
    {
        var gap = char.ToLowerInvariant(why[0]) + why.Substring(1).TrimEnd('.');
        return new TenantPart<T>(name, [], $"the complete list: {gap}") { Gap = gap };
    }

    /// <summary>What was made of this list; unread, for the same reason, if this one is.</summary>
    internal TenantPart<TOther> As<TOther>(string name, IReadOnlyList<TOther> items) => new(name, items, Missing) { Gap = Gap };
}
