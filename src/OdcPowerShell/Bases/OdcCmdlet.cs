namespace OdcPowerShell.Bases;

/// <summary>The base of all cmdlets: runs Core's tasks from the pipeline thread, and writes errors in one way.</summary>
public abstract class OdcCmdlet : PSCmdlet, IDisposable
{
    private readonly PipelineBridge _bridge;

    private protected OdcCmdlet() => _bridge = new PipelineBridge(this, () => Host);

    internal ICaller Caller => _bridge;

    /// <summary>Is cancelled when the command stops, or when the pipeline needs no more output.</summary>
    internal CancellationToken Stopped => _bridge.Stopped;

    /// <summary>The message for the user when the current wait is interrupted.</summary>
    internal Func<string?>? WhenStopped
    {
        set => _bridge.WhenStopped = value;
    }

    /// <summary>What to do when an answer was used again.</summary>
    private protected Action<TimeSpan> WhenReused
    {
        set => _bridge.WhenReused = value;
    }

    /// <summary>Writes an error. Its message includes the recommended action where the host does not show that.</summary>
    public new void WriteError(ErrorRecord errorRecord) => base.WriteError(ErrorRecords.WithAdvice(errorRecord, SessionState));

    /// <summary>Ends the command with an error. Its message includes the recommended action where the host does not show that.</summary>
    public new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(ErrorRecords.WithAdvice(errorRecord, SessionState));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if ((Typed.Nothing(this) ?? Typed.Contradiction(this)) is { } wrong)
            ThrowTerminatingError(ErrorRecords.From(wrong, target: null));
    }

    /// <summary>Runs work and waits for it; a failure ends the command.</summary>
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

    /// <summary>Does what needs no waiting; a failure ends the command.</summary>
    internal T Run<T>(Func<T> work) => Run(_ => Task.FromResult(work()));

    /// <summary>Runs work for one input. A failure is written, and null returned; a failure that every other input would have too ends the command.</summary>
    /// <param name="target">The input, which becomes the target of the error.</param>
    /// <param name="work">The work.</param>
    /// <param name="about">Text before the error's message, for messages that contain only keys.</param>
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

    /// <summary>Does for one input what needs no waiting.</summary>
    private protected T? RunFor<T>(object target, Func<T> work, string? about = null)
        where T : class? => RunFor(target, _ => Task.FromResult(work()), about);

    /// <summary>Runs work, and returns its failure instead of writing it.</summary>
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

    /// <summary>Does what needs no waiting, and returns its failure instead of writing it.</summary>
    internal (T? Result, OdcException? Failure) Try<T>(Func<T> work)
        where T : class? => Try(_ => Task.FromResult(work()));

    /// <summary>Ends the command because of a wrong parameter.</summary>
    private protected void Reject(string message, string action) =>
        ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, message, action), target: null));

    /// <inheritdoc/>
    protected override void StopProcessing() => _bridge.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        _bridge.Dispose();
        GC.SuppressFinalize(this);
    }
}
