using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Organization;
using OdcPowerShell.Pipeline;

namespace OdcPowerShell.Cmdlets.Organization;

/// <summary>Gets the organization that the tenant belongs to.</summary>
/// <remarks>
/// <para>The cheapest request there is: it needs just any one permission, and shows which organization a connection works on.</para>
/// <para type="operation">GET /api/organization/v1/organization</para>
/// </remarks>
/// <example>
/// <code>Get-OdcOrganization</code>
/// <para>Name, key and regions of the organization.</para>
/// </example>
/// <example>
/// <code>(Get-OdcOrganization).Name</code>
/// <para>Just the name, to be sure before a change.</para>
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
