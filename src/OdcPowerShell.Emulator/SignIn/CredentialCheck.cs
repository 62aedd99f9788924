using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OdcPowerShell.Emulator;

/// <summary>Refuses token requests with Keycloak's codes and words, in Keycloak's order.</summary>
internal sealed class CredentialCheck(EmulatedTenant tenant) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public const string InvalidCredentials = "Invalid client or Invalid client credentials";

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var request = context.Request;
        if (string.IsNullOrEmpty(request.GrantType))
            context.Reject(Errors.InvalidRequest, "Missing form parameter: grant_type");
        else if (request.GrantType != GrantTypes.ClientCredentials)
            context.Reject(Errors.UnsupportedGrantType, "Unsupported grant_type");
        else if (Refusal(request.ClientId, request.ClientSecret) is var (error, description))
            context.Reject(error, tenant.HideReasons ? InvalidCredentials : description);

        context.Transaction.GetHttpRequest()?.HttpContext.Features.Get<RequestTrace>()?.ClientId = request.ClientId;
        return ValueTask.CompletedTask;
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
}
