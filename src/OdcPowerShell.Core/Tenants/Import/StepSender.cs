using OdcPowerShell.Authentication;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Sends the requests of a step. When the answer of a change is lost, a change that sets a value is sent again, which does no harm. Before an object
/// is created a second time, it is looked for: nothing is created twice.
/// </summary>
internal sealed class StepSender(OdcClient client, ICaller caller, Func<string, CancellationToken, Task<Secret>> readSecret, CancellationToken cancellationToken)
{
    private const int MostTries = 3;
    private OdcException? _vault;

    internal OdcClient Client => client;

    internal ICaller Caller => caller;

    internal CancellationToken Stopped => cancellationToken;

    /// <summary>A reader that has read nothing yet.</summary>
    internal TenantReader Fresh()
    {
        client.Kept.Forget();
        client.Names.Forget();
        client.Names.Stages.Forget();
        return new TenantReader(client, caller, cancellationToken);
    }

    /// <summary>The vault entries that could not be read, with the failure of each.</summary>
    internal Dictionary<string, OdcException> UnreadSecrets { get; } = new(StringComparer.Ordinal);

    /// <summary>A sender for a request that undoes another one: Ctrl+C does not keep it from being sent.</summary>
    internal StepSender ForUndo(CancellationToken limit) => new(client, caller, readSecret, limit);

    /// <summary>The secret of a vault entry; null if it can't be read. A vault that fails for one entry is not asked for the others.</summary>
    internal async Task<Secret?> SecretAsync(string name)
    {
        if (UnreadSecrets.ContainsKey(name))
            return null;
        try
        {
            if (_vault is { } failed)
                throw failed;
            return await readSecret(name, cancellationToken).ConfigureAwait(false);
        }
        catch (OdcException e) when (e.Cause is OdcErrorCause.SecretNotFound or OdcErrorCause.SecretWrongType or OdcErrorCause.VaultFailed or OdcErrorCause.InvalidRequest || IsOfVault(e.Cause))
        {
            _vault = IsOfVault(e.Cause) ? e : null;
            UnreadSecrets[name] = e;
            return null;
        }
    }

    /// <summary>Whether no entry of the vault can be read.</summary>
    internal static bool IsOfVault(OdcErrorCause cause) => cause is OdcErrorCause.VaultLocked or OdcErrorCause.VaultMissing or OdcErrorCause.VaultModuleMissing;

    /// <summary>Sends a change that does the same when it is sent again.</summary>
    internal async Task ChangeAsync(ApiRequest request)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.ChangeAsync(request, caller, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OdcException e) when (IsUnclear(e) && tries < MostTries)
            {
                caller.Verbose($"{e.Message} It is sent again: that sets the same.");
            }
            catch (OdcApiException e) when (tries > 1 && IsDoneAlready(e, request))
            {
                return;
            }
        }
    }

    /// <summary>Sends a change that answers with an object.</summary>
    internal async Task ChangeAsync<T>(ApiRequest request, Operation<T> operation)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.SendAsync(request, operation, caller, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OdcException e) when (IsUnclear(e) && tries < MostTries)
            {
                caller.Verbose($"{e.Message} It is sent again: that sets the same.");
            }
        }
    }

    /// <summary>Removes an object. One that is gone already is no failure.</summary>
    internal async Task RemoveAsync(ApiRequest request)
    {
        try
        {
            await ChangeAsync(request).ConfigureAwait(false);
        }
        catch (OdcApiException e) when (e.Cause == OdcErrorCause.NotFound)
        {
            caller.Verbose($"{request.Method} {request.Shown}: it is gone already.");
        }
    }

    /// <summary>Creates an object and returns its key. If the answer was lost, looks for the object before it is created again.</summary>
    /// <param name="create">Sends the request and returns the key.</param>
    /// <param name="find">The key of the object in the tenant as it is now; null if there is none.</param>
    internal async Task<string> CreateAsync(Func<Task<string>> create, Func<TenantReader, Task<string?>> find)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await create().ConfigureAwait(false);
            }
            catch (OdcException e) when (IsUnclear(e) && tries < MostTries)
            {
                caller.Verbose($"{e.Message} The object is looked for before it is created again.");
                if (await find(Fresh()).ConfigureAwait(false) is { } key)
                    return key;
            }
        }
    }

    /// <summary>The same for an operation that answers with a key.</summary>
    internal Task<string> CreateAsync(ApiRequest request, Operation<CreatedObject> operation, Func<TenantReader, Task<string?>> find) => CreateAsync(
        async () => (await client.SendAsync(request, operation, caller, cancellationToken).ConfigureAwait(false)).RequiredKey, find);

    /// <summary>Whether a request may have been done: the answer is lost, or is none of the API's although its status is a success.</summary>
    internal static bool IsUnclear(OdcException e) => e.Cause == OdcErrorCause.OutcomeUnknown || e is OdcApiException { Cause: OdcErrorCause.UnexpectedResponse, StatusCode: >= 200 and < 300 };

    // The first try did it: what was removed is gone, and what was added is there.
    private static bool IsDoneAlready(OdcApiException e, ApiRequest request) => request.Method == HttpMethod.Delete ? e.Cause == OdcErrorCause.NotFound : request.Method == HttpMethod.Post && e.Cause == OdcErrorCause.Conflict;
}
