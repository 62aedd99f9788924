namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets organization roles: the sets of permissions that members have.</summary>
/// <remarks>
/// <para>Without parameters, gets all roles with their permissions. With -User, gets the roles that users have, for the whole organization or for single assets, one row for each user and role. Pipe users to it.</para>
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
[Cmdlet(VerbsCommon.Get, "OdcOrganizationRole", DefaultParameterSetName = KeySet, SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), Without = "OrganizationRole, User")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetOrganizationRole), With = "OrganizationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), With = "User")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcOrganizationRole), ParameterSetName = [KeySet, ListSet])]
[OutputType(typeof(OdcUserOrganizationRole), ParameterSetName = [UserSet])]
public sealed class GetOdcOrganizationRoleCommand : GetCommand<OdcOrganizationRole>
{
    private const string UserSet = "ByUser";

    /// <summary>The roles to read again: keys, or objects with a property OrganizationRoleKey.</summary>
    [Parameter(ParameterSetName = KeySet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("OrganizationRoleKey")]
    [References(typeof(OdcOrganizationRole), Follows = true, Besides = [typeof(OdcUser)])]
    [Names]
    public ObjectReference[] OrganizationRole { get; set; } = [];

    /// <summary>The users whose roles to get: objects from Get-OdcUser, keys or e-mails.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), IsChoice = true, Follows = true, Besides = [typeof(OdcOrganizationRole)])]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Only roles that the user has for the Organization, or for an Asset.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Values("Organization", "Asset")]
    [QueryParameter("scopes")]
    public string[]? Scope { get; set; }

    /// <summary>Only roles that the user has for these assets, by name or key.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset))]
    [Names]
    [QueryParameter("assetKeys")]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>Sorts by name in descending order.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected override ObjectReference[] Specified => OrganizationRole;

    private protected override Query Filter => new Query().AddSort(field: null, Descending);

    private protected override IPagedList<OdcOrganizationRole> List(Query query, ListWindow window) => new OffsetPages<OdcOrganizationRole>(Client, IdentityApi.QueryOrganizationRoles, query, window);

    private protected override Task<OdcOrganizationRole> GetAsync(string key, ICaller caller, CancellationToken cancellationToken) =>
        Client.GetAsync(IdentityApi.GetOrganizationRole, [key], query: null, caller, cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == UserSet)
            Array.ForEach(User, WriteOfUser);
        else
            base.ProcessRecord();
    }

    private void WriteOfUser(ObjectReference user)
    {
        if (HasEnough || KeyOf(user) is not { } key)
            return;
        var (name, email) = user.Person;
        WriteAll(IdentityReaders.OrganizationRolesOfUser(Client, new RoleOwner(key, name, email), QueryBinder.Bind(this), WindowOfInput), user.Target);
    }
}
