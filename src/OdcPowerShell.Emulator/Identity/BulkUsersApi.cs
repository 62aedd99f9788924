namespace OdcPowerShell.Emulator;

internal sealed record BulkResult(CreateUserBody Record, Guid? Key, string? ErrorCode = null, string? ErrorMessage = null);

/// <summary>A bulk operation; it creates its users, and shows them, at its end. When it fails, it has timed out.</summary>
internal sealed class BulkOperation(Guid key, string requestedBy) : TimedOperation(EmulatedOperation.UserImport, key, requestedBy)
{
    public IReadOnlyList<BulkResult> Results { get; set; } = [];
}

internal sealed class BulkUsersApi(EmulatedTenant tenant, UsersApi users)
{
    private const string Bulk = IdentityAccess.Base + "/users/bulk";
    private const int MaximumRecords = 100;

    public void Map(ApiMap map)
    {
        map.Post<StartBody>(Bulk, IdentityAccess.ManageUsers, Start, status: 202);
        // Anything that is not a key is unknown, not wrong.
        map.Get($"{Bulk}/{{operation}}", IdentityAccess.ManageUsers, call =>
            Body(tenant.Store.BulkOperations.Find(Guid.TryParse(call.Route["operation"], out var key) ? key : null)
                ?? throw ProblemException.NotFound("bulk operation", call.Route["operation"])));
    }

    private object Start(ApiCall call, StartBody body)
    {
        if (body.Records is not { Count: > 0 and <= MaximumRecords } records)
            throw IdentityCause.Invalid("records", $"The number of records must be from 1 to {MaximumRecords}.");
        var operation = tenant.Store.BulkOperations.Set(new BulkOperation(tenant.Store.NewKey("bulk"), call.By));
        operation.Effect = () => operation.Results = [.. records.Select(record => Create(record ?? new CreateUserBody()))];
        tenant.Store.Start(operation, tenant.BulkDuration);
        return Body(operation);
    }

    private BulkResult Create(CreateUserBody record)
    {
        if (tenant.Identity.BulkFailures.TryGetValue(record.Email ?? "", out var code))
            return new BulkResult(record, null, code, "The user could not be created.");
        try
        {
            return new BulkResult(record, users.Create(record));
        }
        catch (ProblemException e)
        {
            return new BulkResult(record, null, e.Cause.CodeIn(ApiDomain.Named("identity")), e.Cause.Detail);
        }
    }

    private object Body(BulkOperation operation)
    {
        var isTimedOut = operation is { HasEnded: true, HasSucceeded: false };
        return new
        {
            operation.Key,
            Status = isTimedOut || operation.Results.Any(result => result.ErrorCode is not null)
                ? OperationKind.All[operation.Kind].Failed
                : operation.StatusAt(tenant.Store.Now),
            ErrorCode = isTimedOut ? "OS-IDENT-50401" : null,
            ErrorMessage = isTimedOut ? "The operation took too long." : null,
            Operations = operation.Results.Select(result => new
            {
                Status = result.ErrorCode is null ? "Inserted" : "Error", result.ErrorCode, result.ErrorMessage,
                Record = new { result.Key, result.Record.Email, result.Record.Username, result.Record.Subject },
            }).ToArray(),
        };
    }

    private sealed record StartBody(IReadOnlyList<CreateUserBody?>? Records = null);
}
