using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OdcPowerShell.Emulator;

/// <summary>The authorization server of a tenant: discovery, keys, token endpoint, and the check of its own tokens. It answers as Keycloak does.</summary>
internal sealed class SignInServer(EmulatedTenant tenant) : IDisposable
{
    /// <summary>The expiry time to the millisecond: "exp" has whole seconds, too coarse for lifetimes of a second or two.</summary>
    public const string ExactEnd = "emulator_exp_ms";

    private const string InvalidCredentials = "Invalid client or Invalid client credentials";

    // Made at the tenant's start and never stored; an elliptic curve because that takes a millisecond.
    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    // A cache of its own: the library's shared one would keep the keys of every emulator of the process.
    private readonly CryptoProviderFactory _factory = new(new InMemoryCryptoProviderCache());

    public void Add(IServiceCollection services)
    {
        services.AddAuthentication();
        services.AddOpenIddict().AddServer(Configure).AddValidation(validation =>
        {
            validation.UseLocalServer();
            // BearerCheck compares the exact expiry time; here only the signature and the issuer are checked.
            validation.Configure(options => options.TokenValidationParameters.ClockSkew = TimeSpan.FromDays(3650));
        });
    }

    public void Dispose()
    {
        (_factory.CryptoProviderCache as IDisposable)?.Dispose();
        _signing.Dispose();
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetIssuer(tenant.Issuer)
            .SetConfigurationEndpointUris(
                new Uri(tenant.Url, "identity/.well-known/openid-configuration"), new Uri($"{tenant.Issuer}/.well-known/openid-configuration"))
            .SetJsonWebKeySetEndpointUris(new Uri($"{tenant.Issuer}/protocol/openid-connect/certs"))
            .SetTokenEndpointUris(tenant.TokenEndpoint)
            .AllowClientCredentialsFlow()
            .DisableAccessTokenEncryption()
            .AddSigningKey(new ECDsaSecurityKey(_signing) { KeyId = Guid.NewGuid().ToString("N"), CryptoProviderFactory = _factory })
            // The library needs it, though access tokens are signed only.
            .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)))
            .EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        Handle<HandleConfigurationRequestContext>(server, Describe, int.MaxValue - 100_000);
        Handle<ValidateTokenRequestContext>(server, Check, int.MinValue + 1);
        Handle<HandleTokenRequestContext>(server, Issue, 0);
        Handle<ApplyTokenResponseContext>(
            server, Answer, OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<ApplyTokenResponseContext>.Descriptor.Order + 1);
    }

    private static void Handle<T>(OpenIddictServerBuilder server, Action<T> act, int order)
        where T : BaseContext => server.AddEventHandler<T>(handler => handler
            .UseInlineHandler(context =>
            {
                act(context);
                return ValueTask.CompletedTask;
            })
            .SetOrder(order)
            .SetType(OpenIddictServerHandlerType.Custom));

    // The other endpoints of the real discovery document.
    private void Describe(HandleConfigurationRequestContext context)
    {
        var endpoints = $"{tenant.Issuer}/protocol/openid-connect";
        context.Metadata[Metadata.AuthorizationEndpoint] = $"{endpoints}/auth";
        context.Metadata[Metadata.IntrospectionEndpoint] = $"{endpoints}/token/introspect";
        context.Metadata[Metadata.UserInfoEndpoint] = $"{endpoints}/userinfo";
        context.Metadata[Metadata.EndSessionEndpoint] = $"{endpoints}/logout";
    }

    // In Keycloak's order.
    private void Check(ValidateTokenRequestContext context)
    {
        var request = context.Request;
        if (string.IsNullOrEmpty(request.GrantType))
            context.Reject(Errors.InvalidRequest, "Missing form parameter: grant_type");
        else if (request.GrantType != GrantTypes.ClientCredentials)
            context.Reject(Errors.UnsupportedGrantType, "Unsupported grant_type");
        else if (Refusal(request.ClientId, request.ClientSecret) is var (error, description))
            context.Reject(error, tenant.HideReasons ? InvalidCredentials : description);
        context.Transaction.GetHttpRequest()?.HttpContext.Features.Get<RecordedRequest>()?.ClientId = request.ClientId;
    }

    private (string Error, string Description)? Refusal(string? clientId, string? secret)
    {
        if (clientId is null || !tenant.ClientsById.TryGetValue(clientId, out var client))
            return (Errors.InvalidClient, InvalidCredentials);
        if (client.Suspended)
            return (Errors.InvalidClient, "Client disabled");
        if (string.IsNullOrEmpty(secret))
            return (Errors.UnauthorizedClient, "Client secret not provided in request");
        if (!client.Accepts(secret))
            return (Errors.UnauthorizedClient, InvalidCredentials);
        return client.SecretExpiresOn <= DateTimeOffset.UtcNow ? (Errors.UnauthorizedClient, "Client secret expired") : null;
    }

    private void Issue(HandleTokenRequestContext context)
    {
        var identity = new ClaimsIdentity(authenticationType: "OpenIddict");
        identity.AddClaim(Claims.Subject, context.ClientId!);
        identity.AddClaim("azp", context.ClientId!);
        var end = DateTimeOffset.UtcNow + tenant.TokenLifetime;
        identity.AddClaim(ExactEnd, end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetAccessTokenLifetime(tenant.TokenLifetime);
        context.SignIn(principal);
    }

    private void Answer(ApplyTokenResponseContext context)
    {
        context.Response.ErrorUri = null;
        if (context.Response.AccessToken is not null)
            context.Response.ExpiresIn = (long)Math.Ceiling(tenant.TokenLifetime.TotalSeconds);
        if (context.Response.Error is Errors.UnauthorizedClient or Errors.InvalidClient
            && context.Transaction.GetHttpRequest()?.HttpContext.Response is { } response)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            // Keycloak asks for no other way of signing in where the client has sent its secret in the form.
            response.OnStarting(() => Task.FromResult(response.Headers.Remove("WWW-Authenticate")));
        }
    }
}
