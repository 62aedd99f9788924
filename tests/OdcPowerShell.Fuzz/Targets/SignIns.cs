using System.Text;
using OdcPowerShell.Authentication;

namespace OdcPowerShell.Fuzz.Targets;

/// <summary>Answers of the identity server, which may hold the secret that was sent to it.</summary>
internal static class SignIns
{
    internal const string Secret = "c4n4ry-S3cret-of-the-client";
    private static readonly string Granted = $$"""{"access_token":"eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2ln","token_type":"Bearer","expires_in":43200,"error":"{{Secret}}","error_description":"client_secret={{Secret}} is wrong"}""";

    internal static void AskForToken(Mutator mutator)
    {
        var service = new FakeService(_ => (mutator.Pick([200, 201, 400, 401, 403, 429, 500]), mutator.ContentType(), mutator.Body(Granted)));
        var credential = new ClientCredential("client", new Secret(Secret));
        var token = new TokenRequest(new Uri(FakeService.Origin, "token"), service.Open(), TimeProvider.System).SendAsync(credential, service, default).GetAwaiter().GetResult();
        _ = (token.ExpiresOn, token.IsDue, token.IsExpired, token.RenewalPause);
    }

    internal static void Discover(Mutator mutator)
    {
        var service = new FakeService(_ => (mutator.Pick([200, 200, 200, 404, 407, 500]), mutator.ContentType(), mutator.Body("""{"issuer":"https://acme.example/identity","token_endpoint":"https://acme.example/token"}""")));
        Discovery.ReadAsync(new TenantAddress(FakeService.Origin), service.Open(), service, default).GetAwaiter().GetResult();
    }

    internal static void ReadClaims(Mutator mutator)
    {
        var claims = Convert.ToBase64String(mutator.Body("""{"exp":1790000000,"azp":"client","client_id":"client"}""")).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        JwtClaims.Read(new Secret(mutator.Next(3) == 0 ? mutator.Text("a.b.c") : $"{Convert.ToBase64String(Encoding.UTF8.GetBytes("{}"))}.{claims}.x"));
    }
}
