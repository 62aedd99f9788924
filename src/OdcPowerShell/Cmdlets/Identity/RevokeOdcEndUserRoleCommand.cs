namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Revokes end-user roles from users or from groups.</summary>
/// <remarks>
/// <para>From users, you can revoke only roles that were granted directly, with one request for each user and role. From a group, one request revokes all roles.</para>
/// <para>Several roles often have the same name, one for each stage and asset. Use -Stage and -Asset to specify which one.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 5 | Get-OdcEndUserRole -AssignmentSource Direct | Revoke-OdcEndUserRole -WhatIf</code>
/// <para>Shows the requests that would revoke all directly granted roles from five users: each row has the user and the role.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Get-OdcEndUserRole | Revoke-OdcEndUserRole</code>
/// <para>Revokes all roles from a group, with one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcEndUserRole Clerk -Stage QA | Get-OdcUser -First 2 | Revoke-OdcEndUserRole -WhatIf</code>
/// <para>Shows the requests that would revoke a role from two users who have it.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "OdcEndUserRole", DefaultParameterSetName = UserSet, SupportsShouldProcess = true)]
[Alias("Revoke-OdcApplicationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeEndUserRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchEndUserRolesOfGroup), When = "for groups")]
public sealed class RevokeOdcEndUserRoleCommand : EndUserRoleGrantCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Also = [typeof(OdcUserEndUserRole)], Besides = [typeof(OdcGroup), typeof(OdcEndUserRole)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), IsChoice = true, Also = [typeof(OdcUserGroup), typeof(OdcEndUserRole)])]
    [Names]
    public override ObjectReference[] Group { get; set; } = [];

    /// <summary>The roles: objects from Get-OdcEndUserRole, keys, names that stand for one role, or rows with a column EndUserRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("EndUserRoleKey", "ApplicationRoleKey", "Role")]
    [References(typeof(OdcEndUserRole), IsChoice = true, Also = [typeof(OdcUserEndUserRole), typeof(OdcEndUserRoleUser)])]
    [Names]
    public override ObjectReference[] EndUserRole { get; set; } = [];

    private protected override (Operation OfUser, string Member, string Preposition) Change => (IdentityApi.RevokeEndUserRole, "applicationRoleKeysToRemove", "from");
}
