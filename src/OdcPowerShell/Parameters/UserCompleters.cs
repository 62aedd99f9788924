using OdcPowerShell.AssetRepository;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Parameters;

/// <summary>How a user came to be a member of a group.</summary>
public sealed class MembershipTypeCompleter() : KnownValueCompleter("Assigned", "Mapped");

/// <summary>Where a user's end-user role comes from.</summary>
public sealed class AssignmentSourceCompleter() : KnownValueCompleter("Direct", "GroupAssigned", "GroupMapped");

/// <summary>Whether an organization role holds for the organization or for assets.</summary>
public sealed class RoleScopeCompleter() : KnownValueCompleter("Organization", "Asset");

/// <summary>The fields by which end-user roles are sorted.</summary>
public sealed class EndUserRoleSortCompleter() : KnownValueCompleter("name", "environmentKey", "assetKey");

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

/// <summary>E-mails of users.</summary>
public sealed class UserCompleter : NameCompleter
{
    private protected override async Task<IEnumerable<string?>> NamesAsync(OdcClient client, string typed, ICaller caller, CancellationToken cancellationToken)
    {
        const string List = "users";
        if (client.Names.First.Of(List, typed) is { } known)
            return known;
        var now = client.Names.First.Now;
        var query = new Query().Add("nameOrEmailContains", typed.Length == 0 ? null : typed).Add("limit", Most);
        var page = await client.GetAsync(IdentityApi.QueryUsers, [], query, caller, cancellationToken);
        IReadOnlyList<string> emails = [.. (page.Results ?? []).Select(user => user.Email).OfType<string>()];
        client.Names.First.Keep(now, List, typed, emails, isAll: emails.Count < Most);
        return emails;
    }
}
