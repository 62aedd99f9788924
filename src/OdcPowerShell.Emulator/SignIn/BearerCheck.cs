using System.Net.Http.Headers;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace OdcPowerShell.Emulator;

internal sealed class BearerCheck(EmulatedTenant tenant)
{
    // A valid signature stays valid, and its check takes longer than a page of users.
    private readonly ConcurrentDictionary<string, (string Subject, long End)> _verified = new(StringComparer.Ordinal);

    public async Task<ApiClient> AuthenticateAsync(HttpContext context)
    {
        var token = TokenOf(context.Request);
        if (!_verified.TryGetValue(token, out var verified))
        {
            if (_verified.Count >= 1000)
                _verified.Clear();
            _verified[token] = verified = await VerifyAsync(token, context);
        }

        if (!tenant.ClientsById.TryGetValue(verified.Subject, out var client))
            throw Invalid();
        context.Features.Get<RecordedRequest>()?.ClientId = client.ClientId;
        if (verified.End <= DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
            throw new ProblemException(401, 3, "The access token has expired.");
        if (client.Suspended)
            throw new ProblemException(401, 4, "The API client is suspended.");
        return client;
    }

    private static ProblemException Invalid() => new(401, 2, "The access token is invalid.");

    private static string TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            throw new ProblemException(401, 1, "The request has no access token.");
        return AuthenticationHeaderValue.TryParse(header, out var value)
            && string.Equals(value.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            && !string.IsNullOrEmpty(value.Parameter)
            ? value.Parameter
            : throw Invalid();
    }

    private async Task<(string Subject, long End)> VerifyAsync(string token, HttpContext context)
    {
        try
        {
            var validation = context.RequestServices.GetRequiredService<OpenIddictValidationService>();
            var principal = await validation.ValidateAccessTokenAsync(token, context.RequestAborted);
            var end = principal.FindFirst(SignInServer.ExactEnd)?.Value ?? "0";
            return (principal.FindFirst(Claims.Subject)?.Value ?? "", long.Parse(end, CultureInfo.InvariantCulture));
        }
        catch (ProtocolException)
        {
            throw Invalid();
        }
    }
}
