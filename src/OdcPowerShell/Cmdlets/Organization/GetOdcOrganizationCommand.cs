namespace OdcPowerShell.Cmdlets.Organization;

/// <summary>Gets the organization that the tenant belongs to.</summary>
/// <remarks>
/// <para>Shows which organization a connection works on: its name, its key, its ring and its regions. It takes one small request, and any permission is enough for it, so it is also a test of a connection.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcOrganization</code>
/// <para>Gets name, key, ring and regions of the organization.</para>
/// </example>
/// <example>
/// <code>(Get-OdcOrganization).Name</code>
/// <para>Gets only the name, to check the tenant before a change.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcOrganization")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetOrganization))]
[OutputType(typeof(OdcOrganization))]
public sealed class GetOdcOrganizationCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Write(Run(stopped => Client.GetAsync(OrganizationApi.GetOrganization, [], query: null, Caller, stopped)));
}
