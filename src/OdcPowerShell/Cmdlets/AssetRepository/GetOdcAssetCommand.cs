namespace OdcPowerShell.Cmdlets.AssetRepository;

/// <summary>Gets assets: apps, libraries, workflows, agents, connections.</summary>
/// <remarks>
/// <para>Each row shows the asset's latest revision. Its property Version is the tag as a version, so that Sort-Object Version puts 1.10.0 after 1.9.0.</para>
/// <para>One request reads up to 100 assets that are specified by key.</para>
/// <para>-Unused gets assets that run in no stage and that no other asset uses. An asset counts as used if any revision of another asset uses it, also an older one in another stage. Assets that come with the service and templates are never unused. Consumers are read only for assets that run nowhere, until one is found; -Verbose shows the number of requests. What can't be read is an error. The service does not show stages for which the API client lacks View stage, so grant it this permission for all stages. Check the result before you remove anything: Start-OdcDeletionAnalysis shows what a deletion would break.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAsset -Type WebApplication, MobileApplication</code>
/// <para>Gets the apps.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset Order*</code>
/// <para>Gets the assets whose name starts with Order.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -BuiltIn:$false -Sort createdAt | Select-Object -First 5 Name, Revision, CreatedAt</code>
/// <para>Lists the five assets whose last change is the oldest.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Unused | Where-Object CreatedAt -lt (Get-Date).AddDays(-180) | Start-OdcDeletionAnalysis -Wait</code>
/// <para>Analyses what a deletion would break, for assets that nothing uses and that have not changed for half a year.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcAsset", DefaultParameterSetName = AssetSet, SupportsPaging = true)]
[Alias("Get-OdcApplication", "Get-OdcApp")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.ListAssets), NotOneKey = "Asset or Name")]
[ApiOperation(typeof(AssetRepositoryApi), nameof(AssetRepositoryApi.GetAsset), OneKey = "Asset or Name")]
[ApiOperation(typeof(DependencyManagementApi), nameof(DependencyManagementApi.ListConsumers), With = "Unused")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), With = "Unused")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), With = "Unused")]
[OutputType(typeof(OdcAsset))]
public sealed class GetOdcAssetCommand : LargePageCmdlet
{
    // The default, so that a text from the pipeline is one asset and not a pattern.
    private const string AssetSet = "ByAsset";
    private const string ListSet = "List";
    private readonly List<string> _keys = [];
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The assets to read: keys, names, objects with a property AssetKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = AssetSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Name of the assets; wildcards are allowed. A name without wildcards that no asset has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcAsset))]
    public string? Name { get; set; }

    /// <summary>Only assets with this text in their name or description.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("nameOrDescriptionContains")]
    public string? NameOrDescription { get; set; }

    /// <summary>Only assets of these types, for example WebApplication, LowCodeLibrary, Workflow or Agent.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("AssetType")]
    [ValidateNotNullOrEmpty]
    [Values("WebApplication, MobileApplication, LowCodeLibrary, MobileLibrary, ExtensionLibrary, ExternalConnection, ExternalLibrary, Workflow", "WidgetLibrary, AIModelConnection, SearchServiceConnection, Agent, MCPConnection, A2AConnection, KnowledgeBase")]
    [QueryParameter("assetTypes")]
    public string[]? Type { get; set; }

    /// <summary>Only assets of these portfolios: names, keys, or objects from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("PortfolioKey")]
    [References(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKeys")]
    public ObjectReference[]? Portfolio { get; set; }

    /// <summary>Only assets with this text in the path of their URL.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [QueryParameter("metadata.urlPathContains")]
    public string? UrlPath { get; set; }

    /// <summary>Only templates of this type: ApplicationTemplate or ScreenTemplateBundle.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [Values("ApplicationTemplate", "ScreenTemplateBundle")]
    [QueryParameter("metadata.templateType")]
    public string? TemplateType { get; set; }

    /// <summary>Only assets that can be deployed; with -Deployable:$false only those that can't, such as libraries and templates.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("metadata.isDeployable", SendsFalse = true)]
    [ValueRequired]
    public SwitchParameter Deployable { get; set; }

    /// <summary>Only assets that come with the service; with -BuiltIn:$false only the organization's own.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("metadata.isBuiltInAsset", SendsFalse = true)]
    [ValueRequired]
    public SwitchParameter BuiltIn { get; set; }

    /// <summary>Only assets that run in no stage and that no other asset uses, except those that come with the service and templates.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Unused { get; set; }

    /// <summary>Only external assets, such as connections and external libraries; with -External:$false only the others.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("isExternal", SendsFalse = true)]
    [ValueRequired]
    public SwitchParameter External { get; set; }

    /// <summary>Only assets for which the API client has this permission, for example AppChange or AppDeploy.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.Permissions)]
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    /// <summary>What else to read of each asset: releaseNote, icon, sourceCode, signature, metadata, or several. It is in the property Embedded.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.AssetEmbeds)]
    [QueryParameter("embed")]
    public string[]? Embed { get; set; }

    /// <summary>The field to sort by: name (the default) or createdAt.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values("name", "createdAt")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order; by name unless -Sort is specified.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Unused && BuiltIn)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "Assets that come with the service are never unused.", "Leave -BuiltIn or -Unused out."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Unused)
            WriteUnused();
        else if (Asset.Length > 0)
            Gather(Asset.Select(KeyOf).OfType<string>());
        else if (Guid.TryParse(Name, out var key))
            Gather([key.ToString("D")]);
        else
            WriteNamed(Name, "asset", QueryBinder.Bind(this).AddSort(Sort, Descending), (query, window) => new OffsetPages<OdcAsset>(Client, AssetRepositoryApi.ListAssets, query, window));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteGathered();
        base.EndProcessing();
    }

    private void WriteUnused()
    {
        if (HasEnough)
            return;
        var pattern = Name is null ? null : Run(() => new NamePattern(Name));
        var query = QueryBinder.Bind(this, nameof(BuiltIn), nameof(Embed)).Add("metadata.isBuiltInAsset", "false").Add("nameContains", pattern?.Contained)
            .AddEach("embed", (Embed ?? []).Union(["metadata"], StringComparer.OrdinalIgnoreCase)).AddSort(Sort, Descending);
        var hasFound = false;
        var assets = new OffsetPages<OdcAsset>(Client, AssetRepositoryApi.ListAssets, query, new ListWindow(PageSize: PageSize)).Where(a => pattern?.Fits(a.Name) != false).Do(_ => hasFound = true);
        WriteAll(new UnusedAssets(Client, assets).Window(Window));
        if (!hasFound && pattern is { IsLiteral: true } && PagingParameters.First > 0)
            WriteError(ErrorRecords.From(NotFound("asset", Name!, FirstNames(near => new OffsetPages<OdcAsset>(Client, AssetRepositoryApi.ListAssets, new Query().Add("metadata.isBuiltInAsset", "false"), near), a => [a.Name])), Name));
    }

    private void Gather(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _keys.Add(key);
            if (_keys.Count == AssetRepositoryApi.KeysPerRequest)
                WriteGathered();
        }
    }

    /// <summary>Writes the assets in the order of the keys, and an error for each key without an asset.</summary>
    private void WriteGathered()
    {
        var query = QueryBinder.Bind(this);
        var keys = HasEnough ? [] : _keys.ToArray();
        _keys.Clear();
        if (keys.Length > 1)
            ReadFor<IReadOnlyList<(string, OdcAsset?)>>(keys, (caller, stopped) => AssetLookup.FindAsync(Client, keys, query, caller, stopped), found => found.ToList().ForEach(WriteFound));
        else if (keys.Length == 1)
            ReadFor(keys[0], (caller, stopped) => Client.GetAsync(AssetRepositoryApi.GetAsset, [keys[0]], query, caller, stopped), Write);
    }

    private void WriteFound((string Key, OdcAsset? Asset) found)
    {
        if (found.Asset is null && _missing.Add(found.Key))
            WriteError(ErrorRecords.From(ResourceTypes.Asset.NotFoundKey(found.Key), found.Key));
        else if (found.Asset is not null)
            Write(found.Asset);
    }
}
