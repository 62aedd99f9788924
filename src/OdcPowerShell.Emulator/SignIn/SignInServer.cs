using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OdcPowerShell.Emulator;

/// <summary>The authorization server of a tenant: discovery, keys, token endpoint, and the check of its own tokens.</summary>
internal static class SignInServer
{
    public static void Add(IServiceCollection services, EmulatedTenant tenant, SigningKeys keys)
    {
        services.AddSingleton(tenant);
        services.AddSingleton<BearerCheck>();
        services.AddAuthentication();
        services.AddOpenIddict()
            .AddServer(server =>
            {
                server.SetIssuer(tenant.Issuer)
                    .SetConfigurationEndpointUris(
                        new Uri(tenant.Url, "identity/.well-known/openid-configuration"),
                        new Uri($"{tenant.Issuer}/.well-known/openid-configuration"))
                    .SetJsonWebKeySetEndpointUris(new Uri($"{tenant.Issuer}/protocol/openid-connect/certs"))
                    .SetTokenEndpointUris(tenant.TokenEndpoint)
                    .AllowClientCredentialsFlow()
                    .DisableAccessTokenEncryption()
                    .AddSigningKey(keys.Signing)
                    .AddEncryptionKey(keys.Encryption)
                    .EnableDegradedMode();
                server.UseAspNetCore().DisableTransportSecurityRequirement();

                server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
                    .UseSingletonHandler<DiscoveryDocument>().SetOrder(int.MaxValue - 100_000));
                server.AddEventHandler<ValidateTokenRequestContext>(handler => handler
                    .UseSingletonHandler<CredentialCheck>().SetOrder(int.MinValue + 1));
                server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<TokenIssue>());
                server.AddEventHandler<ApplyTokenResponseContext>(handler => handler
                    .UseSingletonHandler<TokenAnswer>()
                    .SetOrder(OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers
                        .AttachHttpResponseCode<ApplyTokenResponseContext>.Descriptor.Order + 1)
                    .SetType(OpenIddictServerHandlerType.Custom));
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                // BearerCheck compares the exact end; here the signature and the issuer count.
                validation.Configure(options => options.TokenValidationParameters.ClockSkew = TimeSpan.FromDays(3650));
            });
    }
}
