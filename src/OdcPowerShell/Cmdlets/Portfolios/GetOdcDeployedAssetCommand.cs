namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Gets the assets that run in stages, with their revisions.</summary>
/// <remarks>
/// <para>Writes one row for each asset, whose property Deployments has one item for each stage. With -Flat, writes these items: one row for each asset and stage, with the asset's name, revision, build and tag, and the name of the user who deployed it (empty for an API client, and when this API client may not see the user). Assets that run in no stage are not in the list.</para>
/// <para>With -Matrix, writes one row for each asset with a property for each stage, in the order of the stages: the revision with its tag, such as "5 (1.10.0)", and empty if the asset does not run there. With -Stage or -Portfolio, only these stages are included. All rows have the same columns, so Export-Csv keeps them all; the table at the prompt shows all stages, however many there are.</para>
/// <para>The service shows only the stages for which the API client has the permission "View stage".</para>
/// <para type="output" name="System.Management.Automation.PSObject">With -Matrix: an asset, and for each stage the revision that runs there.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcDeployedAsset -Stage Production -Flat</code>
/// <para>Gets the assets that run in production.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset 'Order Desk' -Flat | Sort-Object DeployedAt | Select-Object DeployedStageName, Revision, Tag, DeployedAt</code>
/// <para>Lists which revision of an app runs in which stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Matrix | Export-Csv versions.csv -NoTypeInformation</code>
/// <para>Saves which revision of each asset runs in which stage, one row an asset and one column a stage.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset Claim* | Get-OdcDeployedAsset -Stage Production, QA</code>
/// <para>Gets the revisions of some assets in two stages.</para>
/// </example>
/// <example>
/// <code>Get-OdcDeployedAsset -Sort Production -Descending -First 5 | Select-Object Name</code>
/// <para>Lists the five apps that were deployed to production last.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcDeployedAsset", DefaultParameterSetName = AssetSet, SupportsPaging = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListDeployedAssets), Without = "ApiVersion V1")]
[ApiOperation(typeof(PortfoliosV1Api), nameof(PortfoliosV1Api.ListDeployedAssets), With = "ApiVersion V1")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "for the names of stages", IsOptional = true)]
[ApiOperation(typeof(IdentityApi), nameof(IdentityApi.QueryUsers), With = "Flat", When = "for the names of users", IsOptional = true)]
[OutputType(typeof(OdcDeployedAsset), ParameterSetName = [AssetSet])]
[OutputType(typeof(OdcDeployedRevision), ParameterSetName = [FlatSet])]
[OutputType(typeof(PSObject), ParameterSetName = [MatrixSet])]
public sealed class GetOdcDeployedAssetCommand : ListCmdlet
{
    private const string AssetSet = "Asset";
    private const string FlatSet = "Flat";
    private const string MatrixSet = "Matrix";
    private readonly AssetSelection _assets = new();
    private StageMatrix? _matrix;
    private bool _isToldOfOthers;

    /// <summary>Name of the assets; wildcards are allowed. A name without wildcards that no asset has there is an error.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcAsset))]
    public string? Name { get; set; }

    /// <summary>Only assets in these stages: names, keys, or objects from Get-OdcStage.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKey", IsJoined = true)]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only these assets: objects from Get-OdcAsset, keys, names, or rows with a column AssetKey. Piped assets are gathered into one request.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AssetKey", "ApplicationKey", "AgentKey", "LibraryKey")]
    [References(typeof(OdcAsset), Follows = true)]
    [Names]
    public ObjectReference[] Asset { get; set; } = [];

    /// <summary>Only assets of these types: WebApplication, MobileApplication, Workflow or Agent.</summary>
    [Parameter]
    [Alias("AssetType")]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.DeployableTypes)]
    [QueryParameter("type")]
    public string[]? Type { get; set; }

    /// <summary>Only assets in stages of this portfolio: a name, a key, or an object from Get-OdcPortfolio.</summary>
    [Parameter]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>Only assets for which the API client has this permission, for example AppDeploy; AppDeploy.key for a stage.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values(KnownLists.Permissions)]
    [QueryParameter("permissionFilter")]
    public string? Permission { get; set; }

    /// <summary>Sorts the assets by when they were deployed to this stage, the oldest first; with several stages, by the first, then by the second.</summary>
    [Parameter]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Sort { get; set; } = [];

    /// <summary>With -Sort, the newest first.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <summary>Writes one row for each asset and stage.</summary>
    [Parameter(ParameterSetName = FlatSet)]
    [ValueRequired]
    public SwitchParameter Flat { get; set; }

    /// <summary>Writes one row for each asset, with a column for each stage in their order.</summary>
    [Parameter(ParameterSetName = MatrixSet)]
    [ValueRequired]
    public SwitchParameter Matrix { get; set; }

    /// <summary>V1 asks version 1 of the API, which is deprecated and will be removed on 2027-01-08; it has no filter by portfolio.</summary>
    [Parameter(DontShow = true)]
    [ValidateSet("V1", "V2")]
    public string ApiVersion { get; set; } = "V2";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ApiVersion == "V1")
            WriteWarning(PortfoliosV1Api.EndsSoon);
        if (ApiVersion == "V1" && Portfolio is not null)
            ThrowTerminatingError(ErrorRecords.From(PortfoliosV1Api.NoPortfolio, target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _assets.Add(Asset, KeyOf);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_assets.IsEmpty)
            WriteDeployed();
        base.EndProcessing();
    }

    private void WriteDeployed()
    {
        var query = QueryBinder.Bind(this);
        if (Sort.Length > 0)
            query.AddJoined("sort", Sort.Select(stage => $"{(Descending ? "-" : "")}deployments[{stage.Key}].deploymentDateTime"));
        if (Flat)
            WriteNamed(Name, "deployed asset", query, ReadFlat);
        else
            WriteNamed(Name, "deployed asset", query, Read);
    }

    private protected override object Shown(OdcResource resource)
    {
        if (!Matrix || resource is not OdcDeployedAsset asset)
            return base.Shown(resource);
        _matrix ??= new StageMatrix(Columns);
        if (!_isToldOfOthers && !_matrix.HasAll(asset) && Stage.Length == 0 && Portfolio is null)
        {
            WriteWarning($"{asset} also runs in a stage that this API client can't see: that stage has no column.");
            _isToldOfOthers = true;
        }

        return _matrix.Row(asset);
    }

    private IEnumerable<OdcStage> Columns => (Client.Names.Stages.Loaded ?? []).Where(s => Stage.Length > 0
        ? Stage.Any(wanted => string.Equals(wanted.Key, s.StageKey, StringComparison.OrdinalIgnoreCase))
        : Portfolio is null || string.Equals(Portfolio.Key, s.PortfolioKey, StringComparison.OrdinalIgnoreCase));

    private IPagedList<OdcDeployedAsset> Read(Query query, ListWindow window) => _assets.Read(query, window, (asked, part) =>
        DeployedAssetReader.Of(Client, ApiVersion == "V1" ? PortfoliosV1Api.ListDeployedAssets : PortfoliosApi.ListDeployedAssets, asked, part));

    // -First and -Skip count rows, while the service counts assets.
    private IPagedList<OdcDeployedRevision> ReadFlat(Query query, ListWindow window) =>
        DeployedAssetReader.Flat(Read(query, new ListWindow(PageSize: PageSize)), [.. Stage.Select(s => s.Key!)]).Window(window).Named(Client);
}
