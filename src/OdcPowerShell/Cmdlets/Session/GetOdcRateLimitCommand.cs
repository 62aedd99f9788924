namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Gets the service's rate limits, and how much of each is used by this process and by others of this machine.</summary>
/// <remarks>
/// <para>The service limits how many requests an organization may send to each API in any 60 seconds, and limits some endpoints further. The commands wait until there is room. The processes of a user on one machine share the limits of a tenant, and the column Others shows the requests of the other ones. The module does not know what other machines, users and colleagues use: Connect-Odc -RateShare leaves room for them. No request is sent.</para>
/// <para>Requests to endpoints for which only "each POST" has a limit appear in a row of their own when this process has called the endpoint. Those of other processes are counted in the row of the API.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcRateLimit</code>
/// <para>Gets all limits.</para>
/// </example>
/// <example>
/// <code>Get-OdcRateLimit | Where-Object { $_.Used -or $_.Others }</code>
/// <para>Gets the limits that were used in the last minute, by this process or by others of this machine.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcRateLimit")]
[OutputType(typeof(OdcRateLimit))]
public sealed class GetOdcRateLimitCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The endpoints of the limit "each POST" are known only after their first call.
        foreach (var use in Client.Budget.Read(RateLimits.All.Select(l => l.Limit)).OrderBy(u => u.Name, StringComparer.Ordinal))
            WriteObject(new OdcRateLimit(CurrentConnection.Tenant, use));
    }
}
