using System.Collections;
using OdcPowerShell.AssetRepository;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>How a user came to be a member of a group.</summary>
public sealed class MembershipTypeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Assigned", "Mapped"];
}

/// <summary>Where a user's end-user role comes from.</summary>
public sealed class AssignmentSourceCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Direct", "GroupAssigned", "GroupMapped"];
}

/// <summary>Whether an organization role holds for the organization or for assets.</summary>
public sealed class RoleScopeCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["Organization", "Asset"];
}

/// <summary>The fields by which end-user roles are sorted.</summary>
public sealed class EndUserRoleSortCompleter : ValueCompleter
{
    private protected override IEnumerable<string> Values(IDictionary boundParameters) => ["name", "environmentKey", "assetKey"];
}

/// <summary>Names of organization roles.</summary>
public sealed class OrganizationRoleCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(IdentityApi.QueryOrganizationRoles, client, typed, caller, cancellationToken);
}

/// <summary>Names of end-user groups.</summary>
public sealed class GroupCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(IdentityApi.QueryGroups, client, typed, caller, cancellationToken);
}

/// <summary>Names of end-user roles.</summary>
public sealed class EndUserRoleCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(IdentityApi.QueryEndUserRoles, client, typed, caller, cancellationToken);
}

/// <summary>Names of permissions.</summary>
public sealed class PermissionCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(IdentityApi.QueryPermissions, client, typed, caller, cancellationToken);
}

/// <summary>Names of identity providers.</summary>
public sealed class IdentityProviderCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(IdentityApi.QueryIdentityProviders, client, typed, caller, cancellationToken);
}

/// <summary>Names of assets.</summary>
public sealed class AssetCompleter : NameCompleter
{
    private protected override Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken) =>
        Of(AssetRepositoryApi.ListAssets, client, typed, caller, cancellationToken);
}
