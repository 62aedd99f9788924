namespace OdcPowerShell.Cmdlets.Subscription;

/// <summary>Gets how much each asset uses of the entitlements of stages.</summary>
/// <remarks>
/// <para>Writes one row for each entitlement and asset. The property Details has the parts of a value, where the service reports them.</para>
/// <para>The service pages by assets; -First, -Skip and -IncludeTotalCount count rows. The period that it uses without -Since and -To is not documented. It updates usage daily, up to 12 hours late.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetUsage Production -Entitlement applicationObjects -Sort applicationObjects -Descending -First 5</code>
/// <para>Gets the five largest apps of a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage | Get-OdcAssetUsage -Entitlement maxComputeReplicas -Aggregation Max -Since 2026-01-01 | Export-Csv replicas.csv -NoTypeInformation</code>
/// <para>Saves the most replicas of each app in every stage.</para>
/// </example>
/// <example>
/// <code>(Get-OdcAssetUsage Production -AssetName 'Order Desk' -Entitlement applicationObjects).Details | Sort-Object Value -Descending</code>
/// <para>Lists the parts of an app's usage.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAssetUsage", SupportsPaging = true)]
[ApiOperation(typeof(SubscriptionApi), nameof(SubscriptionApi.GetAssetUsage))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), LooksUp = "Stage")]
[OutputType(typeof(OdcAssetUsage))]
public sealed class GetOdcAssetUsageCommand : ListCmdlet
{
    /// <summary>The stages: objects from Get-OdcStage, names or keys.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true)]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only these entitlements: applicationObjects, maxComputeReplicas, maxCustomCodeTotalDuration or agentExecutions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Entitlements(EntitlementIds.OfAsset)]
    [QueryParameter("entitlementIds", IsJoined = true)]
    public string[]? Entitlement { get; set; }

    /// <summary>Only these assets: names, keys, or objects from Get-OdcAsset.</summary>
    [Parameter]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    [QueryParameter("assetKeys", IsJoined = true)]
    public ObjectReference[]? Asset { get; set; }

    /// <summary>Only assets with this name; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcAsset))]
    public string? AssetName { get; set; }

    /// <summary>Only usage by the part with this key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [QueryParameter("detailKey")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? DetailKey { get; set; }

    /// <summary>Only usage by parts with this text in their name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [QueryParameter("detailName")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? DetailName { get; set; }

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

    /// <summary>The entitlements to sort the assets by, the smallest value first unless -Descending is specified. A minus before one, as in '-applicationObjects', sorts by it in descending order.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(EntitlementIds.OfAsset)]
    public string[]? Sort { get; set; }

    /// <summary>With -Sort, the largest value first.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private Query Filter
    {
        get
        {
            var query = QueryBinder.Bind(this);
            return Sort is null ? query : query.AddJoined("sortBy", Sort.Select(SortBy));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var stage in Stage)
        {
            if (HasEnough || KeyOf(stage) is not { } key)
                continue;
            var scope = new SubscriptionScope(key, stage.Name ?? Client.Names.Stages.NameOf(key));
            WriteNamed(AssetName, "asset", (contained, window) => AssetUsageReader.Of(Client, scope, Filter.Add("assetName", contained), window), stage.Target);
        }
    }

    // A plus would have to be escaped, and ascending is the default.
    private string SortBy(string id) => id.StartsWith("-", StringComparison.Ordinal) ? id : (Descending ? "-" : "") + id.TrimStart('+');
}
