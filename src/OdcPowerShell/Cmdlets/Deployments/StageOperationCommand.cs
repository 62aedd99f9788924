namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>A cmdlet that gets operations in stages: the specified ones, those of some stages, or all.</summary>
public abstract class StageOperationCommand<T> : ListCmdlet
    where T : StageOperation
{
    // The default, so that piped input is never used as a filter.
    private protected const string KeySet = "ByKey";
    private protected const string ListSet = "List";

    private protected StageOperationCommand()
    {
    }

    /// <summary>Only operations in these stages: objects from Get-OdcStage, names or keys. Several stages are listed one after the other.</summary>
    [Parameter(ParameterSetName = ListSet, ValueFromPipeline = true)]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [References(typeof(OdcStage), IsChoice = true)]
    [Names]
    public ObjectReference[] Stage { get; set; } = [];

    /// <summary>Only operations in this state: Running, Finished, FinishedWithError.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values("Running", "Finished", "FinishedWithError")]
    [QueryParameter("status")]
    public string? Status { get; set; }

    /// <summary>Only operations on this asset, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("AssetKey", "ApplicationKey")]
    [Reference(typeof(OdcAsset))]
    [Names]
    [QueryParameter("assetKey")]
    public ObjectReference? Asset { get; set; }

    /// <summary>Only operations on this revision.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("revision")]
    [BlankIsNothing]
    public int? Revision { get; set; }

    /// <summary>Only operations in this portfolio, by name or key.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("PortfolioKey")]
    [Reference(typeof(OdcPortfolio))]
    [Names]
    [QueryParameter("portfolioKey")]
    public ObjectReference? Portfolio { get; set; }

    /// <summary>Only operations that were started then or later. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [QueryParameter("createdDateSince")]
    [Date]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only operations that were started before then. A time without a zone is local time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("To")]
    [QueryParameter("createdDateTo")]
    [Date]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The fields to sort by: CreatedAt, UpdatedAt, FinishedAt, AssetName or AssetKey, smallest first unless -Descending is specified. A minus before one, as in '-CreatedAt', sorts by it in descending order.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Values(KnownLists.StageOperationSorts)]
    public string[]? Sort { get; set; }

    /// <summary>Sorts in descending order, with -Sort.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    /// <summary>The operations that the user specified.</summary>
    private protected abstract ObjectReference[] Specified { get; }

    private protected abstract Operation<Page<T>> ListOperation { get; }

    private protected abstract Operation<T> GetOperation { get; }

    private Query Filter => QueryBinder.Bind(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Specified.Length > 0)
            Array.ForEach(Specified, WriteOne);
        else if (Stage.Length > 0)
            Array.ForEach(Stage, WriteOfStage);
        else
            WriteAll(new StageFinder<T>(Client, ListOperation, QueryBinder.Bind(this, nameof(Since), nameof(Before))).Name(List(Filter, Window)).Named(Client));
    }

    private OffsetPages<T> List(Query query, ListWindow window) => new(
        Client, ListOperation, Sort is null ? query : query.AddJoined("sort", Sort.Select(field => Descending && !field.StartsWith("-", StringComparison.Ordinal) ? "-" + field : field)), window);

    private void WriteOfStage(ObjectReference stage)
    {
        if (HasEnough || KeyOf(stage) is not { } key)
            return;
        var name = stage.Name ?? Client.Names.Stages.NameOf(key);
        WriteAll(List(Filter.Add("environmentKey", key), WindowOfInput).Do(row => (row.StageKey, row.StageName) = (key, name)).Named(Client), stage.Target);
    }

    private void WriteOne(ObjectReference reference)
    {
        if (HasEnough || KeyOf(reference) is not { } key || RunFor(reference.Target, stopped => StageOperations.ReadAsync(Client, GetOperation, key, Caller, stopped)) is not { } found)
            return;
        if (reference.Resource is T before)
            (found.StageKey, found.StageName) = (before.StageKey, before.StageName);
        else if (reference.Resource is OdcChange change)
            (found.StageKey, found.StageName) = (change.StageKey, change.StageName);
        Write(found);
    }
}

/// <summary>A cmdlet that gets the messages of operations of stages.</summary>
public abstract class OperationMessageCommand : ConnectedCmdlet
{
    private protected OperationMessageCommand()
    {
    }

    /// <summary>The operations that the user specified.</summary>
    private protected abstract ObjectReference[] Specified { get; }

    private protected abstract Operation<CursorPage<OdcOperationMessage>> Messages { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var operation in Specified.Where(o => KeyOf(o) is not null))
        {
            var messages = DeploymentOperations.Messages(Client, Messages, operation.Key!);
            foreach (var page in PagesOf(messages, operation.Target))
                page.ToList().ForEach(Write);
        }
    }
}
