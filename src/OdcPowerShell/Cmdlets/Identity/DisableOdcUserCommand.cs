namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Disables users: they can no longer sign in, but keep their roles.</summary>
/// <remarks>
/// <para>Roles, groups and profile stay as they are.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Active -LastLoginTo (Get-Date).AddDays(-90) | Disable-OdcUser -WhatIf</code>
/// <para>Shows which users who have not signed in for 90 days would be disabled, and changes nothing.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Active -First 1 | Disable-OdcUser -PassThru</code>
/// <para>Disables a user and writes the changed user.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), With = "PassThru")]
[OutputType(typeof(OdcUser))]
public sealed class DisableOdcUserCommand : UserSwitchCommand
{
    private protected override bool IsActive => false;
}
