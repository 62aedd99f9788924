namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes users from the organization.</summary>
/// <remarks>
/// <para>It can't be undone: roles, group memberships and the profile are lost. Disable-OdcUser keeps them. The command asks for each user, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Inactive -LastLoginTo (Get-Date).AddYears(-1) | Remove-OdcUser -WhatIf</code>
/// <para>Shows which users would be removed, and removes none.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 1 | Remove-OdcUser -Confirm:$false</code>
/// <para>Removes a user without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcUser", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteUser))]
public sealed class RemoveOdcUserCommand : RemoveCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser))]
    [Names]
    public ObjectReference[] User { get; set; } = [];

    private protected override IEnumerable<ObjectReference> Specified => User;

    private protected override Operation Delete => IdentityApi.DeleteUser;
}
