using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using System.Globalization;
using System.Security.Claims;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OdcPowerShell.Emulator;

/// <summary>Issues the access token of a client that has passed the <see cref="CredentialCheck"/>.</summary>
internal sealed class TokenIssue(EmulatedTenant tenant) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    /// <summary>The end to the millisecond: "exp" knows whole seconds only, too coarse for lifetimes of a second or two.</summary>
    public const string ExactEnd = "emulator_exp_ms";

    public ValueTask HandleAsync(HandleTokenRequestContext context)
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
        return ValueTask.CompletedTask;
    }
}

/// <summary>Gives token answers the form Keycloak gives them.</summary>
internal sealed class TokenAnswer(EmulatedTenant tenant) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        context.Response.ErrorUri = null;
        if (context.Response.AccessToken is not null)
            context.Response.ExpiresIn = (long)Math.Ceiling(tenant.TokenLifetime.TotalSeconds);
        if (context.Response.Error is Errors.UnauthorizedClient or Errors.InvalidClient
            && context.Transaction.GetHttpRequest()?.HttpContext.Response is { } response)
            response.StatusCode = StatusCodes.Status401Unauthorized;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Adds what the real discovery document lists besides the token endpoint.</summary>
internal sealed class DiscoveryDocument(EmulatedTenant tenant) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        var endpoints = $"{tenant.Issuer}/protocol/openid-connect";
        context.Metadata[Metadata.AuthorizationEndpoint] = $"{endpoints}/auth";
        context.Metadata[Metadata.IntrospectionEndpoint] = $"{endpoints}/token/introspect";
        context.Metadata[Metadata.UserInfoEndpoint] = $"{endpoints}/userinfo";
        context.Metadata[Metadata.EndSessionEndpoint] = $"{endpoints}/logout";
        return ValueTask.CompletedTask;
    }
}
