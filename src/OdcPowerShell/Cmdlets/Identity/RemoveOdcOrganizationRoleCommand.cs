namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Removes organization roles.</summary>
/// <remarks>
/// <para>Members who have the role lose its permissions. The command asks for each role, unless you use -Confirm:$false.</para>
/// </remarks>
/// <example>
/// <code>New-OdcOrganizationRole Trial -Permission 'View members' | Remove-OdcOrganizationRole -Confirm:$false</code>
/// <para>Creates a role and removes it without asking.</para>
/// </example>
/// <example>
/// <code>Get-OdcOrganizationRole | Where-Object { -not $_.IsReadOnly } | Remove-OdcOrganizationRole -WhatIf</code>
/// <para>Shows which roles would be removed if you removed all of your own, and removes none.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OdcOrganizationRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.DeleteOrganizationRole))]
public sealed class RemoveOdcOrganizationRoleCommand : RemoveCommand
{
    /// <summary>The organization roles: objects from Get-OdcOrganizationRole, names, keys, or rows with a column OrganizationRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("OrganizationRoleKey")]
    [References(typeof(OdcOrganizationRole))]
    [Names]
    public ObjectReference[] OrganizationRole { get; set; } = [];

    private protected override IEnumerable<ObjectReference> Specified => OrganizationRole;

    private protected override Operation Delete => IdentityApi.DeleteOrganizationRole;
}
