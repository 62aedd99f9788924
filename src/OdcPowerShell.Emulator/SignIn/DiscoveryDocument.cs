using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OdcPowerShell.Emulator;

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
