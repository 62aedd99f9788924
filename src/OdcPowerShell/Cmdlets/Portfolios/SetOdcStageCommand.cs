namespace OdcPowerShell.Cmdlets.Portfolios;

/// <summary>Changes the names or the order of stages.</summary>
/// <remarks>
/// <para>Only what you specify is changed. The order of a stage is its place among the others; gaps are usual. Scripts should select a stage by its name or key: after the stages are put in another order, the same Order belongs to another stage. -Update changes several stages in one request: all of them, or none if one can't be changed.</para>
/// </remarks>
/// <example>
/// <code>Set-OdcStage QA -Name Acceptance -PassThru</code>
/// <para>Renames a stage and writes the changed stage.</para>
/// </example>
/// <example>
/// <code>Set-OdcStage -Update @{ StageKey = 'QA'; Order = 10 }, @{ StageKey = 'Production'; Order = 20 }</code>
/// <para>Reorders stages in one request.</para>
/// </example>
/// <example>
/// <code>Get-OdcStage Prod* | Set-OdcStage -Order 30 -WhatIf</code>
/// <para>Shows the request that would move a stage.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "OdcStage", DefaultParameterSetName = StageSet, SupportsShouldProcess = true)]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchEnvironment))]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.PatchEnvironments), When = "with -Update")]
[ApiOperation(typeof(PortfoliosApi), nameof(PortfoliosApi.ListEnvironments), When = "with -PassThru", IsOptional = true)]
[OutputType(typeof(OdcStage))]
public sealed class SetOdcStageCommand : ChangeCmdlet
{
    private const string StageSet = "ByStage";
    private const string BatchSet = "Batch";

    /// <summary>The stages: objects from Get-OdcStage, names, keys, or rows with a column StageKey.</summary>
    [Parameter(ParameterSetName = StageSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage))]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>The new name. Piped rows can have it in a column NewName or Name; the name of a piped stage is not used.</summary>
    [Parameter(ParameterSetName = StageSet, ValueFromPipelineByPropertyName = true)]
    [Alias("NewName")]
    [ValidateLength(0, 50)]
    [BodyParameter("name")]
    public string? Name { get; set; }

    /// <summary>The new place among the stages.</summary>
    [Parameter(ParameterSetName = StageSet, ValueFromPipelineByPropertyName = true)]
    [BlankIsNothing]
    [BodyParameter("order")]
    public int? Order { get; set; }

    /// <summary>The changes of several stages: hashtables or objects with StageKey (a key or a name) and Name, Order or both.</summary>
    [Parameter(ParameterSetName = BatchSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public object[] Update { get; set; } = [];

    /// <summary>Writes the changed stages.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == BatchSet)
        {
            SendAll();
            return;
        }

        if (Order < 0)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The order of a stage is a number from 0, not {Order}.", "Specify another -Order."), target: null));
        foreach (var stage in Stage.Where(s => KeyOf(s) is not null))
        {
            if (Changes(stage, "-Name or -Order") is { } body && SendChange(stage, PortfoliosApi.PatchEnvironment, body))
                WriteNow([stage.Key!]);
        }
    }

    private void SendAll()
    {
        var updates = Run(_ => Task.FromResult(Update.Select(StageUpdate.Read).ToList()));
        updates.ForEach(update => Run(stopped => update.Stage.ToKeyAsync(Client, NameScope.None, Caller, stopped)));
        if (updates.GroupBy(u => u.Stage.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"-Update names the {twice.First().Stage.Label} more than once.", "Specify each stage once."), target: null));
        var body = new RequestBody().Add("environments", updates.Select(u => u.ToBody()).ToArray());
        if (SendChange($"{updates.Count} stages: {string.Join(", ", updates.Select(u => Label(u.Stage)))}", Update, PortfoliosApi.PatchEnvironments, [], body))
            WriteNow(updates.ConvertAll(u => u.Stage.Key!));
    }

    private void WriteNow(IReadOnlyCollection<string> keys)
    {
        Client.Names.Stages.Forget();
        if (!PassThru)
            return;
        if (RunFor(keys, stopped => Client.Names.Stages.GetAsync(Caller, stopped)) is not { } stages)
            return;
        foreach (var now in stages.Where(s => keys.Contains(s.StageKey, StringComparer.OrdinalIgnoreCase)))
            Write(now);
        foreach (var missing in keys.Except(stages.Select(s => s.StageKey!), StringComparer.OrdinalIgnoreCase))
            WriteWarning($"The stage {missing} was changed, but the list of stages that was read afterwards does not contain it.");
    }
}
