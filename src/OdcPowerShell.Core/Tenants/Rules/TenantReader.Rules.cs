using System.Globalization;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Builds;
using OdcPowerShell.CodeQuality;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Deployments;
using OdcPowerShell.Identity;
using OdcPowerShell.Portfolios;
using OdcPowerShell.Subscription;

namespace OdcPowerShell.Tenants;

/// <summary>The lists that only the rules need.</summary>
internal sealed partial class TenantReader
{
    private static readonly ListWindow First = new(0, 1, 1);

    /// <summary>All members. If the service leaves out members, that is a missing permission here.</summary>
    internal async Task<TenantPart<OdcUser>> MembersAsync()
    {
        var users = await VisibleAsync(await UsersAsync().ConfigureAwait(false), UserKinds.Members).ConfigureAwait(false);
        return users with { Items = [.. users.Items.Where(user => user.Access?.HasOrganizationRoles == true)] };
    }

    /// <summary>All end users with their end-user roles. If the service leaves out end users, that is a missing permission here.</summary>
    internal async Task<TenantPart<OdcUser>> UsersWithRolesAsync()
    {
        return await VisibleAsync(await UsersAndRolesAsync().ConfigureAwait(false), UserKinds.EndUsers).ConfigureAwait(false);
    }

    /// <summary>The first role of a group; empty if it has none.</summary>
    internal Task<TenantPart<OdcEndUserRole>> HasRolesAsync(OdcGroup group) => FirstAsync($"The first role of group {group}", IdentityApi.QueryEndUserRolesOfGroup, group.GroupKey!);

    /// <summary>The first user of a group; empty if it has none.</summary>
    internal Task<TenantPart<OdcGroupUser>> HasUsersAsync(OdcGroup group) => FirstAsync($"The first user of group {group}", IdentityApi.QueryUsersOfGroup, group.GroupKey!);

    /// <summary>The assets of the organization, without those of the service.</summary>
    internal Task<TenantPart<OdcAsset>> OwnAssetsAsync() => ReadAsync("The organization's own assets", async (caller, stopped) =>
    {
        var query = new Query().Add("metadata.isBuiltInAsset", "false");
        var assets = await new OffsetPages<OdcAsset>(client, AssetRepositoryApi.ListAssets, query, Whole).ReadAllAsync(caller, stopped).ConfigureAwait(false);
        client.Names.AssetNames.Keep(assets);
        return assets;
    });

    internal Task<TenantPart<OdcAssetDependency>> FirstConsumerAsync(OdcAsset asset) => FirstAsync($"The first consumer of {asset}", DependencyManagementApi.ListConsumers, asset.AssetKey!);

    internal Task<TenantPart<OdcAssetProducer>> ProducersOfAsync(OdcAsset asset) =>
        ListAsync($"The producers of {asset}", DependencyManagementApi.ListProducers, asset.AssetKey!, (asset.Revision ?? 0).ToString(CultureInfo.InvariantCulture));

    internal Task<TenantPart<OdcBuild>> BuildAsync(string key) => OneAsync($"The build {key}", BuildsApi.GetBuild, key);

    /// <summary>The deployments, undeployments and applied configurations of a stage since a date.</summary>
    internal Task<TenantPart<OdcDeployment>> DeploymentsAsync(OdcStage stage, DateTimeOffset since) => ReadAsync(
        $"The deployments to {stage}",
        (caller, stopped) =>
        {
            var query = new Query().Add("environmentKey", stage.StageKey).Add("createdDateSince", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            return new OffsetPages<OdcDeployment>(client, DeploymentsApi.FilterDeployments, query, Whole).ReadAllAsync(caller, stopped);
        },
        stage.StageKey!);

    /// <summary>The numbers of findings of all assets that were analysed, whenever the findings were discovered.</summary>
    internal Task<TenantPart<OdcCodeQualityMetric>> QualityMetricsAsync() => ReadAsync("The code quality of all assets", (caller, stopped) =>
    {
        // Without a date, the service leaves out what was found more than 14 days ago.
        var query = new Query().Add("Since", "2000-01-01T00:00:00Z");
        return new OffsetPages<OdcCodeQualityMetric>(client, CodeQualityApi.ListMetrics, query, new ListWindow(PageSize: CodeQualityApi.LargestPage)).ReadAllAsync(caller, stopped);
    });

    internal Task<TenantPart<OdcCodeQualityStatus>> QualityStatusAsync() => ReadAsync<OdcCodeQualityStatus>("The state of code analyses", async (caller, stopped) =>
        (await client.GetAsync(CodeQualityApi.GetAnalysisStatus, [], query: null, caller, stopped).ConfigureAwait(false)).Result is { } status ? [status] : []);

    /// <summary>The entitlements of the organization or a stage with their usage. Without the usage, they are not read.</summary>
    internal Task<TenantPart<OdcEntitlement>> EntitlementsAsync(SubscriptionScope scope) => ReadAsync(
        $"The usage of the entitlements of {scope}",
        async (caller, stopped) =>
        {
            var (entitlements, lacking) = await EntitlementReader.EntitlementsAsync(client, scope, caller, stopped).ConfigureAwait(false);
            return lacking is null ? entitlements : throw new OdcApiException(OdcErrorCause.AccessDenied, $"The usage can't be read: {Permission.Lacks(lacking)}.", $"Grant it {lacking}.") { RequiredPermission = lacking };
        },
        scope.Keys);

    private Task<TenantPart<T>> FirstAsync<T>(string name, Operation<Page<T>> operation, params string[] keys) =>
        ReadAsync(name, (caller, stopped) => new OffsetPages<T>(client, operation, new Query(), First, keys).ReadAllAsync(caller, stopped), keys);

    private async Task<TenantPart<OdcUser>> VisibleAsync(TenantPart<OdcUser> users, UserKinds wanted)
    {
        if (!users.IsRead)
            return users;
        var lacking = await ReadAsync<string>($"The visible users, for {wanted}", async (caller, stopped) =>
            await client.UserVisibility.LackingAsync(wanted, users.Items, caller, stopped).ConfigureAwait(false) is { } permission ? [permission] : []).ConfigureAwait(false);
        return !lacking.IsRead ? lacking.As<OdcUser>(users.Name, []) : lacking.Items.Count == 0 ? users : new TenantPart<OdcUser>(users.Name, [], lacking.Items[0]);
    }
}
