namespace OdcPowerShell.Bases;

/// <summary>What every cmdlet of the module can do: run Core's work on the pipeline thread, and write errors one way.</summary>
public abstract class OdcCmdlet : PSCmdlet, IDisposable
{
    private readonly PipelineBridge _bridge;

    private protected OdcCmdlet() => _bridge = new PipelineBridge(this, () => Host);

    internal ICaller Caller => _bridge;

    /// <summary>Says that the command was stopped, or that nobody wants more of it.</summary>
    internal CancellationToken Stopped => _bridge.Stopped;

    /// <summary>What the user should know when the wait that is under way is ended from outside.</summary>
    internal Func<string?>? WhenStopped
    {
        set => _bridge.WhenStopped = value;
    }

    /// <summary>Writes an error, with what to do in its message where the host would not show it.</summary>
    public new void WriteError(ErrorRecord errorRecord) => base.WriteError(ErrorRecords.WithAdvice(errorRecord, SessionState));

    /// <summary>Ends the command with an error, with what to do in its message where the host would not show it.</summary>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(ErrorRecords.WithAdvice(errorRecord, SessionState));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if ((Typed.Nothing(this) ?? Typed.Contradiction(this)) is { } wrong)
            ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
    }

    /// <summary>Runs work to its end; a failure ends the command.</summary>
    internal T Run<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return _bridge.Wait(work(_bridge.Stopped));
        }
        catch (OdcException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, target: null));
            throw;
        }
    }

    /// <summary>Runs work for one input; its failure is written and null returned, unless no other input could succeed either.</summary>
    /// <param name="target">The input, as what the error is about.</param>
    /// <param name="work">What to do.</param>
    /// <param name="about">What the error says before its own message, where that names only keys.</param>
    private protected T? RunFor<T>(object target, Func<CancellationToken, Task<T>> work, string? about = null)
        where T : class?
    {
        try
        {
            return _bridge.Wait(work(_bridge.Stopped));
        }
        catch (OdcException e)
        {
            var record = ErrorRecords.From(e, target);
            if (about is not null)
                record.ErrorDetails = new ErrorDetails($"{about}: {record.ErrorDetails.Message}") { RecommendedAction = record.ErrorDetails.RecommendedAction };
            if (ErrorRecords.IsTerminating(e))
                ThrowTerminatingError(record);
            WriteError(record);
            return null;
        }
    }

    /// <summary>Runs work whose failure the command can do without.</summary>
    internal (T? Result, OdcException? Failure) Try<T>(Func<CancellationToken, Task<T>> work)
        where T : class?
    {
        try
        {
            return (_bridge.Wait(work(_bridge.Stopped)), null);
        }
        catch (OdcException e)
        {
            return (null, e);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _bridge.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        _bridge.Dispose();
        GC.SuppressFinalize(this);
    }
}
