namespace OdcPowerShell.Http;

/// <summary>How operations of a kind are waited for.</summary>
/// <param name="Noun">What such an operation is called.</param>
/// <param name="PickUp">What to do about one that goes on.</param>
/// <param name="Look">Reads operations again.</param>
/// <param name="Explain">What went wrong with one that failed.</param>
/// <param name="Carry">Gives the later state what only the earlier one knows.</param>
internal sealed record OperationKind<T>(
    string Noun,
    string PickUp,
    OperationWatch<T>.Look Look,
    Func<T, ICaller, CancellationToken, Task<IReadOnlyList<string>>> Explain,
    Action<T, T>? Carry = null)
    where T : class, ILongRunning
{
    /// <summary>Whether what <see cref="Look"/> reads is told apart by its place, and not by a key.</summary>
    internal bool IsInOrder { get; init; }

    /// <summary>What an operation is about, where that is known: among many, a key alone says little.</summary>
    internal Func<T, string?>? About { get; init; }

    /// <summary>For operations that are only read one by one.</summary>
    internal static OperationWatch<T>.Look OneByOne(Func<T, ICaller, CancellationToken, Task<T>> read) => async (pending, unread, caller, cancellationToken) =>
    {
        var seen = new List<T>();
        foreach (var operation in pending)
        {
            try
            {
                seen.Add(await read(operation, caller, cancellationToken).ConfigureAwait(false));
            }
            catch (OdcException e)
            {
                unread(operation, e);
                seen.Add(operation);
            }
        }

        return seen;
    };

    internal OdcException Failed(T operation, IReadOnlyList<string> messages) => new(
        OdcErrorCause.OperationFailed,
        $"The {Noun}{Name(operation)} ended as {operation.Status ?? "failed"}: {(messages.Count == 0 ? "the service gives no reason." : string.Join(" ", messages))}",
        "Correct what the messages name, then start it again.");

    private string? Name(T operation) => About?.Invoke(operation) is { Length: > 0 } about ? $" of {about} ({operation.OperationKey})" : operation.OperationKey is { Length: > 0 } key ? " " + key : "";
}
