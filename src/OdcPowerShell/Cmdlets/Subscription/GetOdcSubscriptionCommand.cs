namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Gets the subscription of the organization: edition, dates, add-ons and entitlements.</summary>
/// <remarks>
/// <para>An API client with any permission sees the entitlements. Edition, dates, activation code and add-ons need Subscriptions > View subscription; without it they are empty, and the command writes a warning.</para>
/// <para>The activation code is a value that PowerShell converts to a SecureString. No view, file or log shows it; ConvertFrom-SecureString -AsPlainText does.</para>
/// <para>Get-OdcEntitlement shows the limits with their usage, one row each.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcSubscription</code>
/// <para>Shows edition, dates and add-ons.</para>
/// </example>
/// <example>
/// <code>(Get-OdcSubscription).AddOns | Where-Object Value | Select-Object Name, Value, EndsOn</code>
/// <para>Lists the add-ons of the organization and when they expire.</para>
/// </example>
/// <example>
/// <code>(Get-OdcSubscription).SubscriptionEndDate - (Get-Date)</code>
/// <para>Gets the time until the subscription ends.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcSubscription")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationEntitlements))]
[OutputType(typeof(OdcSubscription))]
public sealed class GetOdcSubscriptionCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var subscription = Run(stopped => Client.GetAsync(SubscriptionApi.GetOrganizationEntitlements, [], query: null, Caller, stopped));
        Client.Names.EntitlementIds.Learn(subscription.Entitlements?.Select(e => e.EntitlementId));
        if (subscription.LacksDetails)
            WriteWarning($"Edition, dates and add-ons are empty: the API client probably lacks a permission: {SubscriptionApi.ViewSubscription}.");
        Write(subscription);
    }
}
