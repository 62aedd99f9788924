namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that works on a tenant through a connection.</summary>
public abstract class ConnectedCmdlet : OdcCmdlet
{
    private readonly RequestsAhead _ahead;
    private OdcConnection? _connection;
    private PlaceCheck? _places;

    private protected ConnectedCmdlet() => _ahead = new RequestsAhead(this);

    /// <summary>The connection to use: an object from Connect-Odc -PassThru or Get-OdcConnection, or a name. Without it, the default of this runspace.</summary>
    [Parameter]
    [Connection]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    private protected OdcConnection CurrentConnection => _connection ??= Run(() => SessionTable.Shared.Resolve(Connection));

    internal OdcClient Client => CurrentConnection.Client;

    /// <summary>Whether the command can't start without a connection.</summary>
    private protected virtual bool NeedsConnection => true;

    /// <summary>Where the names in the parameters are looked up, when the command narrows it, for example to a stage.</summary>
    private protected virtual NameScope Within => NameScope.None;

    /// <summary>Whether a name is looked up before the command starts; otherwise the command looks it up itself.</summary>
    private protected virtual bool IsLookedUp(ObjectReference reference) => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (NeedsConnection)
            _ = CurrentConnection;
        ValuesAttribute.Apply(this, WriteWarning);
        // Looks up all names that were typed. A name that is not found is the error of its input. A name that applies to all input, such as
        // the stage, ends the command.
        foreach (var (reference, isInput) in TypedReferences.Of(this).Where(typed => IsLookedUp(typed.Reference)))
        {
            if (isInput && !reference.EndsCommand)
                KeyOf(reference);
            else
                Run(stopped => KeyWithinAsync(reference, stopped));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _ahead.WriteRest();

    /// <summary>Reads for one input, ahead of its turn when there are many. A failure is written as the error of this input.</summary>
    /// <param name="target">The input, which becomes the target of the error.</param>
    /// <param name="ask">The request.</param>
    /// <param name="write">Writes the answer.</param>
    /// <param name="isWanted">Whether the answer is still wanted when its turn comes.</param>
    private protected void ReadFor<T>(object target, Func<ICaller, CancellationToken, Task<T>> ask, Action<T> write, Func<bool>? isWanted = null)
        where T : class => _ahead.Add<T>(ask, work =>
        {
            if (isWanted?.Invoke() != false && RunFor(target, work) is { } found)
                write(found);
        });

    /// <summary>The pages of a list, each requested when it is needed. A failure ends the command, or is the error of the input that the list belongs to.</summary>
    private protected IEnumerable<IReadOnlyList<T>> PagesOf<T>(IPagedList<T> list, object? target = null)
    {
        var pages = list.PagesAsync(Caller, Stopped).GetAsyncEnumerator(Stopped);
        var last = Task.FromResult<IReadOnlyList<T>?>(null);
        try
        {
            while ((target is null ? Run(_ => last = NextAsync()) : RunFor(target, _ => last = NextAsync())) is { } page)
                yield return page;
        }
        finally
        {
            _ = DisposeAsync(last);
        }

        async Task<IReadOnlyList<T>?> NextAsync() => await pages.MoveNextAsync() ? pages.Current : null;

        // When the command stops, a request may still be running. The reader can't be disposed before it ends.
        async Task DisposeAsync(Task underWay)
        {
            await Task.WhenAny(underWay);
            await pages.DisposeAsync();
        }
    }

    /// <summary>The key of an object; null when the value was rejected, its name was not found, or it is of another stage than the specified one. The error is written once.</summary>
    private protected string? KeyOf(ObjectReference reference)
    {
        if (FoundKeyOf(reference) is not { } key)
            return null;
        if (!PlaceCheck.Concerns(reference, Within))
            return key;
        if (reference.IsReportedOutside(Within))
            return null;
        if (RunFor(reference.Target, stopped => Places.RequireAsync(reference, key, Within, Caller, stopped)) is not null)
            return key;
        reference.ReportedOutside(Within);
        return null;
    }

    private PlaceCheck Places => _places ??= new PlaceCheck(Client);

    private async Task<string> KeyWithinAsync(ObjectReference reference, CancellationToken stopped)
    {
        var key = await reference.ToKeyAsync(Client, Within, Caller, stopped);
        if (PlaceCheck.Concerns(reference, Within))
            await Places.RequireAsync(reference, key, Within, Caller, stopped);
        return key;
    }

    private string? FoundKeyOf(ObjectReference reference)
    {
        if (reference.Resource is OdcStage stage)
            Client.Names.Stages.Learn(stage);
        if (reference is { Key: { } key, Failure: null, Host: null })
            return key;
        if (reference is { EndsCommand: true, Failure: { } all })
            ThrowTerminatingError(ErrorRecords.From(all, reference.Target));
        if (reference.IsReported)
            return null;
        var found = RunFor(reference.Target, stopped => reference.ToKeyAsync(Client, Within, Caller, stopped));
        reference.IsReported = found is null;
        return found;
    }

    /// <summary>
    /// The keys of a stage and of what belongs to it. An object or a row says itself which stage is its own; anything else needs the stage. Null, with
    /// an error, when one was not found or when it belongs to another stage than the specified one.
    /// </summary>
    private protected string[]? KeysOf(ObjectReference part, ObjectReference? stage)
    {
        var owner = part.IsObject ? part.Resource as IOfStage : null;
        var own = owner?.StageKey ?? part.Column(nameof(IOfStage.StageKey));
        if (stage is null && own is null)
        {
            // The error of a name says this too.
            if (KeyOf(part) is not null)
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The stage of {part.Label} is not specified.", "Specify the stage with -Stage."), part.Target));
            return null;
        }

        if ((stage is null ? own : KeyOf(stage)) is not { } stageKey)
            return null;
        part.GoTo(stageKey);
        if (KeyOf(part) is not { } key)
            return null;
        if (own is null || string.Equals(own, stageKey, StringComparison.OrdinalIgnoreCase))
            return [stageKey, key];
        WriteError(ErrorRecords.From(
            new OdcException(
                OdcErrorCause.InvalidRequest, $"{MessageText.Capital(part.Label)} belongs to stage {owner?.StageName ?? part.Column(nameof(IOfStage.StageName)) ?? own}, not to {stage!.Name ?? Client.Names.Stages.NameOf(stageKey) ?? stage.Text}.",
                "Leave -Stage out for piped objects, or specify their own stage."),
            part.Target));
        return null;
    }

    /// <summary>The stage with its name, purpose and state, if the API client may see it.</summary>
    private protected OdcStage StageOf(string key) =>
        Run(stopped => Client.Names.Stages.GetAsync(Caller, stopped)).FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? new OdcStage { StageKey = key };

    /// <summary>
    /// The number of the revision: the one with this number or tag; without either, the latest revision of an asset that was specified by name or
    /// key. An object or a row without a revision is an error, because it could mean any revision.
    /// </summary>
    private protected int? RevisionOf(ObjectReference asset, string key, RevisionChoice? choice)
    {
        if (choice?.Number is { } number)
            return number;
        if (choice is null && asset.RevisionInInput is { } own)
            return own;
        if (choice is null && asset.IsObject)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"The input for {asset.Label} names no revision.", "Specify -Revision, or pipe objects or rows with a property Revision, such as those of Get-OdcDeployedAsset -Stage … -Flat."), asset.Target));
            return null;
        }

        return RunFor(asset.Target, stopped => RevisionLookup.FindAsync(Client, asset, key, choice?.Tag, Caller, stopped))?.Revision;
    }

    /// <summary>A loop that waits for operations.</summary>
    private protected WaitingLoop NewLoop(int timeoutSec, int stallTimeoutSec) =>
        new(Client, TimeSpan.FromSeconds(timeoutSec), stallTimeoutSec > 0 ? TimeSpan.FromSeconds(stallTimeoutSec) : null) { ConnectionParameter = ConnectionParameter };

    /// <summary>The -Connection parameter of commands that messages suggest; empty for the default connection.</summary>
    private protected string ConnectionParameter => Connection is null ? "" : $" -Connection {MessageText.Quoted(CurrentConnection.Name)}";

    private protected void Write(OdcResource resource) => WriteObject(Shown(resource));

    /// <summary>The object as it is written: with the members that the module does not know as properties.</summary>
    private protected virtual object Shown(OdcResource resource) => ResourceView.Show(resource);
}
