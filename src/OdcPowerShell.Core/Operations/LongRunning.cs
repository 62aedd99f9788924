namespace OdcPowerShell.Operations;

/// <summary>A long-running operation: the service works on it in the background.</summary>
internal interface ILongRunning
{
    string? OperationKey { get; }

    string? Status { get; }

    /// <summary>Whether it has ended.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether it succeeded.</summary>
    bool IsSuccess { get; }

    /// <summary>The descriptor of its kind of operation.</summary>
    OperationDescriptor Descriptor { get; }
}

/// <summary>Describes a kind of long-running operation: how to read it again, name it, explain its failure and resume a wait. It is all that WaitingLoop uses.</summary>
/// <param name="noun">The name for such an operation.</param>
/// <param name="readCommand">The command that gets operations of the kind by their keys.</param>
internal abstract class OperationDescriptor(string noun, string readCommand)
{
    internal string Noun => noun;

    internal string ReadCommand => readCommand;

    /// <summary>Whether its API allows so few requests a minute that polls are further apart.</summary>
    internal bool IsScarce { get; init; }

    /// <summary>What to do after a failure.</summary>
    internal string Advice { get; init; } = "Correct what the messages name, then start it again.";

    /// <summary>What a person has to do before the operation can end; null for nothing.</summary>
    internal abstract string? AwaitedBy(ILongRunning operation);

    /// <summary>The asset of an operation, when the answers lack the asset's name.</summary>
    internal abstract string? AssetKeyOf(ILongRunning operation);

    /// <summary>The name of an operation in messages, with the name of its asset if known.</summary>
    internal abstract string Label(OdcClient client, ILongRunning operation);

    /// <summary>The parameters besides the key with which <see cref="ReadCommand"/> gets an operation; empty if the key is enough.</summary>
    internal abstract string PlaceOf(ILongRunning operation);

    /// <summary>Reads one operation.</summary>
    /// <exception cref="OdcException">It can't be read.</exception>
    internal abstract Task<ILongRunning> ReadAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);

    /// <summary>The list of operations of the kind, newest first; null for a kind that can only be read one by one.</summary>
    internal abstract IPagedList<ILongRunning>? List(OdcClient client);

    /// <summary>The new state of an operation, with the properties that only the earlier state has.</summary>
    internal abstract ILongRunning Later(ILongRunning before, ILongRunning now);

    /// <summary>What a person must do before an operation continues that has ended without success or failure; null if nothing.</summary>
    internal virtual string? ReviewOf(ILongRunning operation) => null;

    /// <summary>The service's messages about a failed operation.</summary>
    internal abstract Task<IReadOnlyList<string>> ExplainAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);

    /// <summary>A text that changes with each step of an operation; null for a kind without visible steps.</summary>
    internal abstract Task<string?> StepAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);

    // The operations of a stage have their own list, and so their own descriptor, which is made anew for each.
    public override bool Equals(object? obj) => obj is OperationDescriptor other && (other.Noun, other.ReadCommand) == (Noun, ReadCommand);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(readCommand);
}

/// <summary>The same for operations of one type.</summary>
internal sealed class OperationDescriptor<T>(
    string noun,
    string readCommand,
    Func<OdcClient, T, ICaller, CancellationToken, Task<T>> read,
    Func<OdcClient, T, ICaller, CancellationToken, Task<IReadOnlyList<string>>> explain) : OperationDescriptor(noun, readCommand)
    where T : class, ILongRunning
{
    /// <summary>The name of an asset with its revision and stage.</summary>
    internal Func<OdcClient, T, string?> About { get; init; } = (_, _) => null;

    internal Func<T, string?> UnnamedAsset { get; init; } = _ => null;

    internal Func<T, string> Place { get; init; } = _ => "";

    internal Func<OdcClient, IPagedList<T>>? NewestFirst { get; init; }

    /// <summary>Copies the properties that only the first has to the second.</summary>
    internal Action<T, T> Complete { get; init; } = (_, _) => { };

    internal Func<OdcClient, T, ICaller, CancellationToken, Task<string?>>? Step { get; init; }

    internal Func<T, string?> Awaited { get; init; } = _ => null;

    internal override string? AwaitedBy(ILongRunning operation) => Awaited((T)operation);

    internal Func<T, string?> Review { get; init; } = _ => null;

    internal override string? AssetKeyOf(ILongRunning operation) => UnnamedAsset((T)operation);

    internal override string PlaceOf(ILongRunning operation) => Place((T)operation);

    internal override string Label(OdcClient client, ILongRunning operation) =>
        About(client, (T)operation) is { Length: > 0 } about ? $"{Noun} of {about}" : $"{Noun} {operation.OperationKey}".TrimEnd();

    internal override async Task<ILongRunning> ReadAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken) =>
        Later(operation, await read(client, (T)operation, caller, cancellationToken).ConfigureAwait(false));

    internal override IPagedList<ILongRunning>? List(OdcClient client) => NewestFirst?.Invoke(client);

    internal override ILongRunning Later(ILongRunning before, ILongRunning now)
    {
        if (!ReferenceEquals(before, now))
            Complete((T)before, (T)now);
        return now;
    }

    internal override string? ReviewOf(ILongRunning operation) => Review((T)operation);

    internal override Task<IReadOnlyList<string>> ExplainAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken) =>
        explain(client, (T)operation, caller, cancellationToken);

    internal override Task<string?> StepAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken) =>
        Step?.Invoke(client, (T)operation, caller, cancellationToken) ?? Task.FromResult<string?>(null);
}

/// <summary>How a wait for an operation ended.</summary>
internal enum WaitEnd
{
    Succeeded,

    /// <summary>The service says that it failed.</summary>
    Failed,

    /// <summary>It continues when a person has reviewed it.</summary>
    InReview,

    /// <summary>The deadline has passed, or it made no step for too long.</summary>
    Running,

    /// <summary>It can't be read: how it ended is not known.</summary>
    Unread,
}

/// <summary>An operation whose wait has ended, and the error if it did not succeed.</summary>
internal sealed record WaitOutcome(ILongRunning Operation, WaitEnd End, OdcException? Failure)
{
    internal object? Owner { get; init; }

    /// <summary>What a person must do before the operation continues.</summary>
    internal string? Review { get; init; }
}
