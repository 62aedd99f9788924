using System.Collections.Concurrent;
using OdcPowerShell.Http;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Names;

/// <summary>
/// The names of users by their keys, which say who did what. Other keys are those of API clients, or of users who were deleted: they get no
/// name. An API client that may not see users gets none at all, and no error.
/// </summary>
internal sealed class UserNames(OdcClient client, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (string? Name, long ReadAt)> _known = new(StringComparer.OrdinalIgnoreCase);
    private long _failedAt = long.MinValue;

    /// <summary>Asks for those names that are not known yet; afterwards <see cref="Of"/> tells them.</summary>
    internal async Task LearnAsync(IEnumerable<string?> keys, ICaller caller, CancellationToken cancellationToken)
    {
        // Who made a revision may be a tool, which is named by a text.
        var unknown = keys.OfType<string>().Where(k => Guid.TryParse(k, out _) && !IsKnown(k)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < unknown.Count && !HasFailed; i += IdentityApi.KeysPerRequest)
            await AskAsync([.. unknown.Skip(i).Take(IdentityApi.KeysPerRequest)], caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has names be read again: a user was created, renamed or removed.</summary>
    internal void Forget() => _known.Clear();

    internal string? Of(string? key) => key is not null && _known.TryGetValue(key, out var known) ? known.Name : null;

    // The permission may be granted meanwhile.
    private bool HasFailed => Interlocked.Read(ref _failedAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Life;

    private bool IsKnown(string key) => _known.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < Life;

    private async Task AskAsync(IReadOnlyList<string> keys, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.GetAsync(IdentityApi.QueryUsers, [], new Query().AddJoined("userKeys", keys), caller, cancellationToken).ConfigureAwait(false);
            foreach (var key in keys)
                _known[key] = (null, time.GetTimestamp());
            foreach (var user in page.Results ?? [])
                _known[user.UserKey ?? ""] = (user.Name ?? user.Email, time.GetTimestamp());
        }
        catch (OdcApiException e)
        {
            // Names are an addition: what they are added to must not fail for want of them.
            Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
            if (e.Cause == OdcErrorCause.AccessDenied)
                caller.Verbose($"Names of users are left out: the API client lacks {e.RequiredPermission}.");
            else
                caller.Warning($"Names of users are left out: {e.Message}");
        }
    }
}
