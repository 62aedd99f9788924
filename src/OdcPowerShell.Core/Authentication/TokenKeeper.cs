namespace OdcPowerShell.Authentication;

/// <summary>
/// Keeps a connection's access token. It is asked for once however many threads want it, renewed before its end, and replaced when an
/// API rejects it. The thread that asks first does the work; when that caller is cancelled, the next one takes over.
/// </summary>
/// <param name="issue">Gets another token; null for a token from elsewhere, which can't be renewed.</param>
/// <param name="time">The clock.</param>
/// <param name="current">The first token, where there is one.</param>
internal sealed class TokenKeeper(Func<ICaller, CancellationToken, Task<AccessToken>>? issue, TimeProvider time, AccessToken? current = null)
{
    private readonly object _gate = new();
    private AccessToken? _current = current;
    private Task<AccessToken>? _renewal;
    private long _failedAt;
    private TimeSpan _pause;

    internal bool CanRenew => issue is not null;

    internal AccessToken? Current => Volatile.Read(ref _current);

    /// <summary>A valid token: the present one, or a new one.</summary>
    internal ValueTask<AccessToken> GetAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var token = Current;
        return token is not null && !NeedsRenewal(token)
            ? new ValueTask<AccessToken>(token)
            : new ValueTask<AccessToken>(RenewAsync(rejected: null, caller, cancellationToken));
    }

    /// <summary>A token other than <paramref name="rejected"/>; null asks for one that is not due.</summary>
    internal async Task<AccessToken> RenewAsync(AccessToken? rejected, ICaller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource<AccessToken>? mine = null;
            Task<AccessToken> renewal;
            lock (_gate)
            {
                if (_renewal is null && Usable(rejected) is { } token)
                    return token;
                if (_renewal is null)
                {
                    mine = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
                    _renewal = mine.Task;
                }

                renewal = _renewal;
            }

            if (mine is not null)
                return await LeadAsync(mine, rejected, caller, cancellationToken).ConfigureAwait(false);
            var (done, result) = await FollowAsync(renewal, cancellationToken).ConfigureAwait(false);
            if (done && !ReferenceEquals(result, rejected))
                return result!;
        }
    }

    /// <summary>Only under the gate: the present token, when it needs no renewal.</summary>
    private AccessToken? Usable(AccessToken? rejected)
    {
        if (_current is null || ReferenceEquals(_current, rejected))
            return null;
        var resting = !_current.IsExpired && time.GetElapsedTime(_failedAt) < _pause;
        return resting || !NeedsRenewal(_current) ? _current : null;
    }

    // A token from elsewhere can't be renewed ahead of its end.
    private bool NeedsRenewal(AccessToken token) => CanRenew ? token.IsDue : token.IsExpired;

    private async Task<AccessToken> LeadAsync(TaskCompletionSource<AccessToken> mine, AccessToken? rejected, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var token = await IssueAsync(caller, cancellationToken).ConfigureAwait(false);
            End(token, pause: default);
            mine.SetResult(token);
            return token;
        }
        catch (OdcException e) when (Current is { IsExpired: false } still && !ReferenceEquals(still, rejected))
        {
            // The old token still serves: a hiccup of the identity server must not stop a running job.
            End(still, still.RenewalPause);
            mine.SetResult(still);
            caller.Warning(FormattableString.Invariant($"The access token could not be renewed and is used until it expires at {still.ExpiresOn:HH:mm:ss} UTC. {e.Message}"));
            return still;
        }
        catch (Exception e) when (Failed(mine, e))
        {
            throw;
        }
    }

    private Task<AccessToken> IssueAsync(ICaller caller, CancellationToken cancellationToken) => issue is not null ? issue(caller, cancellationToken) : throw new OdcException(
        OdcErrorCause.TokenExpired,
        "The access token passed to Connect-Odc has expired or was rejected, and can't be renewed.",
        "Run Connect-Odc again with a new token, or with an API client's credentials, which renew themselves.");

    /// <summary>Passes the failure to the callers that wait for the same token, and does not catch it.</summary>
    private bool Failed(TaskCompletionSource<AccessToken> mine, Exception e)
    {
        End(Current, pause: default);
        if (e is OperationCanceledException)
            mine.SetCanceled();
        else
            mine.SetException(e);
        _ = mine.Task.Exception;
        return false;
    }

    private void End(AccessToken? token, TimeSpan pause)
    {
        lock (_gate)
        {
            _current = token;
            _renewal = null;
            _failedAt = time.GetTimestamp();
            _pause = pause;
        }
    }

    /// <summary>Waits for another caller's renewal; not done when that caller was cancelled.</summary>
    private static async Task<(bool Done, AccessToken? Token)> FollowAsync(Task<AccessToken> renewal, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken)))
            await Task.WhenAny(renewal, stopped.Task).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return renewal.IsCanceled ? (false, null) : (true, await renewal.ConfigureAwait(false));
    }
}
