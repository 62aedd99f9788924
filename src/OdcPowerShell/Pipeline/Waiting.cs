using OdcPowerShell.Http;

namespace OdcPowerShell.Pipeline;

/// <summary>Waits for operations on behalf of a cmdlet.</summary>
internal static class Waiting
{
    /// <summary>Hands over each operation at once when it ends, or takes too long. Ctrl+C says what goes on.</summary>
    internal static void WaitForAll<T>(this ConnectedCmdlet cmdlet, OperationWatch<T> watch, Action<T> ended)
        where T : class, ILongRunning
    {
        cmdlet.WhenStopped = () => $"Not waited for any longer, but still going on: {string.Join(", ", watch.UnderWay.Select(o => o.OperationKey))}. {watch.Kind.PickUp}";
        while (cmdlet.Finish(stopped => watch.NextAsync(cmdlet.Caller, stopped)) is { Count: > 0 } some)
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
    internal static bool EndedWell<T>(this ConnectedCmdlet cmdlet, OperationKind<T> kind, T operation)
        where T : class, ILongRunning
    {
        if (operation.IsSuccess)
            return true;
        cmdlet.WriteError(ErrorRecords.From(operation.IsTerminal ? kind.Failed(operation, Reasons(cmdlet, kind, operation)) : StillGoing(kind, operation), operation));
        return false;
    }

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
