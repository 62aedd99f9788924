namespace OdcPowerShell.Operations;

/// <summary>A long-running operation: the service works on it in the background.</summary>
internal interface ILongRunning
{
    string? OperationKey { get; }

    string? Status { get; }

    /// <summary>Whether it has ended.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether it ended well.</summary>
    bool IsSuccess { get; }

    /// <summary>How operations of its kind are read again, named and resumed.</summary>
    OperationDescriptor Descriptor { get; }
}

/// <summary>How long-running operations of a kind are read again, named, explained and resumed. WaitingLoop knows them by this alone.</summary>
/// <param name="noun">What such an operation is called.</param>
/// <param name="readCommand">The command that gets operations of the kind by their keys.</param>
internal abstract class OperationDescriptor(string noun, string readCommand)
{
    internal string Noun => noun;

    internal string ReadCommand => readCommand;

    /// <summary>The asset that an operation is about, when its answers do not have the asset's name.</summary>
    internal abstract string? AssetKeyOf(ILongRunning operation);

    /// <summary>What an operation is called, with the name of what it is about where that is known.</summary>
    internal abstract string Label(OdcClient client, ILongRunning operation);

    /// <summary>Reads one operation.</summary>
    /// <exception cref="OdcException">It can't be read.</exception>
    internal abstract Task<ILongRunning> ReadAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);

    /// <summary>The operations of the kind, newest first; null for a kind that is only read one by one.</summary>
    internal abstract IPagedList<ILongRunning>? List(OdcClient client);

    /// <summary>The later state of an operation, with what only the earlier one knows.</summary>
    internal abstract ILongRunning Later(ILongRunning before, ILongRunning now);

    /// <summary>Why an operation failed, in the service's words.</summary>
    internal abstract Task<IReadOnlyList<string>> ExplainAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);

    /// <summary>A text that changes with each step that an operation makes; null for a kind whose steps can't be seen.</summary>
    internal abstract Task<string?> StepAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken);
}

/// <summary>The same for operations of one type.</summary>
internal sealed class OperationDescriptor<T>(
    string noun,
    string readCommand,
    Func<OdcClient, T, ICaller, CancellationToken, Task<T>> read,
    Func<OdcClient, T, ICaller, CancellationToken, Task<IReadOnlyList<string>>> explain) : OperationDescriptor(noun, readCommand)
    where T : class, ILongRunning
{
    /// <summary>What an operation is about: the name of an asset with its revision and stage.</summary>
    internal Func<OdcClient, T, string?> About { get; init; } = (_, _) => null;

    internal Func<T, string?> UnnamedAsset { get; init; } = _ => null;

    internal Func<OdcClient, IPagedList<T>>? NewestFirst { get; init; }

    /// <summary>Copies to the second what only the first knows.</summary>
    internal Action<T, T> Complete { get; init; } = (_, _) => { };

    internal Func<OdcClient, T, ICaller, CancellationToken, Task<string?>>? Step { get; init; }

    internal override string? AssetKeyOf(ILongRunning operation) => UnnamedAsset((T)operation);

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

    internal override Task<IReadOnlyList<string>> ExplainAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken) =>
        explain(client, (T)operation, caller, cancellationToken);

    internal override Task<string?> StepAsync(OdcClient client, ILongRunning operation, ICaller caller, CancellationToken cancellationToken) =>
        Step?.Invoke(client, (T)operation, caller, cancellationToken) ?? Task.FromResult<string?>(null);
}
