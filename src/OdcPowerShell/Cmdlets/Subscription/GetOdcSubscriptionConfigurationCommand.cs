namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Gets which e-mail domains the subscription counts as internal.</summary>
/// <remarks>
/// <para>Users whose e-mail is of one of these domains count as internal users, all others as external users. If AllDomainsInternal is true, all users are internal, whatever the list has.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcSubscriptionConfiguration</code>
/// <para>Shows the internal e-mail domains.</para>
/// </example>
/// <example>
/// <code>Measure-OdcUser -Domain (Get-OdcSubscriptionConfiguration).InternalEmailDomains</code>
/// <para>Counts the users whose e-mail is of an internal domain.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcSubscriptionConfiguration")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationConfigurations))]
[OutputType(typeof(OdcSubscriptionConfiguration))]
public sealed class GetOdcSubscriptionConfigurationCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Write(Run(stopped => Client.GetAsync(SubscriptionApi.GetOrganizationConfigurations, [], query: null, Caller, stopped)));
}
