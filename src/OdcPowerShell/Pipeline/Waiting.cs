using OdcPowerShell.Http;

namespace OdcPowerShell.Pipeline;

/// <summary>Waits for operations on behalf of a cmdlet.</summary>
internal static class Waiting
{
    /// <summary>Hands over each operation at once when it ends, or takes too long. Ctrl+C says what goes on.</summary>
    internal static void WaitForAll<T>(this ConnectedCmdlet cmdlet, OperationWatch<T> watch, Action<T> ended)
        where T : class, ILongRunning
    {
        cmdlet.WhenStopped = () => GoesOn(watch);
        while (Next(cmdlet, watch) is { Count: > 0 } some)
        {
            foreach (var operation in some)
                ended(operation);
        }

        cmdlet.WhenStopped = null;
        cmdlet.Caller.Progress(new CallerProgress(OperationWatch<T>.Activity, Left: null));
        // The messages of a command that waits no more would stay unread, and its bar on the screen.
        cmdlet.Finish(_ => Task.FromResult(true));
    }

    /// <summary>Whether an operation ended well; otherwise its own messages are the error, and the operation is its target.</summary>
    internal static bool EndedWell<T>(this ConnectedCmdlet cmdlet, OperationWatch<T> watch, T operation)
        where T : class, ILongRunning
    {
        if (operation.IsSuccess)
            return true;
        var unread = watch.WhyUnread(operation);
        var record = ErrorRecords.From(unread ?? Failure(cmdlet, watch.Kind, operation), operation);
        if (unread is not null && ErrorRecords.IsTerminating(unread.Cause))
            cmdlet.ThrowTerminatingError(record);
        cmdlet.WriteError(record);
        return false;
    }

    private static OdcException Failure<T>(ConnectedCmdlet cmdlet, OperationKind<T> kind, T operation)
        where T : class, ILongRunning => operation.IsTerminal ? kind.Failed(operation, Reasons(cmdlet, kind, operation)) : StillGoing(kind, operation);

    // Whoever reads that nobody waits any longer must also read for what.
    private static IReadOnlyList<T>? Next<T>(ConnectedCmdlet cmdlet, OperationWatch<T> watch)
        where T : class, ILongRunning
    {
        var (some, failure) = cmdlet.Try(stopped => watch.NextAsync(cmdlet.Caller, stopped));
        if (failure is not null)
            cmdlet.ThrowTerminatingError(ErrorRecords.From(new OdcException(failure.Cause, $"{failure.Message} {GoesOn(watch)}", failure.RecommendedAction, failure), target: null));
        return some;
    }

    private static string GoesOn<T>(OperationWatch<T> watch)
        where T : class, ILongRunning => $"Not waited for any longer, but still going on: {string.Join(", ", watch.UnderWay.Select(o => o.OperationKey))}. {watch.Kind.PickUp}";

    private static IReadOnlyList<string> Reasons<T>(ConnectedCmdlet cmdlet, OperationKind<T> kind, T operation)
        where T : class, ILongRunning
    {
        var (reasons, failure) = cmdlet.Try(stopped => kind.Explain(operation, cmdlet.Caller, stopped));
        return reasons ?? [$"its messages can't be read: {failure!.Message}"];
    }

    private static OdcException StillGoing<T>(OperationKind<T> kind, T operation)
        where T : class, ILongRunning => new(
        OdcErrorCause.Timeout, $"The {kind.Noun} {operation.OperationKey} is still {operation.Status}; it was not waited for any longer. It goes on.", $"{kind.PickUp} -TimeoutSec gives it more time.");
}
