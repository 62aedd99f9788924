namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Gets the usage of entitlements in a period, of the organization or of stages.</summary>
/// <remarks>
/// <para>Writes one row for each entitlement, whose property Points has the series: one point for the whole period or, with -Granularity, one for each hour, day or month. Value is that of the newest point. With -Point, writes the points themselves, one row each.</para>
/// <para>It takes one request for the organization, and one for each stage. The period that the service uses without -Since and -To is not documented. It updates usage daily, up to 12 hours late: LastUpdatedDate shows when.</para>
/// <para>Get-OdcEntitlement compares usage with limits; Get-OdcAssetUsage shows it by asset.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcEntitlementUsage -Granularity month -Since 2026-01-01 -Point | Export-Csv usage.csv -NoTypeInformation</code>
/// <para>Saves the usage of the organization by month, one row for each entitlement and month.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcEntitlementUsage -Entitlement applicationObjects | Sort-Object Value -Descending</code>
/// <para>Compares the stages by their application objects.</para>
/// </example>
/// <example>
/// <code>Get-OdcEntitlementUsage Production -Entitlement maxComputeReplicas -Granularity day -Aggregation Max, P95 -Since (Get-Date).AddDays(-7) -Point</code>
/// <para>Gets two figures for each of the last seven days.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcEntitlementUsage", DefaultParameterSetName = SeriesSet)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetOrganizationUsage), Without = "Stage")]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetEnvironmentUsage), With = "Stage")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), LooksUp = "Stage")]
[OutputType(typeof(OdcEntitlementUsage), ParameterSetName = [SeriesSet])]
[OutputType(typeof(OdcEntitlementUsagePoint), ParameterSetName = [PointSet])]
public sealed class GetOdcEntitlementUsageCommand : StageOrOrganizationCommand
{
    private const string SeriesSet = "Series";
    private const string PointSet = "Point";

    /// <summary>Only these entitlements, for example applicationObjects; Tab offers the ids.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Entitlements(EntitlementIds.All)]
    [QueryParameter("entitlementIds", IsJoined = true)]
    public string[]? Entitlement { get; set; }

    /// <summary>The period of each point: summary (the default, one point for the whole period), hour, day or month.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("summary", "hour", "day", "month")]
    [QueryParameter("granularity")]
    public string? Granularity { get; set; }

    /// <summary>Only usage from then on. A time without a zone is local time.</summary>
    [Parameter]
    [QueryParameter("since")]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only usage up to then. A time without a zone is local time.</summary>
    [Parameter]
    [Alias("Before")]
    [QueryParameter("to")]
    [Date]
    public DateTimeOffset? To { get; set; }

    /// <summary>How the values are counted: Total, Max, P95 or P90. With several, there is a row for each.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(EntitlementIds.Aggregations)]
    [QueryParameter("aggregations", IsJoined = true)]
    public string[]? Aggregation { get; set; }

    /// <summary>Only usage by these assets: names, keys, or objects from Get-OdcAsset.</summary>
    [Parameter]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    [QueryParameter("assetKeys", IsJoined = true)]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>Writes the points of the series, one row each.</summary>
    [Parameter(ParameterSetName = PointSet, Mandatory = true)]
    [ValueRequired]
    public SwitchParameter Point { get; set; }

    private protected override void WriteOf(SubscriptionScope scope, object target) =>
        ReadFor(target, (caller, stopped) => UsageReader.ReadAsync(Client, scope, QueryBinder.Bind(this), caller, stopped), usage =>
        {
            foreach (var row in Point ? usage.SelectMany(item => item.Points ?? []) : (IEnumerable<OdcResource>)usage)
                Write(row);
        });
}
