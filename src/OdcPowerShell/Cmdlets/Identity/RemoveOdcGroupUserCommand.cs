namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes users from end-user groups.</summary>
/// <remarks>
/// <para>All users that are piped are gathered, and one request is sent for each group when the pipeline ends. You are asked for each group, unless -Confirm:$false says otherwise.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Get-OdcUser | Remove-OdcGroupUser -Confirm:$false</code>
/// <para>Empties a group with one request: the rows name the group that they are of.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive | Remove-OdcGroupUser -Group (Get-OdcGroup 'Fleet Driver Team' -Stage QA) -WhatIf</code>
/// <para>Shows the request that would take all inactive users out of a group.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcGroupUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUsersOfGroup))]
public sealed class RemoveOdcGroupUserCommand : GroupUserCommand
{
    /// <summary>The groups: objects from Get-OdcGroup, names that stand for one group, keys, or rows with a column GroupKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("GroupKey")]
    [References(typeof(OdcGroup), Also = [typeof(OdcUserGroup), typeof(OdcGroupUser)], Besides = [typeof(OdcUser)])]
    [Names]
    public override ObjectReference[] Group { get; set; } = [];

    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Also = [typeof(OdcUserGroup)], Besides = [typeof(OdcGroup)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    private protected override (string Member, string Preposition) Change => ("userKeysToRemove", "out of");
}
