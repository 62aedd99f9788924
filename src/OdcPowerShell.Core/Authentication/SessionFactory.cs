using OdcPowerShell.Http;

namespace OdcPowerShell.Authentication;

/// <summary>Signs in and makes sessions.</summary>
internal sealed class SessionFactory(ClientOptions options)
{
    // Kerberos draws the line at five minutes; ODC documents none, so only a clock that is plainly wrong is refused.
    internal static readonly TimeSpan MaximumClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>Signs an API client in; returns only when a token was issued.</summary>
    /// <exception cref="OdcException">No token was issued, or this machine's clock is far off.</exception>
    internal async Task<TenantSession> SignInAsync(
        TenantAddress tenant, ISecretSource source, ClientCredential credential, ITokenCache? cache, ICaller caller, CancellationToken cancellationToken)
    {
        var exchange = HttpHandlers.Open(options);
        try
        {
            var issuer = new TokenIssuer(tenant, source, credential, new HttpMessageInvoker(exchange), options.Time, cache);
            var cached = cache is null ? null : await FromCacheAsync(cache, caller, cancellationToken).ConfigureAwait(false);
            var tokens = new TokenKeeper(issuer, options.Time, cached);
            var token = await FirstAsync(tokens, caller, cancellationToken).ConfigureAwait(false);
            RequireClock(token.ClockSkew);
            return Session(tenant, credential.ClientId!, source.Description, exchange, tokens, issuer);
        }
        catch
        {
            exchange.Dispose();
            throw;
        }
    }

    /// <summary>A hiccup of the identity server must not end a job at its first line; a name that is not there, or nobody who answers, is told at once.</summary>
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

    /// <summary>A session over a token from elsewhere, which can't be renewed.</summary>
    /// <exception cref="OdcException">It has expired, or can't be a token.</exception>
    internal TenantSession FromToken(TenantAddress tenant, Secret given)
    {
        var token = given.Trimmed();
        if (!token.FitsHeader)
        {
            throw new OdcException(
                OdcErrorCause.InvalidRequest, token.IsEmpty ? "The access token is empty." : "The text is not an access token: it has characters that no token has, such as a line end in its middle.",
                "Pass the token alone, as a SecureString.");
        }

        var (expiresOn, clientId) = JwtClaims.Read(token);
        var now = options.Time.GetUtcNow();
        if (expiresOn <= now)
        {
            throw new OdcException(
                OdcErrorCause.TokenExpired, FormattableString.Invariant($"The access token expired on {expiresOn:yyyy-MM-dd HH:mm:ss} UTC."),
                "Get a new token, or sign in with an API client's credential, which renews itself. If the date is wrong, check this machine's clock.");
        }

        var tokens = new TokenKeeper(new ForeignTokenIssuer(), options.Time, new AccessToken(token, expiresOn - now, options.Time, options.Time.GetTimestamp()));
        return Session(tenant, clientId ?? "(unknown)", "access token", HttpHandlers.Open(options), tokens, issuer: null);
    }

    private TenantSession Session(
        TenantAddress tenant, string clientId, string source, ExchangeHandler exchange, TokenKeeper tokens, TokenIssuer? issuer)
    {
        var budget = new BudgetHandler(() => RateBudgets.Shared.For(tenant.Origin, options.Time), options.RateShare, options.Time, new FreshTokenHandler(tokens, exchange));
        var api = new HttpMessageInvoker(new TokenHandler(tokens, tenant.Origin, budget));
        var retry = new Retry(options.MaximumRetries, options.FirstPause, options.Time);
        var client = new OdcClient(tenant.Origin, api, tokens, retry, options.Time) { Storage = StorageClient.Open(options), Sockets = exchange.Sockets };
        return new TenantSession(tenant, clientId, source, client, issuer, options);
    }

    /// <summary>A token of another process that still serves. A cache that can't be read, or holds no token, is as good as none.</summary>
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

    private static void RequireClock(TimeSpan skew)
    {
        if (skew.Duration() > MaximumClockSkew)
            throw Skewed(skew);
    }

    internal static OdcException Skewed(TimeSpan skew) => new(
        OdcErrorCause.ClockSkewed,
        $"This machine's clock is {Span(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server's.",
        "Set the clock (w32tm /resync, or timedatectl set-ntp true), then run Connect-Odc again: expiry dates would be wrong.");

    private static string Span(TimeSpan span) => span.TotalHours < 2 ? FormattableString.Invariant($"{span.TotalMinutes:0} minutes")
        : span.TotalDays < 2 ? FormattableString.Invariant($"{span.TotalHours:0.#} hours")
        : FormattableString.Invariant($"{span.TotalDays:0.#} days");
}
