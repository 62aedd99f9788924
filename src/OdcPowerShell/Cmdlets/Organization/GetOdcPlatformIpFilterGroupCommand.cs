namespace OdcPowerShell.Cmdlets.Organization;

/// <summary>Gets the IP filter of the platform itself, which applies to the ODC Portal and its APIs.</summary>
/// <remarks>
/// <para>DefaultAction is what happens to an address that no active rule matches: ALLOW or DENY. Each rule has its own action. Without a filter, the service returns one that allows all addresses. It can be changed in the ODC Portal only; the filters of apps are those of Get-OdcIpFilterGroup.</para>
/// <para>It takes one request. An answer of the last five minutes is used again; -Refresh reads it now.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcPlatformIpFilterGroup</code>
/// <para>Shows the default action and the names of the rules.</para>
/// </example>
/// <example>
/// <code>(Get-OdcPlatformIpFilterGroup -Refresh).Rules | Where-Object IsActive</code>
/// <para>Shows the active rules with their addresses, as they are now.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcPlatformIpFilterGroup")]
[ApiOperation(typeof(OrganizationApi), nameof(OrganizationApi.GetPlatformIpFilterGroup))]
[OutputType(typeof(OdcPlatformIpFilterGroup))]
public sealed class GetOdcPlatformIpFilterGroupCommand : ConnectedCmdlet
{
    /// <summary>Reads from the service again. Without it, an answer of the last five minutes is used again, unless this process changed something in the organization.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WhenReused = new AgeWarning(this).Warn;
        if (Refresh)
            Client.Kept.Forget();
        Write(Run(stopped => Client.GetAsync(OrganizationApi.GetPlatformIpFilterGroup, [], query: null, Caller, stopped)));
    }
}
