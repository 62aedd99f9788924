using OdcPowerShell.AssetConfigurations;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>A command that reads a whole tenant, or the kinds of it that are chosen. It works without the permission for a kind: that part is then unknown.</summary>
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "to read stages, and for the names of stages")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios), When = "to read portfolios, stages and organization roles", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), When = "to read deployed assets and settings", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetApplicationConfiguration), When = "to read settings of apps", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetAgentConfiguration), When = "to read settings of agents", IsOptional = true)]
[ApiOperation(typeof(AssetConfigurationsApi), nameof(AssetConfigurationsApi.GetStageSystemConfiguration), When = "to read system configurations", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListDomains), When = "to read domains", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetDefaultDomain), When = "to read default domains", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListBuiltInDomains), When = "to read built-in domains", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.ListIpFilterGroups), When = "to read IP filter groups", IsOptional = true)]
[ApiOperation(typeof(EnvironmentConfigurationsApi), nameof(EnvironmentConfigurationsApi.GetPrivateGateway), When = "to read private gateways", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), When = "to read groups", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), When = "to read groups", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryIdentityProviders), When = "to read groups", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), When = "to read organization roles", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions), When = "to read organization roles", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), When = "with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "with users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "with users, for members", IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization), When = "to read the organization", IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.ListBuiltInDomains), When = "to read built-in domains", IsOptional = true)]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetPlatformIpFilterGroup), When = "to read the IP filter of the platform", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationConfigurations), When = "to read the configuration of the subscription", IsOptional = true)]
public abstract class TenantCmdlet : ConnectedCmdlet
{
    private const int Whole = 100;

    private protected TenantCmdlet()
    {
    }

    /// <summary>Only objects of these kinds. AssetSettings takes a request for each asset and stage, and Group one for each group; the other kinds take few.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.TenantKinds, IsOpen = true)]
    public string[]? Kind { get; set; }

    /// <summary>Objects of these kinds are left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.TenantKinds, IsOpen = true)]
    public string[]? ExcludeKind { get; set; }

    /// <summary>Includes personal data: users with their roles, and the users of groups.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeUser { get; set; }

    /// <summary>The kinds that are left of those of a scope.</summary>
    private protected IReadOnlyList<TenantKind> Kinds { get; private set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        foreach (var (unknown, parameter) in (Kind ?? []).Select(k => (k, nameof(Kind))).Concat((ExcludeKind ?? []).Select(k => (k, nameof(ExcludeKind)))).Where(k => TenantKinds.Find(k.Item1.Trim()) is null))
            Reject($"There is no kind '{unknown}'.", $"Specify one of these with -{parameter}: {string.Join(", ", TenantKinds.All.Select(k => k.Name))}.");
        Kinds = [.. TenantKinds.All.Where(k => (Kind is null || Names(Kind, k)) && (ExcludeKind is null || !Names(ExcludeKind, k)))];
        if (Kinds.Count == 0)
            Reject("No kind is left.", "Change -Kind or -ExcludeKind.");

        static bool Names(string[] typed, TenantKind kind) => typed.Any(t => TenantKinds.Find(t.Trim()) == kind);
    }

    /// <summary>A reader that shows its progress.</summary>
    private protected TenantReader Reader(OdcClient client, string activity, CancellationToken stopped) => new(client, Caller, stopped)
    {
        WhenRead = (read, requested, name) => Caller.Progress(new CallerProgress(activity, Left: null, name) { Percent = Math.Min(Whole, read * Whole / Math.Max(1, requested)) }),
    };

    /// <summary>The stage under the name that files have for it.</summary>
    private protected OdcStage NamedStageOf(string key) =>
        Run(stopped => new TenantReader(Client, Caller, stopped).NamedStagesAsync()).Items.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? StageOf(key);

    private protected void EndProgress(string activity) => Caller.Progress(new CallerProgress(activity, Left: null));
}
