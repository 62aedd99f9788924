namespace OdcPowerShell.Pipeline;

/// <summary>Waits on behalf of a cmdlet. Whatever ends the wait, the user reads what still runs and the command that resumes it.</summary>
internal static class Waiting
{
    /// <summary>Passes on each operation as soon as it has ended, or is not waited for any more.</summary>
    internal static void WaitForAll(this ConnectedCmdlet cmdlet, WaitingLoop loop, Action<WaitOutcome> ended) =>
        cmdlet.Follow((caller, stopped) => loop.NextAsync(caller, stopped), () => loop.ResumeHint, loop.EndProgress, ended);

    /// <summary>Passes on what comes of a work, until nothing comes any more.</summary>
    /// <param name="cmdlet">The cmdlet that waits.</param>
    /// <param name="next">The next results; none at the end.</param>
    /// <param name="resumeHint">What is left when the wait ends early; null for nothing.</param>
    /// <param name="endProgress">Takes the bars off the screen.</param>
    /// <param name="each">What to do with a result.</param>
    internal static void Follow<T>(
        this ConnectedCmdlet cmdlet, Func<ICaller, CancellationToken, Task<IReadOnlyList<T>>> next, Func<string?> resumeHint, Action<ICaller> endProgress, Action<T> each)
    {
        // It is shown when the user stops the command, when its consumer has had enough, and when an error ends the script.
        cmdlet.WhenStopped = resumeHint;
        while (Next(cmdlet, next, resumeHint) is { Count: > 0 } some)
        {
            foreach (var one in some)
                each(one);
        }

        cmdlet.WhenStopped = null;
        endProgress(cmdlet.Caller);
        // Messages that came last would stay unread.
        cmdlet.Run(_ => Task.FromResult(true));
    }

    /// <summary>Whether an operation ended well; otherwise the error is written, and the operation is its target.</summary>
    internal static bool EndedWell(this ConnectedCmdlet cmdlet, WaitOutcome outcome)
    {
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
