namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Grants end-user roles to users or to groups.</summary>
/// <remarks>
/// <para>For users, the command sends one request for each user and role. For a group, it grants all roles with one request, and all users of the group have them: for many users that takes far fewer requests.</para>
/// <para>Several roles often have the same name, one for each stage and asset. Use -Stage and -Asset to specify which one.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Active -First 5 | Grant-OdcEndUserRole -EndUserRole Clerk -Stage Production</code>
/// <para>Grants the role Clerk of the stage Production to five users.</para>
/// </example>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Grant-OdcEndUserRole -EndUserRole Clerk -Stage QA</code>
/// <para>Grants a role to all users of a group, with one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcEndUserRole Clerk -Stage QA | Grant-OdcEndUserRole -User (Get-OdcUser -First 2) -WhatIf</code>
/// <para>Shows the requests that would grant a role to two users.</para>
/// </example>
[Cmdlet(VerbsSecurity.Grant, "OdcEndUserRole", DefaultParameterSetName = UserSet, SupportsShouldProcess = true)]
[Alias("Grant-OdcApplicationRole")]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GrantEndUserRole))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchEndUserRolesOfGroup), When = "for groups")]
public sealed class GrantOdcEndUserRoleCommand : EndUserRoleGrantCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserKey")]
    [AllowEmptyCollection]
    [References(typeof(OdcUser), Also = [typeof(OdcUserEndUserRole), typeof(OdcUserImportResult)], Besides = [typeof(OdcGroup), typeof(OdcEndUserRole)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), IsChoice = true, Also = [typeof(OdcUserGroup), typeof(OdcEndUserRole)])]
    [Names]
    public override ObjectReference[] Group { get; set; } = [];

    /// <summary>The roles: objects from Get-OdcEndUserRole, keys, names that stand for one role, or rows with a column EndUserRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("EndUserRoleKey", "ApplicationRoleKey", "Role")]
    [References(typeof(OdcEndUserRole), IsChoice = true, Also = [typeof(OdcUserEndUserRole), typeof(OdcEndUserRoleUser)])]
    [Names]
    public override ObjectReference[] EndUserRole { get; set; } = [];

    private protected override (Operation OfUser, string Member, string Preposition) Change => (IdentityApi.GrantEndUserRole, "applicationRoleKeysToAdd", "to");
}
