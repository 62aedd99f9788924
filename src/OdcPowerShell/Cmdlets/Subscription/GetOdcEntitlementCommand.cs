namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Gets entitlements with their limit and how much of it is used, of the organization or of stages.</summary>
/// <remarks>
/// <para>Writes one row for each entitlement: Limit, Used, Left and PercentUsed are numbers in the row's unit. Limit is empty where the value is not a number, Used where the service reports no usage. Rows of a stage have its name.</para>
/// <para>It takes two requests for the organization and for each stage: one for the limits, and one for the usage of all entitlements. The service updates usage daily, up to 12 hours late.</para>
/// <para>Any permission is enough for the entitlements of the organization, and View stage for those of a stage. Their usage needs Subscriptions > View subscription; without it Used, Left and PercentUsed are empty, and the command writes a warning.</para>
/// <para>With -AddOn, writes the add-ons of the organization or the stages instead.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcEntitlement</code>
/// <para>Shows the limits of the organization and what is used.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcEntitlement | Where-Object PercentUsed -gt 80</code>
/// <para>Lists what is used to more than 80 percent in any stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcEntitlement Production -Entitlement maxDbStorage, maxDbCompute</code>
/// <para>Shows two limits of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcEntitlement -AddOn | Where-Object Value</code>
/// <para>Lists the add-ons that the stages have.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcEntitlement", DefaultParameterSetName = EntitlementSet)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationEntitlements), Without = "Stage")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationUsage), Without = "Stage", When = "for the usage", IsOptional = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentEntitlements), With = "Stage")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentUsage), With = "Stage", When = "for the usage", IsOptional = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), LooksUp = "Stage")]
[OutputType(typeof(OdcEntitlement), ParameterSetName = [EntitlementSet])]
[OutputType(typeof(OdcAddOn), ParameterSetName = [AddOnSet])]
public sealed class GetOdcEntitlementCommand : StageOrOrganizationCommand
{
    private const string EntitlementSet = "Entitlement";
    private const string AddOnSet = "AddOn";
    private readonly Dictionary<string, List<string>> _lacking = new(StringComparer.Ordinal);

    /// <summary>Only these entitlements, for example applicationObjects; Tab offers the ids. One that the organization or stage does not have is an error.</summary>
    [Parameter(ParameterSetName = EntitlementSet)]
    [ValidateNotNullOrEmpty]
    [Entitlements(EntitlementIds.All)]
    public string[]? Entitlement { get; set; }

    /// <summary>Writes the add-ons instead of the entitlements.</summary>
    [Parameter(ParameterSetName = AddOnSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter AddOn { get; set; }

    private protected override void WriteOf(SubscriptionScope scope, object target)
    {
        if (AddOn)
            ReadFor(target, async (caller, stopped) => new Found<OdcAddOn>(await EntitlementReader.AddOnsAsync(Client, scope, caller, stopped)), found => WriteAddOns(found.Items, scope));
        else
            ReadFor(target, async (caller, stopped) => Found<OdcEntitlement>.Of(await EntitlementReader.EntitlementsAsync(Client, scope, caller, stopped)), found => WriteEntitlements(found, scope));
    }

    private void WriteEntitlements(Found<OdcEntitlement> found, SubscriptionScope scope)
    {
        if (found.Lacking is not null)
            Lacks($"lacks a permission: {found.Lacking}", scope);
        foreach (var entitlement in found.Items!.Where(e => Entitlement is null || Entitlement.Any(id => EntitlementIds.IsSame(id, e.EntitlementId))))
            Write(entitlement);
        foreach (var missing in (Entitlement ?? []).Where(id => !found.Items!.Any(e => EntitlementIds.IsSame(id, e.EntitlementId))))
            WriteError(ErrorRecords.From(NotFound(missing, scope, found.Items!), missing));
    }

    private void WriteAddOns(IReadOnlyList<OdcAddOn>? addOns, SubscriptionScope scope)
    {
        if (addOns is null)
            Lacks($"probably lacks a permission: {SubscriptionApi.ViewSubscription}", scope);
        foreach (var addOn in addOns ?? [])
            Write(addOn);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var lacking in _lacking)
            WriteWarning($"{(AddOn ? "The add-ons are not shown" : "Used, Left and PercentUsed are empty")} for {string.Join(", ", lacking.Value)}: the API client {lacking.Key}.");
    }

    // Of many stages, each would have the same warning.
    private void Lacks(string what, SubscriptionScope scope)
    {
        if (!_lacking.TryGetValue(what, out var scopes))
            _lacking[what] = scopes = [];
        scopes.Add(scope.ToString());
    }

    private static OdcException NotFound(string id, SubscriptionScope scope, IReadOnlyList<OdcEntitlement> known) => new(
        OdcErrorCause.NotFound, $"There is no entitlement '{id}' of {scope}.", $"Entitlements there: {string.Join(", ", known.Select(e => e.EntitlementId))}.");

    private sealed record Found<T>(IReadOnlyList<T>? Items, string? Lacking = null)
    {
        internal static Found<T> Of((IReadOnlyList<T> Items, string? Lacking) read) => new(read.Items, read.Lacking);
    }
}
