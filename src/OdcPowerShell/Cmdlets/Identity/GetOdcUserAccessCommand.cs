namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Gets who has which access: end-user roles and organization roles of users, with asset, stage, source and last sign-in.</summary>
/// <remarks>
/// <para>Writes one row for each user, role and source. Source is Direct, GroupAssigned (the user was added to the group in GroupName) or GroupMapped (a claim is mapped to this group). A user who has a role directly and through a group has two rows, because each must be taken away by itself. Users without a role have no row, unless you use -IncludeUsersWithoutRole.</para>
/// <para>An end-user role belongs to one stage. An organization role has no stage of its own: it applies in the stages that its permissions are limited to, and in all stages if one of its permissions is not limited. StageName of an organization role shows these stages and is empty if there is no limit. One that was granted for a portfolio applies in the stages of this portfolio. -Stage gets the end-user roles of these stages, and the organization roles that apply in one of them. Without -Permission, permissions that come with other permissions are not considered.</para>
/// <para>In the same way, -Asset gets the end-user roles of these assets, and the organization roles for these assets or for the whole organization. StartTime and EndTime show the period of an organization role, also if it is over.</para>
/// <para>-Permission gets the organization roles that have one of these permissions, also where it comes with another one. StageName and -Stage are then about these permissions alone, so that -Stage Production with the permission to deploy gets who may deploy there. A permission that comes with another one, and not for the same stages, counts for all stages.</para>
/// <para>Rows are sorted by e-mail; piped users keep their order. End-user roles are read through the groups if that takes fewer requests than one for each user. Organization roles take one request for each member. -Verbose shows the way and the number of requests.</para>
/// <para>If the API client may not read one kind of role, a warning names the kind and the permission, and the rows of the other kind are written. If it may read neither kind, that is an error.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUserAccess -Stage Production | Export-Csv access.csv -NoTypeInformation</code>
/// <para>Saves who has access to production, for a review.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive | Get-OdcUserAccess | Select-Object UserEmail, RoleKind, RoleName, AssetName, StageName, Source, GroupName</code>
/// <para>Lists the roles that inactive users still have.</para>
/// </example>
/// <example>
/// <code>Get-OdcUserAccess -Asset 'Order Desk' -RoleKind EndUser -Verbose | Group-Object RoleName</code>
/// <para>Counts the end users of an app by role, and shows how many requests that took.</para>
/// </example>
/// <example>
/// <code>Get-OdcUserAccess -RoleKind Organization | Where-Object EndTime -lt (Get-Date).AddDays(30) | Where-Object EndTime</code>
/// <para>Lists organization roles that expire in the next 30 days or have expired.</para>
/// </example>
/// <example>
/// <code>Get-OdcUserAccess -Permission 'Release management > Deploy assets' -Stage Production | Select-Object UserEmail, RoleName, StageName, EndTime</code>
/// <para>Lists who may deploy to production.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcUserAccess", SupportsPaging = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRoles), When = "for end-user roles")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRolesOfUser), When = "for organization roles")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryOrganizationRoles), When = "for the stages of organization roles")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryPermissions), With = "Permission")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfUser), When = "with few users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryGroups), When = "with many users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryEndUserRolesOfGroup), When = "with many users", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsersOfGroup), When = "with many users", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the names of stages", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListPortfolios), When = "for the names of portfolios", IsOptional = true)]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), When = "for the names of assets", IsOptional = true)]
[OutputType(typeof(OdcUserAccess))]
public sealed class GetOdcUserAccessCommand : ListCmdlet
{
    private readonly List<string> _userKeys = [];
    private bool _hasInput;

    /// <summary>Only these users: objects from Get-OdcUser, e-mails, names, keys, rows with a column Email or UserKey, or URLs pasted from the ODC Portal. Without it, all users.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Follows = true)]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>Only roles that apply in one of these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only roles that apply to one of these assets: names, keys, or objects from Get-OdcAsset.</summary>
    [Parameter]
    [Alias("AssetKey", "ApplicationKey")]
    [References(typeof(OdcAsset))]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only organization roles with one of these permissions: names, keys, or objects from Get-OdcPermission.</summary>
    [Parameter]
    [References(typeof(OdcPermission))]
    [Names]
    public ObjectReference[] Permission { get; set; } = [];

    /// <summary>Only roles of this kind: EndUser or Organization. Without it, both.</summary>
    [Parameter]
    [ValidateSet(AccessKinds.EndUser, AccessKinds.Organization)]
    public string[] RoleKind { get; set; } = [AccessKinds.EndUser, AccessKinds.Organization];

    /// <summary>Writes a row without a role for each user who has none; with filters, for each user who has no such role.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter IncludeUsersWithoutRole { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _hasInput = true;
        _userKeys.AddRange(User.Select(KeyOf).OfType<string>());
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // If the pipeline is empty or none of the users exists, the list must not contain everybody.
        var isAll = User.Length == 0 && !MyInvocation.ExpectingInput;
        if (!_hasInput || HasEnough || (!isAll && _userKeys.Count == 0))
            return;
        var kinds = RoleKind.Distinct(StringComparer.OrdinalIgnoreCase).Where(k => Permission.Length == 0 || string.Equals(k, AccessKinds.Organization, StringComparison.OrdinalIgnoreCase)).ToList();
        if (kinds.Count == 0)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "End-user roles have no permissions.", "Use -RoleKind Organization with -Permission, or leave -RoleKind out."), target: null));
        var scope = new AccessScope(kinds, KeysOf(Stage), KeysOf(Asset), IncludeUsersWithoutRole) { PermissionKeys = KeysOf(Permission) };
        var list = new UserAccessList(Client, scope, isAll ? null : _userKeys);
        WriteAll(list.Window(Window));
        foreach (var key in list.Missing)
            WriteError(ErrorRecords.From(UserLookup.NotFound(key), key));
        base.EndProcessing();
    }

    private static List<string> KeysOf(IEnumerable<ObjectReference> references) => [.. references.Select(r => r.Key!)];
}
