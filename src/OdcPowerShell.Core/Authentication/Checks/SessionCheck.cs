using OdcPowerShell.Http;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Authentication;

/// <summary>Looks at a signed-in session: its credential, its secret's end, its token, one cheap call, and permissions.</summary>
internal sealed class SessionCheck(TenantSession session, ClientOptions options)
{
    private static readonly TimeSpan SecretWarning = TimeSpan.FromDays(14);

    internal async Task<IReadOnlyList<OdcCheck>> RunAsync(ICaller caller, CancellationToken cancellationToken)
    {
        List<OdcCheck> checks = [await CredentialAsync(caller, cancellationToken).ConfigureAwait(false), SecretEnd(), Token()];
        checks.Add(await CallAsync(caller, cancellationToken).ConfigureAwait(false));
        return checks;
    }

    /// <summary>Tries an operation that only reads a list; names the permission of any other.</summary>
    internal async Task<OdcCheck> PermissionAsync(string command, Operation operation, ICaller caller, CancellationToken cancellationToken)
    {
        var name = $"{command}: {operation.Method} {operation.Template}";
        if (operation.Method != HttpMethod.Get || operation.Template.IndexOf('{') >= 0)
            return OdcCheck.Skipped(name, $"Needs {operation.Permission}; only a real call can tell whether it is granted.");
        try
        {
            var request = new ApiRequest(operation.Method, operation.Template, TakesLimit(operation) ? new Query().Add("limit", 1) : null, Operation: operation);
            await session.Client.SendAsync(request, answer => answer, caller, cancellationToken).ConfigureAwait(false);
            return OdcCheck.Passed(name, $"Granted: {operation.Permission}.");
        }
        catch (OdcException e) when (e.Cause == OdcErrorCause.InvalidRequest)
        {
            // The service did not get as far as the parameters of a request that it would not allow.
            return OdcCheck.Skipped(name, $"Needs {operation.Permission}; the service wants more than a trial request says, so only a real call can tell whether it is granted.");
        }
        catch (OdcException e)
        {
            return OdcCheck.Failed(name, e);
        }
    }

    /// <summary>Whether a list can be asked for one object of it; stages and single objects have no such parameter.</summary>
    internal static bool TakesLimit(Operation operation) => (operation.IsPaged || !operation.HasAnswer) && !operation.Template.EndsWith("/environments", StringComparison.Ordinal);

    private async Task<OdcCheck> CredentialAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (session.Issuer is null)
            return OdcCheck.Skipped("Credential", "The connection has a token from elsewhere and no credential.");
        try
        {
            var tokens = session.Client.Tokens;
            await tokens.RenewAsync(tokens.Current, caller, cancellationToken).ConfigureAwait(false);
            return OdcCheck.Passed("Credential", $"API client {session.ClientId} got a new token ({session.Source}).");
        }
        catch (OdcException e)
        {
            return OdcCheck.Failed("Credential", e);
        }
    }

    private OdcCheck SecretEnd()
    {
        if (session.Issuer?.Credential.SecretExpiresOn is not { } end)
            return OdcCheck.Skipped("Secret", "Its end is not recorded; Register-OdcCredential -ExpiresOn does that.");
        var left = end - options.Time.GetUtcNow();
        return left > SecretWarning
            ? OdcCheck.Passed("Secret", FormattableString.Invariant($"Ends on {end:yyyy-MM-dd}, in {left.Days} days."))
            : OdcCheck.Warning("Secret", FormattableString.Invariant($"Ends on {end:yyyy-MM-dd HH:mm} UTC."), "Generate a new secret in the ODC Portal and store it where this sign-in reads it.");
    }

    private OdcCheck Token() => session.Client.Tokens.Current is { } token
        ? OdcCheck.Passed("Token", token.ExpiresOn is { } end ? FormattableString.Invariant($"Ends at {end:yyyy-MM-dd HH:mm:ss} UTC.") : "Does not say when it ends.")
        : OdcCheck.Skipped("Token", "There is none.");

    private async Task<OdcCheck> CallAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var found = await session.Client.GetAsync(OrganizationApi.GetOrganization, [], query: null, caller, cancellationToken).ConfigureAwait(false);
            return OdcCheck.Passed("Call", $"The tenant belongs to {found.Name}.");
        }
        catch (OdcException e)
        {
            return OdcCheck.Failed("Call", e);
        }
    }
}
