using System.Collections.Concurrent;

namespace OdcPowerShell.Emulator;

internal enum BulkStatus
{
    Pending,
    Processing,
    Finished,
    FinishedWithErrors,
}

/// <summary>What became of one record.</summary>
internal sealed record BulkResult(CreateUserBody Record, Guid? Key, string? ErrorCode = null, string? ErrorMessage = null);

/// <summary>One bulk operation; its records are done when its time is over.</summary>
internal sealed class BulkOperation(Guid key, IReadOnlyList<CreateUserBody> records)
{
    private volatile BulkOutcome _outcome = new(BulkStatus.Pending, []);

    public Guid Key { get; } = key;

    public BulkOutcome Outcome => _outcome;

    /// <summary>A third of the time nothing happens yet.</summary>
    public async Task RunAsync(TimeSpan duration, BulkFailures failures, Func<CreateUserBody, BulkResult> create)
    {
        await Task.Delay(duration / 3).ConfigureAwait(false);
        _outcome = new BulkOutcome(BulkStatus.Processing, []);
        await Task.Delay(duration - (duration / 3)).ConfigureAwait(false);
        _outcome = failures.TimeOut
            ? new BulkOutcome(BulkStatus.FinishedWithErrors, [], "OS-IDENT-50401", "The operation took too long.")
            : BulkOutcome.Of([.. records.Select(create)]);
    }
}

/// <summary>Where an operation stands.</summary>
internal sealed record BulkOutcome(
    BulkStatus Status, IReadOnlyList<BulkResult> Results, string? ErrorCode = null, string? ErrorMessage = null)
{
    public static BulkOutcome Of(IReadOnlyList<BulkResult> results) =>
        new(results.All(result => result.ErrorCode is null) ? BulkStatus.Finished : BulkStatus.FinishedWithErrors, results);
}

/// <summary>The bulk operations of a tenant.</summary>
internal sealed class BulkOperations
{
    private readonly ConcurrentDictionary<Guid, BulkOperation> _operations = new();

    public BulkOperation Start(IReadOnlyList<CreateUserBody> records)
    {
        var operation = new BulkOperation(Guid.NewGuid(), records);
        _operations[operation.Key] = operation;
        return operation;
    }

    public BulkOperation? Find(Guid key) => _operations.GetValueOrDefault(key);
}
