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
        var exchange = Channel.Open(options);
        var issuer = new TokenIssuer(tenant, source, credential, new HttpMessageInvoker(exchange), options.Time, cache);
        var cached = cache is null ? null : await cache.ReadAsync(caller, cancellationToken).ConfigureAwait(false);
        var tokens = new TokenKeeper(issuer, options.Time, FromCache(cached));
        var token = await FirstAsync(tokens, caller, cancellationToken).ConfigureAwait(false);
        RequireClock(token.ClockSkew);
        return Session(tenant, credential.ClientId!, source.Description, exchange, tokens, issuer);
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
            catch (OdcException e) when (tries <= options.MaximumRetries && e is { Cause: OdcErrorCause.Unavailable } or { Cause: OdcErrorCause.ConnectFailed, NeverLeft: false })
            {
                caller.Verbose($"The sign-in failed and is tried again ({tries} of {options.MaximumRetries}): {e.Message}");
            }

            await retry.PauseAsync(tries, asked: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A session over a token from elsewhere, which can't be renewed.</summary>
    internal TenantSession FromToken(TenantAddress tenant, Secret token)
    {
        var (expiresOn, clientId) = JwtClaims.Read(token);
        var life = expiresOn is { } end ? end - options.Time.GetUtcNow() : (TimeSpan?)null;
        var tokens = new TokenKeeper(new ForeignTokenIssuer(), options.Time, new AccessToken(token, life, options.Time, options.Time.GetTimestamp()));
        return Session(tenant, clientId ?? "(unknown)", "access token", Channel.Open(options), tokens, issuer: null);
    }

    private TenantSession Session(
        TenantAddress tenant, string clientId, string source, ExchangeHandler exchange, TokenKeeper tokens, TokenIssuer? issuer)
    {
        var token = new TokenHandler(tokens, tenant.Origin, exchange);
        var api = new HttpMessageInvoker(new BudgetHandler(() => RateBudgets.Shared.For(tenant.Origin, options.Time), options.RateShare, options.Time, token));
        var retry = new Retry(options.MaximumRetries, options.FirstPause, options.Time);
        var client = new OdcClient(tenant.Origin, api, tokens, retry, options.Time) { Storage = StorageClient.Open(options) };
        return new TenantSession(tenant, clientId, source, client, issuer, options.Proxy);
    }

    private AccessToken? FromCache((Secret Token, DateTimeOffset ExpiresOn)? cached) => cached is { } found
        ? new AccessToken(found.Token, found.ExpiresOn - options.Time.GetUtcNow(), options.Time, options.Time.GetTimestamp())
        : null;

    private static void RequireClock(TimeSpan skew)
    {
        if (skew.Duration() > MaximumClockSkew)
            throw Skewed(skew);
    }

    internal static OdcException Skewed(TimeSpan skew) => new(
        OdcErrorCause.ClockSkewed,
        FormattableString.Invariant($"This machine's clock is {skew.Duration():d\\.hh\\:mm\\:ss} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server's."),
        "Set the clock (w32tm /resync, or timedatectl set-ntp true), then run Connect-Odc again: expiry dates would be wrong.");
}
