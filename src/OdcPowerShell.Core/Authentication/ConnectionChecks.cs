using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Authentication;

/// <summary>Looks at the way to a tenant, step by step, without a credential: proxy, name, TLS, discovery and clock.</summary>
internal sealed class ReachabilityCheck(TenantAddress tenant, ClientOptions options)
{
    private static readonly TimeSpan SkewToTell = TimeSpan.FromMinutes(1);

    internal async Task<(IReadOnlyList<OdcCheck> Checks, Uri? TokenEndpoint)> RunAsync(ICaller caller, CancellationToken cancellationToken)
    {
        var proxy = new ProxyRoute(options).For(tenant.Origin);
        List<OdcCheck> checks = [OdcCheck.Passed("Proxy", proxy is null ? "None: the connection is direct." : $"Through {proxy.Authority}.")];
        checks.Add(proxy is null ? await NameAsync(cancellationToken).ConfigureAwait(false) : OdcCheck.Skipped("Name", "The proxy looks the name up."));
        using var http = new HttpMessageInvoker(HttpHandlers.Open(options));
        try
        {
            var found = await Discovery.ReadAsync(tenant, http, caller, cancellationToken).ConfigureAwait(false);
            checks.Add(Tls());
            checks.Add(Clock(found.ServerTime));
            checks.Add(OdcCheck.Passed("Discovery", $"Tokens are issued at {Redactor.Whole(found.TokenEndpoint)}."));
            return (checks, found.TokenEndpoint);
        }
        catch (OdcException e)
        {
            var wasReached = e.Cause is not (OdcErrorCause.CertificateNotTrusted or OdcErrorCause.ConnectFailed or OdcErrorCause.DnsFailed
                or OdcErrorCause.ProxyRefused or OdcErrorCause.Timeout);
            checks.Add(wasReached ? Tls() : e.Cause == OdcErrorCause.CertificateNotTrusted ? OdcCheck.Failed("Tls", e) : OdcCheck.Skipped("Tls", "There was no connection."));
            checks.Add(OdcCheck.Failed("Discovery", e));
            return (checks, null);
        }
    }

    private async Task<OdcCheck> NameAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Not every platform can cancel a look-up, so it is left behind instead.
            var lookUp = Dns.GetHostAddressesAsync(tenant.Origin.DnsSafeHost);
            await Task.WhenAny(lookUp, Task.Delay(options.Timeout, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return lookUp.IsCompleted
                ? OdcCheck.Passed("Name", $"{tenant.Origin.Host} is {string.Join(", ", (await lookUp.ConfigureAwait(false)).Take(3))}.")
                : OdcCheck.Failed("Name", NetworkFailure.TimedOut(tenant.Origin, options.Timeout, new TimeoutException()));
        }
        catch (SocketException e)
        {
            return OdcCheck.Failed("Name", NetworkFailure.Explain(e, tenant.Origin, proxy: null));
        }
    }

    private OdcCheck Tls() => tenant.Origin.Scheme == Uri.UriSchemeHttps
        ? OdcCheck.Passed("Tls", $"The certificate of {tenant.Host} is trusted.")
        : OdcCheck.Skipped("Tls", "This machine only: no TLS.");

    private OdcCheck Clock(DateTimeOffset? serverTime)
    {
        if (serverTime is not { } server)
            return OdcCheck.Skipped("Clock", "The server does not report its time.");
        var skew = options.Time.GetUtcNow() - server;
        if (skew.Duration() > ClockSkew.Maximum)
            return OdcCheck.Failed("Clock", ClockSkew.Failure(skew));
        return skew.Duration() > SkewToTell
            ? OdcCheck.Warning("Clock", FormattableString.Invariant($"This machine's clock is {skew.TotalSeconds:0} s off."), "Set the clock (w32tm /resync, or timedatectl set-ntp true).")
            : OdcCheck.Passed("Clock", FormattableString.Invariant($"Within {Math.Ceiling(skew.Duration().TotalSeconds):0} s of the server's."));
    }
}

/// <summary>Checks a signed-in session: its credential, the expiry date of its secret, its token, one cheap call, and permissions.</summary>
internal sealed class SessionCheck(OdcClient client, OAuthClient? issuer, ClientOptions options)
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
        if (!PermissionTrial.CanTry(operation))
            return OdcCheck.Skipped(name, $"Needs {operation.Permission}; only a real call shows whether it is granted.");
        return await new PermissionTrial(client).TryAsync(operation, caller, cancellationToken).ConfigureAwait(false) switch
        {
            null => OdcCheck.Passed(name, $"Granted: {operation.Permission}."),
            { Cause: OdcErrorCause.InvalidRequest } => OdcCheck.Skipped(name, $"Needs {operation.Permission}; the service needs more than a trial request contains, so only a real call shows whether it is granted."),
            { } failure => OdcCheck.Failed(name, failure),
        };
    }

    private async Task<OdcCheck> CredentialAsync(ICaller caller, CancellationToken cancellationToken)
    {
        if (issuer is null)
            return OdcCheck.Skipped("Credential", "The connection has a token from elsewhere and no credential.");
        try
        {
            var tokens = client.Tokens;
            await tokens.RenewAsync(tokens.Current, caller, cancellationToken).ConfigureAwait(false);
            return OdcCheck.Passed("Credential", $"API client {issuer.ApiClient.Credential.ClientId} got a new token ({issuer.ApiClient.Source}).");
        }
        catch (OdcException e)
        {
            return OdcCheck.Failed("Credential", e);
        }
    }

    private OdcCheck SecretEnd()
    {
        if (issuer?.ApiClient.Credential.SecretExpiresOn is not { } end)
            return OdcCheck.Skipped("Secret", "Its expiry date is not recorded; record it with Register-OdcCredential -ExpiresOn.");
        var left = end - options.Time.GetUtcNow();
        return left > SecretWarning
            ? OdcCheck.Passed("Secret", FormattableString.Invariant($"Expires on {end:yyyy-MM-dd}, in {left.Days} days."))
            : OdcCheck.Warning("Secret", FormattableString.Invariant($"Expires on {end:yyyy-MM-dd HH:mm} UTC."), "Generate a new secret in the ODC Portal and store it where this sign-in reads it.");
    }

    private OdcCheck Token() => client.Tokens.Current is { } token
        ? OdcCheck.Passed("Token", token.ExpiresOn is { } end ? FormattableString.Invariant($"Expires at {end:yyyy-MM-dd HH:mm:ss} UTC.") : "Has no expiry date.")
        : OdcCheck.Skipped("Token", "There is none.");

    private async Task<OdcCheck> CallAsync(ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.GetAsync(OrganizationApi.GetOrganization, [], query: null, caller, cancellationToken).ConfigureAwait(false);
            return OdcCheck.Passed("Call", $"The tenant belongs to {found.Name}.");
        }
        catch (OdcException e)
        {
            return OdcCheck.Failed("Call", e);
        }
    }
}

/// <summary>Tries whether the API client may call an operation, with a request that only reads.</summary>
internal sealed class PermissionTrial(OdcClient client)
{
    /// <summary>Whether an operation can be tried: it only reads, and names no object.</summary>
    internal static bool CanTry(Operation operation) => operation.Method == HttpMethod.Get && !operation.HasKeys;

    /// <summary>Whether a list can be asked for one object of it; stages and single objects have no such parameter.</summary>
    internal static bool TakesLimit(Operation operation) => (operation.IsPaged || !operation.HasAnswer) && !operation.IsWholeList;

    /// <summary>Why the request was rejected; null if it was not. An invalid request shows nothing, because the service did not get as far as its parameters if it would not allow it.</summary>
    internal async Task<OdcException?> TryAsync(Operation operation, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ApiRequest(operation.Method, operation.Template, TakesLimit(operation) ? new Query().Add(operation.LimitName, 1) : null, Operation: operation);
            var answer = await client.SendAsync(request, answer => answer, caller, cancellationToken).ConfigureAwait(false);
            if (operation.HasAnswer)
                operation.Require(answer, request);
            return operation.NeededForRows is { } permission && !HasRows(answer) ? operation.WithoutRows(permission) : null;
        }
        catch (OdcException e)
        {
            return e;
        }
    }

    private static bool HasRows(ApiAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty("results", out var rows) && rows.ValueKind == JsonValueKind.Array && rows.GetArrayLength() > 0;
    }
}
