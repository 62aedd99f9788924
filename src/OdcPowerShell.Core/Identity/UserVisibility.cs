namespace OdcPowerShell.Identity;

/// <summary>The kinds of users.</summary>
[Flags]
internal enum UserKinds
{
    None = 0,
    EndUsers = 1,
    Members = 2,
    All = EndUsers | Members,
}

/// <summary>
/// Whether the API client can see all users. The service silently leaves out users that the client may not see. But it denies other
/// requests that need the same permissions, which shows what is missing. The result is kept for five minutes.
/// </summary>
internal sealed class UserVisibility(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly string NoUser = Guid.Empty.ToString();
    private volatile Finding? _last;

    /// <summary>The kinds of users that a filter leaves. A user with both kinds of role is visible to every client that can see users.</summary>
    internal static UserKinds Wanted(bool hasEndUserRole, bool hasOrganizationRole) => (hasEndUserRole, hasOrganizationRole) switch
    {
        (true, true) => UserKinds.None,
        (true, false) => UserKinds.EndUsers,
        (false, true) => UserKinds.Members,
        _ => UserKinds.All,
    };

    /// <summary>Warns when users of the requested kinds may be missing.</summary>
    /// <param name="wanted">The requested kinds.</param>
    /// <param name="seen">The kinds that are visible, because such users were read; they need no check.</param>
    /// <param name="someone">The key of a user that was read, so that a denied request can't mean an unknown key; null if there were no users.</param>
    /// <param name="caller">Receives the warning.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task WarnAsync(UserKinds wanted, UserKinds seen, string? someone, ICaller caller, CancellationToken cancellationToken)
    {
        if ((wanted & ~seen) == UserKinds.None || await FoundAsync(seen, someone ?? NoUser, caller, cancellationToken).ConfigureAwait(false) is not { } found)
            return;
        if (Missing(wanted & ~found) is { } missing)
            caller.Warning(missing + " in the ODC Portal: API clients, edit permissions.");
    }

    /// <summary>The permission without which the service leaves out users of these kinds; null if it shows them all.</summary>
    /// <param name="wanted">The requested kinds.</param>
    /// <param name="users">All users that were read.</param>
    /// <param name="caller">Receives the reason where it could not be found out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OdcException">It could not be found out.</exception>
    internal async Task<string?> LackingAsync(UserKinds wanted, IReadOnlyList<OdcUser> users, ICaller caller, CancellationToken cancellationToken)
    {
        var seen = users.Aggregate(UserKinds.None, (kinds, user) => kinds | Shown(user));
        if ((wanted & ~seen) == UserKinds.None)
            return null;
        var found = await FoundAsync(seen, users.Count > 0 ? users[0].UserKey ?? NoUser : NoUser, caller, cancellationToken).ConfigureAwait(false)
            ?? throw new OdcException(OdcErrorCause.Unavailable, "Whether users are hidden from the API client could not be found out.", "Try again in a minute.");
        return (wanted & ~found) switch
        {
            UserKinds.None => null,
            UserKinds.Members => "User management > View members",
            UserKinds.EndUsers => "User management > View end users",
            _ => "User management > View end users and View members",
        };
    }

    /// <summary>The kind of users that is certainly visible. One who is only an end user is visible with "View end users"; only a member, with "View members"; both, with either.</summary>
    internal static UserKinds Shown(OdcUser user) => user.Access switch
    {
        { HasOrganizationRoles: true, HasEndUserRoles: not true } => UserKinds.Members,
        { HasOrganizationRoles: not true, HasEndUserRoles: true } => UserKinds.EndUsers,
        _ => UserKinds.None,
    };

    private static string? Missing(UserKinds hidden) => hidden switch
    {
        UserKinds.Members => "The API client sees end users only: members without an end-user role are left out. To see all users, grant it User management > View members",
        UserKinds.EndUsers => "The API client sees members only: users without an organization role are left out. To see all users, grant it User management > View end users",
        UserKinds.All => "The API client may see neither all end users nor all members: some may be left out. Grant it User management > View end users and View members",
        _ => null,
    };

    private async Task<UserKinds?> FoundAsync(UserKinds seen, string someone, ICaller caller, CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Life)
            return last.Seen | seen;
        var found = await TryFindOutAsync(seen, someone, new HurriedCaller(caller), cancellationToken).ConfigureAwait(false);
        if (found is { } kinds)
            _last = new Finding(kinds, time.GetTimestamp());
        return found;
    }

    private async Task<UserKinds?> TryFindOutAsync(UserKinds seen, string someone, HurriedCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            // Each of these needs the permission that shows one kind of user. Users as such are visible, since the list could be read.
            if (!seen.HasFlag(UserKinds.Members) && await IsAllowedAsync(IdentityApi.QueryOrganizationRolesOfUser, caller, cancellationToken, someone).ConfigureAwait(false))
                seen |= UserKinds.Members;
            if (!seen.HasFlag(UserKinds.EndUsers)
                && (await IsAllowedAsync(IdentityApi.QueryEndUserRoles, caller, cancellationToken).ConfigureAwait(false)
                    || await IsAllowedAsync(IdentityApi.GetBulkOperation, caller, cancellationToken, NoUser).ConfigureAwait(false)))
            {
                seen |= UserKinds.EndUsers;
            }

            return seen;
        }
        catch (OdcException e) when (e is { Cause: OdcErrorCause.Throttled, WasNotSent: true })
        {
            // Waiting for the rate limit would take up to a minute, which is too long for a warning.
            caller.Warning("Not checked, because the rate limit has no room now: whether users are hidden from the API client.");
            return null;
        }
        catch (OdcException e)
        {
            caller.Warning($"Whether the API client sees all users could not be found out: {e.Message}");
            return null;
        }
    }

    private async Task<bool> IsAllowedAsync<T>(Operation<T> operation, ICaller caller, CancellationToken cancellationToken, params string[] keys)
    {
        try
        {
            var query = keys.Length == 0 ? new Query().Add("limit", 1) : null;
            await client.GetAsync(operation, keys, query, caller, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.AccessDenied)
        {
            return false;
        }
        catch (OdcApiException e) when (e.Cause is OdcErrorCause.NotFound or OdcErrorCause.InvalidRequest)
        {
            return true;
        }
    }

    private sealed record Finding(UserKinds Seen, long At);
}
