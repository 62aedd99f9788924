namespace OdcPowerShell.Emulator;

internal sealed record BulkRequestBody(IReadOnlyList<CreateUserBody?>? Records = null);

/// <summary>A bulk operation; its records are shown when it has ended.</summary>
internal sealed record BulkBody(
    Guid Key, string Status, string? ErrorCode, string? ErrorMessage, IReadOnlyList<BulkOperationBody> Operations)
{
    public static BulkBody Of(Guid key, BulkOutcome outcome) => new(
        key, outcome.Status.ToString(), outcome.ErrorCode, outcome.ErrorMessage, [.. outcome.Results.Select(BulkOperationBody.Of)]);
}

internal sealed record BulkOperationBody(string Status, string? ErrorCode, string? ErrorMessage, BulkRecordBody Record)
{
    public static BulkOperationBody Of(BulkResult result) => new(
        result.ErrorCode is null ? "Inserted" : "Error",
        result.ErrorCode,
        result.ErrorMessage,
        new BulkRecordBody(result.Key, result.Record.Email, result.Record.Username, result.Record.Subject));
}

internal sealed record BulkRecordBody(Guid? Key, string? Email, string? Username, string? Subject);
