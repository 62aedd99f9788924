namespace OdcPowerShell.Cmdlets.Session;

/// <summary>Gets the service's rate limits, and how much of each this process uses.</summary>
/// <remarks>
/// <para>The service limits how many requests an organization may send to each API in any 60 seconds, and limits some endpoints further. The commands of a process wait until there is room. The module does not know what other processes and colleagues use: Connect-Odc -RateShare leaves room for them. No request is sent.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcRateLimit</code>
/// <para>Gets all limits.</para>
/// </example>
/// <example>
/// <code>Get-OdcRateLimit | Where-Object Used</code>
/// <para>Gets the limits that were used in the last minute.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcRateLimit")]
[OutputType(typeof(OdcRateLimit))]
public sealed class GetOdcRateLimitCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var used = Client.Budget.Read().ToDictionary(u => u.Name, StringComparer.Ordinal);
        var published = RateLimits.All.Select(l => l.Limit).ToList();
        // The endpoints of the limit "each POST" are known only after their first call.
        var called = used.Values.Where(u => !published.Exists(l => l.Name == u.Name)).Select(u => new RateLimit(u.Name, u.Limit));
        foreach (var limit in published.Concat(called).OrderBy(l => l.Name, StringComparer.Ordinal))
            WriteObject(new OdcRateLimit(CurrentConnection.Tenant, limit, used.TryGetValue(limit.Name, out var use) ? use : null));
    }
}
