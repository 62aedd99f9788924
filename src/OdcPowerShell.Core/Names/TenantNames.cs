using OdcPowerShell.AssetRepository;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Json;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Names;

/// <summary>What a tenant's objects are called, and by which keys.</summary>
internal sealed class TenantNames
{
    private readonly OdcClient _client;
    private readonly TimeProvider _time;

    internal TenantNames(OdcClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
        Stages = new StageList(client, time);
        AssetNames = new AssetNames(client, time);
        UserNames = new UserNames(client, time);
        First = new FirstNames(time);
        Assets = ByName(AssetRepositoryApi.ListAssets);
        Users = Lookup(IdentityApi.QueryUsers, "nameOrEmailContains", (user, text) => Is(user.Email, text) || Is(user.Name, text));
        Groups = ByName(IdentityApi.QueryGroups);
        EndUserRoles = ByName(IdentityApi.QueryEndUserRoles);
        OrganizationRoles = ByName(IdentityApi.QueryOrganizationRoles);
        Permissions = ByName(IdentityApi.QueryPermissions);
        IdentityProviders = ByName(IdentityApi.QueryIdentityProviders);
        Portfolios = Lookup(PortfoliosApi.ListPortfolios, filter: null, (portfolio, text) => Is(portfolio.Name, text));
    }

    /// <summary>The names that Tab offered lately: each Tab would take a part of the rate limit.</summary>
    internal FirstNames First { get; }

    internal StageList Stages { get; }

    /// <summary>The names of assets by their keys.</summary>
    internal AssetNames AssetNames { get; }

    /// <summary>The names of users by their keys.</summary>
    internal UserNames UserNames { get; }

    internal NameLookup<OdcAsset> Assets { get; }

    /// <summary>Users by e-mail or full name.</summary>
    internal NameLookup<OdcUser> Users { get; }

    internal NameLookup<OdcGroup> Groups { get; }

    internal NameLookup<OdcEndUserRole> EndUserRoles { get; }

    internal NameLookup<OdcOrganizationRole> OrganizationRoles { get; }

    internal NameLookup<OdcPermission> Permissions { get; }

    internal NameLookup<OdcIdentityProvider> IdentityProviders { get; }

    internal NameLookup<OdcPortfolio> Portfolios { get; }

    /// <summary>Forgets what names stood for: something was created, renamed or removed.</summary>
    internal void Forget()
    {
        Users.Forget();
        Groups.Forget();
        EndUserRoles.Forget();
        OrganizationRoles.Forget();
        Assets.Forget();
        Permissions.Forget();
        IdentityProviders.Forget();
        Portfolios.Forget();
        AssetNames.Forget();
        UserNames.Forget();
        First.Forget();
    }

    private NameLookup<T> ByName<T>(Operation<Page<T>> list)
        where T : class, INamed => Lookup(list, "nameContains", (item, text) => Is(item.Name, text));

    private NameLookup<T> Lookup<T>(Operation<Page<T>> list, string? filter, Func<T, string, bool> isNamed)
        where T : class => new(
        async (name, caller, cancellationToken) =>
        {
            var objects = new OffsetPages<T>(_client, list, filter is null ? new Query() : new Query().Add(filter, name), new ListWindow());
            var found = await objects.ReadAllAsync(caller, cancellationToken).ConfigureAwait(false);
            return [.. found.Where(item => isNamed(item, name))];
        },
        _time);

    private static bool Is(string? name, string text) => NameText.IsSame(name, text);
}
