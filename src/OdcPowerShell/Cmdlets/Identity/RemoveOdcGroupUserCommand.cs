namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes users from end-user groups.</summary>
/// <remarks>
/// <para>The command gathers the piped users, and sends one request for each group when the pipeline ends. It asks for each group, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcGroup 'Fleet Driver Team' -Stage QA | Get-OdcUser | Remove-OdcGroupUser -Confirm:$false</code>
/// <para>Removes all users from a group with one request: each row has its group.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive | Remove-OdcGroupUser -Group (Get-OdcGroup 'Fleet Driver Team' -Stage QA) -WhatIf</code>
/// <para>Shows the request that would remove all inactive users from a group.</para>
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
