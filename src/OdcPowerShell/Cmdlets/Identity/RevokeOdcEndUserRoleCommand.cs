namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Revokes end-user roles from users or from groups.</summary>
/// <remarks>
/// <para>From users, only roles that were granted directly can be taken, with one request for each user and role. From a group, all roles are taken with one request.</para>
/// <para>A name often stands for several roles, one a stage and asset: -Stage and -Asset say which is meant.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 5 | Get-OdcEndUserRole -AssignmentSource Direct | Revoke-OdcEndUserRole -WhatIf</code>
/// <para>Shows the requests that would take all directly granted roles from five users: each row names the user and the role.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Get-OdcEndUserRole | Revoke-OdcEndUserRole</code>
/// <para>Takes all roles from a group, with one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcEndUserRole Clerk -Stage QA | Get-OdcUser -First 2 | Revoke-OdcEndUserRole -WhatIf</code>
/// <para>Shows the requests that would take a role from two users who have it.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "OdcEndUserRole", DefaultParameterSetName = UserSet, SupportsShouldProcess = true)]
[Alias("Revoke-OdcApplicationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeEndUserRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchEndUserRolesOfGroup), When = "for groups")]
public sealed class RevokeOdcEndUserRoleCommand : ChangeCmdlet
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";
    private readonly Gathering _gathered = new();

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Also = [typeof(OdcUserEndUserRole)], Besides = [typeof(OdcGroup), typeof(OdcEndUserRole)])]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), IsChoice = true, Also = [typeof(OdcUserGroup), typeof(OdcEndUserRole)])]
    [Names]
    public ObjectReference[] Group { get; set; } = [];

    /// <summary>The roles: objects from Get-OdcEndUserRole, keys, names that stand for one role, or rows with a column EndUserRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("EndUserRoleKey", "ApplicationRoleKey", "Role")]
    [References(typeof(OdcEndUserRole), IsChoice = true, Also = [typeof(OdcUserEndUserRole), typeof(OdcEndUserRoleUser)])]
    [Names]
    public ObjectReference[] EndUserRole { get; set; } = [];

    /// <summary>The stage of roles and groups that are specified by name.</summary>
    [Parameter]
    [Reference(typeof(OdcStage))]
    [Names]
    public ObjectReference? Stage { get; set; }

    /// <summary>The asset of roles that are specified by name.</summary>
    [Parameter]
    [Reference(typeof(OdcAsset))]
    [Names]
    public ObjectReference? Asset { get; set; }

    private protected override NameScope Within => ObjectReference.Scope(Stage, Asset);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var role in EndUserRole.Where(r => KeyOf(r) is not null))
        {
            foreach (var user in User)
                AtEnd(() => Send(role, "from", user, IdentityApi.RevokeEndUserRole));
            foreach (var group in Group.Where(g => KeyOf(g) is not null))
                _gathered.Add(group, role);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var (group, roles) in _gathered.All)
            Send($"{Labels(roles, "end-user roles")} from {Label(group)}", group.Target, IdentityApi.PatchEndUserRolesOfGroup, [group.Key!], new RequestBody().Add("applicationRoleKeysToRemove", Gathering.KeysOf(roles)));
    }
}
