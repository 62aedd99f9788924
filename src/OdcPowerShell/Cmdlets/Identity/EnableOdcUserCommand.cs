namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Enables users: they can sign in again.</summary>
/// <remarks>
/// <para>Roles, groups and profile have not changed.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 2 | Enable-OdcUser</code>
/// <para>Enables two users.</para>
/// </example>
/// <example>
/// <code>Get-OdcUser -Status Inactive -First 1 | Enable-OdcUser -PassThru</code>
/// <para>Enables a user and writes the changed user.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "OdcUser", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.PatchUser))]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.GetUser), With = "PassThru")]
[OutputType(typeof(OdcUser))]
public sealed class EnableOdcUserCommand : UserSwitchCommand
{
    private protected override bool IsActive => true;
}
