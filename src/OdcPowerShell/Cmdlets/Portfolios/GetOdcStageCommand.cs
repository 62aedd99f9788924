namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Gets the stages of the tenant, which the API calls environments.</summary>
/// <remarks>
/// <para>Writes the stages sorted by their property Order. The service shows only the stages for which the API client has the permission "View stage"; the others are left out without an error.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcStage</code>
/// <para>Gets all stages in their order.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage -Name Prod*</code>
/// <para>Gets the stages whose name starts with Prod.</para>
/// </example>
/// <example>
/// <code>(Get-OdcStage -Name Production).StageKey</code>
/// <para>Gets the key of a stage.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OdcStage", DefaultParameterSetName = StageSet)]
[Alias("Get-OdcEnvironment")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), Without = "ApiVersion V1")]
[ApiOperation(typeof(PortfoliosV1Api), nameof(PortfoliosV1Api.ListEnvironments), With = "ApiVersion V1")]
[OutputType(typeof(OdcStage))]
public sealed class GetOdcStageCommand : ConnectedCmdlet
{
    private const string StageSet = "ByStage";
    private const string ListSet = "List";
    private IReadOnlyList<OdcStage>? _all;

    /// <summary>The stages to read again: keys, names, objects with a property StageKey, or URLs pasted from the ODC Portal.</summary>
    [Parameter(ParameterSetName = StageSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), Follows = true, Others = [typeof(OdcPortfolio)], Besides = [typeof(OdcPortfolio)])]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Names of the stages to get. A name without wildcards that no stage has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names(typeof(OdcStage))]
    public string[]? Name { get; set; }

    /// <summary>Only stages of this portfolio: a name, a key, or an object from Get-OdcPortfolio.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio), IsChoice = true)]
    [Names]
    [QueryParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

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
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Portfolio is not null && KeyOf(Portfolio) is null)
            return;
        if (Stage.Length > 0)
        {
            Array.ForEach(Stage, WriteOne);
            return;
        }

        var names = Run(() => (Name ?? []).Select(n => new NamePattern(n)).ToList());
        var stages = Read();
        Operation list = ApiVersion == "V1" ? PortfoliosV1Api.ListEnvironments : PortfoliosApi.ListEnvironments;
        if (stages.Count == 0 && names.Count == 0 && Portfolio is null && list.NeededForRows is { } permission)
            WriteError(ErrorRecords.From(list.WithoutRows(permission), target: null));
        foreach (var stage in stages.OrderBy(s => s.Order).Where(s => Name is null || names.Any(n => n.Fits(s.Name))))
            Write(stage);
        foreach (var name in names.Where(n => n.IsLiteral && !stages.Any(s => n.Fits(s.Name))))
            WriteError(ErrorRecords.From(Missing(name.Text), name.Text));
    }

    private void WriteOne(ObjectReference stage)
    {
        if (KeyOf(stage) is not { } key || RunFor(stage.Target, stopped => _all is { } read ? Task.FromResult(read) : ReadAsync(stopped)) is not { } stages)
            return;
        _all = stages;
        if (stages.FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) is { } found)
            Write(found);
        else
            WriteError(ErrorRecords.From(ResourceTypes.Stage.NotFoundKey(key), stage.Target));
    }

    private IReadOnlyList<OdcStage> Read()
    {
        if (ApiVersion == "V1" && Portfolio is not null)
            ThrowTerminatingError(ErrorRecords.From(PortfoliosV1Api.NoPortfolio, target: null));
        return Run(ReadAsync);
    }

    private async Task<IReadOnlyList<OdcStage>> ReadAsync(CancellationToken stopped) => ApiVersion == "V1"
        ? [.. (await Client.GetAsync(PortfoliosV1Api.ListEnvironments, [], query: null, Caller, stopped)).Results ?? []]
        : (await Client.GetAsync(PortfoliosApi.ListEnvironments, [], QueryBinder.Bind(this), Caller, stopped)).Results ?? [];

    private OdcException Missing(string name)
    {
        Run(stopped => Client.Names.Stages.GetAsync(Caller, stopped));
        return ResourceTypes.Stage.NotFound(Client, name);
    }
}
