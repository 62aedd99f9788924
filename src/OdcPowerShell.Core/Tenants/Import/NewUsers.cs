using System.Text.Json.Nodes;
using OdcPowerShell.Identity;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Tenants;

/// <summary>
/// Creates users, 100 in a request. The service works on it in the background. When its answer is lost, users who are there by then are not created again;
/// one that is created twice at the same time is rejected by the service, and is found afterwards.
/// </summary>
internal sealed class NewUsers
{
    /// <summary>With fewer users, a request for each is faster.</summary>
    internal const int Fewest = 3;

    private const int MostTries = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, string> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OdcException> _failures = new(StringComparer.OrdinalIgnoreCase);

    private NewUsers()
    {
    }

    internal static async Task<NewUsers> CreateAsync(StepSender sender, IReadOnlyList<(string Email, JsonObject Profile)> users)
    {
        var made = new NewUsers();
        for (var tries = 1; ; tries++)
        {
            var open = users.Where(u => !made._keys.ContainsKey(u.Email)).ToList();
            if (open.Count == 0)
                return made;
            try
            {
                await made.SendAsync(sender, open).ConfigureAwait(false);
                if (made._failures.Count > 0)
                    await made.FindAsync(sender).ConfigureAwait(false);
                return made;
            }
            catch (OdcException e) when (StepSender.IsUnclear(e) && tries < MostTries)
            {
                sender.Caller.Verbose($"{e.Message} The users are looked for before they are created again.");
                made._failures.Clear();
                await made.FindAsync(sender).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The key of a user.</summary>
    /// <exception cref="OdcException">The user was not created.</exception>
    internal string KeyOf(string email) => _keys.TryGetValue(email, out var key) ? key : throw (_failures.TryGetValue(email, out var failure) ? failure : Failed(email, "the service did not report a result"));

    private async Task SendAsync(StepSender sender, List<(string Email, JsonObject Profile)> users)
    {
        var body = new JsonObject { ["records"] = new JsonArray([.. users.Select(u => u.Profile.DeepClone())]) };
        var started = await sender.Client.SendAsync(IdentityApi.CreateBulkOperation.Request([], body: ImportContext.Body(body)), IdentityApi.CreateBulkOperation, sender.Caller, sender.Stopped).ConfigureAwait(false);
        var loop = new WaitingLoop(sender.Client, Limit);
        loop.Add(started);
        var outcome = (await loop.NextAsync(sender.Caller, sender.Stopped).ConfigureAwait(false))[0];
        loop.EndProgress(sender.Caller);
        if (outcome.Operation is not OdcUserImport { IsTerminal: true } ended)
            throw outcome.Failure ?? new OdcException(OdcErrorCause.Timeout, FormattableString.Invariant($"The creation of {users.Count} users has not ended after {Limit.TotalMinutes:0} minutes."), $"Get-OdcUserImport {started.OperationKey} shows its state. When it has ended, import again.");
        foreach (var result in ended.Results ?? [])
        {
            if (result.Email is not { } email)
                continue;
            if (result.UserKey is { } key)
                _keys[email] = key;
            else
                _failures[email] = Failed(email, result.ErrorMessage ?? result.ErrorCode ?? "the service reports no reason");
        }

        foreach (var (email, _) in users.Where(u => !_keys.ContainsKey(u.Email) && !_failures.ContainsKey(u.Email)))
            _failures[email] = Failed(email, ended.ErrorMessage ?? "the service did not report a result");
    }

    private async Task FindAsync(StepSender sender)
    {
        foreach (var user in (await sender.Fresh().UsersAsync().ConfigureAwait(false)).Items.Where(u => u is { Email: not null, UserKey: not null } && !_keys.ContainsKey(u.Email)))
            _keys[user.Email!] = user.UserKey!;
    }

    private static OdcException Failed(string email, string reason) => new(OdcErrorCause.OperationFailed, $"The user {email} was not created: {reason.TrimEnd('.')}.", "Correct the file of the user, or remove it, and import again.");
}
