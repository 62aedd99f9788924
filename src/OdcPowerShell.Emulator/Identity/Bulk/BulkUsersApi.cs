namespace OdcPowerShell.Emulator;

/// <summary>Creates many users with one request.</summary>
internal sealed class BulkUsersApi(EmulatedTenant tenant)
{
    private const string Bulk = IdentityApi.Base + "/users/bulk";
    private const int MaximumRecords = 100;

    private readonly UserCreation _creation = new(tenant);
    private readonly EmulatedIdentity _identity = tenant.Identity;

    public void Map(ApiMap map)
    {
        map.Post(Bulk, IdentityAccess.ManageUsers, Start);
        map.Get($"{Bulk}/{{key}}", IdentityAccess.ManageUsers, Get);
    }

    private async Task Start(ApiCall call)
    {
        var records = (await call.ReadAsync(IdentityWireJson.Default.BulkRequestBody)).Records ?? [];
        if (records.Count is 0 or > MaximumRecords)
            throw new ProblemException(IdentityCause.Invalid("records", $"The number of records must be from 1 to {MaximumRecords}."));

        var operation = _identity.Bulk.Start([.. records.Select(record => record ?? new CreateUserBody())]);
        var answer = BulkBody.Of(operation.Key, operation.Outcome);
        // Not awaited: the operation goes on when the request has its answer.
        _ = operation.RunAsync(tenant.BulkDuration, _identity.BulkFailures, Create);
        call.Empty(StatusCodes.Status202Accepted);
        await call.JsonAsync(answer, IdentityWireJson.Default.BulkBody);
    }

    private Task Get(ApiCall call)
    {
        var key = (string)call.Request.RouteValues["key"]!;
        var operation = Guid.TryParse(key, out var guid) ? _identity.Bulk.Find(guid) : null;
        return operation is null
            ? throw new ProblemException(new Cause(404, 1, $"The bulk operation '{key}' doesn't exist."))
            : call.JsonAsync(BulkBody.Of(operation.Key, operation.Outcome), IdentityWireJson.Default.BulkBody);
    }

    private BulkResult Create(CreateUserBody record)
    {
        if (_identity.BulkFailures.Of(record.Email) is var (code, message))
            return new BulkResult(record, null, code, message);
        try
        {
            return new BulkResult(record, _creation.Create(record));
        }
        catch (ProblemException e)
        {
            return new BulkResult(record, null, e.Cause.CodeIn(ApiDomain.Named("identity")), e.Cause.Detail);
        }
    }
}
