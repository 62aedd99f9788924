using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;
using OdcPowerShell.Parameters;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets organization roles: the sets of permissions that members have.</summary>
/// <remarks>
/// <para>Without parameters, gets all roles with their permissions. With -User, gets the roles that users have, for the whole organization or for single assets, one row for each user and role. Pipe users to it.</para>
/// <para type="operation">GET /api/identity/v1/organization-roles</para>
/// <para type="operation" when="for roles given by key">GET /api/identity/v1/organization-roles/{key}</para>
/// <para type="operation" when="with -User">GET /api/identity/v1/users/{key}/organization-roles</para>
/// <para type="operation" when="for the names of assets">GET /api/asset-repository/v1/assets</para>
/// </remarks>
/// <example>
/// <code>Get-OdcOrganizationRole</code>
/// <para>Gets all organization roles.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -HasOrganizationRole -First 5 | Get-OdcOrganizationRole</code>
/// <para>Gets the roles of five members.</para>
/// </example>
/// <example>
/// <code>(Get-OdcOrganizationRole Developer).Permissions</code>
/// <para>Gets the permissions of a role.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcOrganizationRole", DefaultParameterSetName = RoleSet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetOrganizationRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser))]
[OutputType(typeof(OdcOrganizationRole), ParameterSetName = [RoleSet, ListSet])]
[OutputType(typeof(OdcUserOrganizationRole), ParameterSetName = [UserSet])]
public sealed class GetOdcOrganizationRoleCommand : ListCmdlet
{
    // The default, so that a text from the pipeline is a role's key and not a user's.
    private const string RoleSet = "ByOrganizationRole";
    private const string ListSet = "List";
    private const string UserSet = "ByUser";

    /// <summary>The roles to read again: keys, or objects with a property OrganizationRoleKey.</summary>
    [Parameter(ParameterSetName = RoleSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OrganizationRoleKey")]
    [References(Kind.OrganizationRole, Follows = true, Besides = [Kind.User])]
    [ArgumentCompleter(typeof(OrganizationRoleCompleter))]
    public ObjectReference[] OrganizationRole { get; set; } = [];

    /// <summary>The users whose roles to get: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(Kind.User, IsChoice = true, Follows = true, Besides = [Kind.OrganizationRole])]
    [ArgumentCompleter(typeof(UserCompleter))]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Name of the roles; wildcards are allowed. A name without wildcards that no role has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationRoleCompleter))]
    public string? Name { get; set; }

    /// <summary>Only roles that the user has for the Organization, or for an Asset.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [ArgumentCompleter(typeof(RoleScopeCompleter))]
    [QueryParameter("scopes")]
    public string[]? Scope { get; set; }

    /// <summary>Only roles that the user has for these assets, by name or key.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(Kind.Asset)]
    [ArgumentCompleter(typeof(AssetCompleter))]
    [QueryParameter("assetKeys")]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>Sorts by name from the last to the first.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == UserSet)
            Array.ForEach(User, WriteOfUser);
        else if (OrganizationRole.Length > 0)
            Array.ForEach(OrganizationRole, WriteOne);
        else
            WriteNamed(Name, "organization role", new Query().AddSort(field: null, Descending), (query, window) => new OffsetPages<OdcOrganizationRole>(Client, IdentityApi.QueryOrganizationRoles, query, window));
    }

    private void WriteOne(ObjectReference role)
    {
        if (!HasEnough && KeyOf(role) is { } key)
            ReadFor(role.Target, (caller, stopped) => Client.GetAsync(IdentityApi.GetOrganizationRole, [key], query: null, caller, stopped), Write);
    }

    private void WriteOfUser(ObjectReference user)
    {
        if (HasEnough || KeyOf(user) is not { } key)
            return;
        var (name, email) = user.Person;
        WriteAll(IdentityReaders.OrganizationRolesOfUser(Client, new RoleOwner(key, name, email), QueryBinder.Bind(this), WindowOfInput), user.Target);
    }
}
