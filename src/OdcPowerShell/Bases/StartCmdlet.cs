namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that starts long-running operations, and can wait for them.</summary>
public abstract class StartCmdlet : ChangeCmdlet
{
    /// <summary>How many seconds a command waits for long-running operations unless the user specifies another limit.</summary>
    internal const int UsualTimeout = 3600;

    private WaitingLoop? _loop;

    private protected StartCmdlet()
    {
    }

    /// <summary>Waits until the operations have ended, and writes each as soon as it has. It polls the service every 5 seconds at first, and every 30 seconds later; the wait outlives outages. An operation that fails is an error with its own messages.</summary>
    [Parameter]
    [ValueRequired]
    public virtual SwitchParameter Wait { get; set; }

    /// <summary>With -Wait, how many seconds to wait at most, for all operations together. An operation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = UsualTimeout;

    /// <summary>With -Wait, how many seconds to wait for an operation that reports no new status or message. Without it, only -TimeoutSec counts.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ValueRequired]
    public int StallTimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_loop is not null)
            this.WaitForAll(_loop, WriteEnded, () => HintOf(_loop));
    }

    /// <summary>Writes a started operation at once, or with -Wait when it has ended. All operations are waited for together, after the last input.</summary>
    private protected void WriteOrWait<T>(T started)
        where T : OdcResource, ILongRunning
    {
        if (Wait)
            WaitLater(started);
        else
            Write(started);
    }

    private protected void WaitLater(ILongRunning started) => (_loop ??= NewLoop(TimeoutSec, StallTimeoutSec)).Add(started);

    /// <summary>The text for the user when the wait ends early; null if no operation runs any more.</summary>
    private protected virtual string? HintOf(WaitingLoop loop) => loop.ResumeHint;

    /// <summary>Writes an operation that did not fail, or an error for one that did.</summary>
    private protected virtual void WriteEnded(WaitOutcome outcome)
    {
        if (this.EndedWell(outcome))
            Write((OdcResource)outcome.Operation);
    }
}

/// <summary>Waits for operations. However the wait ends, the user sees which operations still run and the command that resumes the wait.</summary>
internal static class Waiting
{
    /// <summary>Passes on each operation as soon as it, or the wait for it, has ended.</summary>
    internal static void WaitForAll(this ConnectedCmdlet cmdlet, WaitingLoop loop, Action<WaitOutcome> ended, Func<string?>? hint = null) =>
        cmdlet.Follow((caller, stopped) => loop.NextAsync(caller, stopped), hint ?? (() => loop.ResumeHint), loop.EndProgress, ended);

    /// <summary>Passes on results one after the other until there are no more.</summary>
    /// <param name="cmdlet">The cmdlet that waits.</param>
    /// <param name="next">Returns the next results; none at the end.</param>
    /// <param name="resumeHint">Returns which operations still run when the wait ends early; null when none do.</param>
    /// <param name="endProgress">Removes the progress bars.</param>
    /// <param name="each">Processes one result.</param>
    internal static void Follow<T>(
        this ConnectedCmdlet cmdlet, Func<ICaller, CancellationToken, Task<IReadOnlyList<T>>> next, Func<string?> resumeHint, Action<ICaller> endProgress, Action<T> each)
    {
        // Shown when the user stops the command, when a later command needs no more input, and when an error ends the script.
        cmdlet.WhenStopped = resumeHint;
        while (Next(cmdlet, next, resumeHint) is { Count: > 0 } some)
        {
            foreach (var one in some)
                each(one);
        }

        cmdlet.WhenStopped = null;
        endProgress(cmdlet.Caller);
        // Writes the last messages of the queue.
        cmdlet.Run(() => true);
    }

    /// <summary>Whether an operation did not fail; otherwise its error is written, with the operation as the target. For one that waits for a person there is a warning.</summary>
    internal static bool EndedWell(this ConnectedCmdlet cmdlet, WaitOutcome outcome)
    {
        if (outcome.Review is not null)
            cmdlet.WriteWarning(outcome.Review);
        if (outcome.Failure is not null)
            cmdlet.WriteError(ErrorRecords.From(outcome.Failure, outcome.Operation));
        return outcome.Failure is null;
    }

    private static IReadOnlyList<T>? Next<T>(ConnectedCmdlet cmdlet, Func<ICaller, CancellationToken, Task<IReadOnlyList<T>>> next, Func<string?> resumeHint)
    {
        var (some, failure) = cmdlet.Try(stopped => next(cmdlet.Caller, stopped));
        if (failure is null)
            return some;
        var hint = resumeHint();
        cmdlet.WhenStopped = null;
        cmdlet.ThrowTerminatingError(ErrorRecords.From(new OdcException(failure.Cause, $"{failure.Message} {hint}".TrimEnd(), failure.RecommendedAction, failure), target: null));
        return null;
    }
}
