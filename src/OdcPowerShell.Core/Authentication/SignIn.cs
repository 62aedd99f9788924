namespace OdcPowerShell.Authentication;

/// <summary>Signs in to a tenant: makes the client of its APIs, which the caller closes.</summary>
internal sealed class SignIn(ClientOptions options)
{
    /// <summary>Signs an API client in; returns only when a token was issued.</summary>
    /// <exception cref="OdcException">No token was issued, or this machine's clock is far off.</exception>
    internal async Task<(OdcClient Client, OAuthClient Issuer)> RunAsync(ApiClient apiClient, ITokenCache? cache, ICaller caller, CancellationToken cancellationToken)
    {
        var exchange = HttpHandlers.Open(options);
        try
        {
            var issuer = new OAuthClient(apiClient, new HttpMessageInvoker(exchange), options.Time, cache);
            var cached = cache is null ? null : await FromCacheAsync(cache, caller, cancellationToken).ConfigureAwait(false);
            var tokens = new TokenKeeper(issuer.IssueAsync, options.Time, cached);
            var token = await FirstAsync(tokens, caller, cancellationToken).ConfigureAwait(false);
            ClockSkew.Require(token.ClockSkew);
            return (Client(apiClient.Tenant, exchange, tokens), issuer);
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    /// <summary>A client over a token from elsewhere, which can't be renewed. Nothing is sent.</summary>
    /// <exception cref="OdcException">The token has expired, or can't be one.</exception>
    internal OdcClient FromToken(TenantAddress tenant, Secret given)
    {
        var token = AccessToken.FromElsewhere(given, options.Time);
        return Client(tenant, HttpHandlers.Open(options), new TokenKeeper(issue: null, options.Time, token));
    }

    /// <summary>A transient failure of the identity server must not end a job at its first line; an unknown host, or one that does not answer, is reported at once.</summary>
    private async Task<AccessToken> FirstAsync(TokenKeeper tokens, ICaller caller, CancellationToken cancellationToken)
    {
        var retry = new Retry(options.MaximumRetries, options.FirstPause, options.Time);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await tokens.GetAsync(caller, cancellationToken).ConfigureAwait(false);
            }
            catch (OdcException e) when (tries <= options.MaximumRetries && e is { Cause: OdcErrorCause.Unavailable } or { Cause: OdcErrorCause.ConnectFailed, WasNotSent: false })
            {
                caller.Verbose($"The sign-in failed and is tried again ({tries} of {options.MaximumRetries}): {e.Message}");
            }

            await retry.PauseAsync(tries, asked: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private OdcClient Client(TenantAddress tenant, ExchangeHandler exchange, TokenKeeper tokens)
    {
        var budget = new BudgetHandler(() => RateBudgets.Shared.For(tenant.Origin, options.Time), options.RateShare, options.Time, new FreshTokenHandler(tokens, exchange));
        var api = new HttpMessageInvoker(new TokenHandler(tokens, tenant.Origin, budget));
        var retry = new Retry(options.MaximumRetries, options.FirstPause, options.Time);
        return new OdcClient(tenant.Origin, api, tokens, retry, options.Time) { Storage = StorageClient.Open(options), Sockets = exchange.Sockets, Options = options };
    }

    /// <summary>A valid token of another process. A cache that can't be read, or has no token, counts as none.</summary>
    private async Task<AccessToken?> FromCacheAsync(ITokenCache cache, ICaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.ReadAsync(caller, cancellationToken).ConfigureAwait(false) is { } found && found.Token.FitsHeader
                ? new AccessToken(found.Token, found.ExpiresOn - options.Time.GetUtcNow(), options.Time, options.Time.GetTimestamp())
                : null;
        }
        catch (OdcException e) when (e.Cause is not (OdcErrorCause.VaultModuleMissing or OdcErrorCause.VaultMissing))
        {
            caller.Warning($"The token cache can't be read, so the API client signs in. {e.Message}");
            return null;
        }
    }
}

/// <summary>A clock that is plainly wrong would make all expiry dates wrong.</summary>
internal static class ClockSkew
{
    // Kerberos draws the line at five minutes; ODC documents none.
    internal static readonly TimeSpan Maximum = TimeSpan.FromMinutes(10);

    /// <exception cref="OdcException">This machine's clock is too far off.</exception>
    internal static void Require(TimeSpan skew)
    {
        if (skew.Duration() > Maximum)
            throw Failure(skew);
    }

    internal static OdcException Failure(TimeSpan skew) => new(
        OdcErrorCause.ClockSkewed,
        $"This machine's clock is {Span(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server's.",
        "Set the clock (w32tm /resync, or timedatectl set-ntp true), then run Connect-Odc again: expiry dates would be wrong.");

    private static string Span(TimeSpan span) => span.TotalHours < 2 ? FormattableString.Invariant($"{span.TotalMinutes:0} minutes")
        : span.TotalDays < 2 ? FormattableString.Invariant($"{span.TotalHours:0.#} hours")
        : FormattableString.Invariant($"{span.TotalDays:0.#} days");
}
