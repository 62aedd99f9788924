namespace OdcPowerShell.Cmdlets.Identity;

/// <summary>Revokes organization roles from users.</summary>
/// <remarks>
/// <para>Without -Asset, the role for the whole organization is revoked; with it, the role for these assets. Rows from Get-OdcOrganizationRole -User contain the asset.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcUser -HasOrganizationRole -First 1 | Get-OdcOrganizationRole | Revoke-OdcOrganizationRole -WhatIf</code>
/// <para>Shows the requests that would revoke all organization roles from a user.</para>
/// </example>
/// <example>
/// <code>Get-OdcOrganizationRole Developer | Get-OdcUser -First 1 | Revoke-OdcOrganizationRole -WhatIf</code>
/// <para>Shows the request that would revoke a role from a member who has it.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "OdcOrganizationRole", SupportsShouldProcess = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.RevokeOrganizationRole))]
public sealed class RevokeOdcOrganizationRoleCommand : OrganizationRoleGrantCommand
{
    /// <summary>The users: objects from Get-OdcUser, keys, e-mails, rows with a column UserKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("UserKey")]
    [References(typeof(OdcUser), Also = [typeof(OdcUserOrganizationRole)], Besides = [typeof(OdcOrganizationRole)])]
    [Names]
    public override ObjectReference[] User { get; set; } = [];

    /// <summary>The organization roles: objects from Get-OdcOrganizationRole, names, keys, or rows with a column OrganizationRoleKey.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("OrganizationRoleKey", "Role")]
    [References(typeof(OdcOrganizationRole), Also = [typeof(OdcUserOrganizationRole), typeof(OdcOrganizationRoleUser)], Besides = [typeof(OdcUser)])]
    [Names]
    public override ObjectReference[] OrganizationRole { get; set; } = [];

    private protected override (Operation Operation, string Verb, string Preposition) Change => (IdentityApi.RevokeOrganizationRole, "revoke", "from");
}
