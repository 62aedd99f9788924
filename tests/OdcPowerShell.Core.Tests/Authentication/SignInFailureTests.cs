namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class SignInFailureTests
{
    private const string Refused = "Check the client id and the secret, and in the ODC Portal that the API client is active and its secret has not expired.";
    private const string Expired = "Generate a new secret for the API client in the ODC Portal and store it where this sign-in reads it.";
    private const string Suspended = "Resume the API client in the ODC Portal.";
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Invalid client or Invalid client credentials", OdcErrorCause.SignInFailed, "the client id or the secret was rejected", Refused)]
    [InlineData("The secret has EXPIRED.", OdcErrorCause.SecretExpired, "its secret has expired", Expired)]
    [InlineData("Client disabled", OdcErrorCause.ClientSuspended, "it is suspended", Suspended)]
    [InlineData("client is suspended", OdcErrorCause.ClientSuspended, "it is suspended", Suspended)]
    [InlineData("Client not enabled to do this", OdcErrorCause.ClientSuspended, "it is suspended", Suspended)]
    [InlineData("revoked", OdcErrorCause.ClientSuspended, "it is suspended", Suspended)]
    public void The_description_tells_the_cause(string description, OdcErrorCause cause, string meaning, string action)
    {
        var e = Assert.IsType<OdcSignInException>(From(401, new TokenAnswer(null, default, "invalid_client", description, () => "excerpt")));
        Assert.Equal((cause, $"Sign-in of API client 'me' failed: {meaning} (401). invalid_client: {description}", action), (e.Cause, e.Message, e.RecommendedAction));
        Assert.Equal((401, "invalid_client", description), (e.StatusCode, e.Error, e.ErrorDescription));
    }

    [Theory]
    [InlineData(-1, OdcErrorCause.SecretExpired)]
    [InlineData(0, OdcErrorCause.SignInFailed)]
    [InlineData(1, OdcErrorCause.SignInFailed)]
    public void A_secret_that_is_known_to_have_ended_tells_it_too(int days, OdcErrorCause cause) =>
        Assert.Equal(cause, From(400, new TokenAnswer(null, default, "invalid_client", null, () => "?"), Now.AddDays(days)).Cause);

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(499, false)]
    [InlineData(404, false)]
    public void A_server_that_is_down_is_no_refusal(int status, bool unavailable)
    {
        var e = From(status, new TokenAnswer(null, default, null, null, () => "<html>"));
        if (unavailable)
            Assert.Equal((OdcErrorCause.Unavailable, $"The identity server identity.example:8443 is not available ({status}). <html>", "Try again later."), (e.Cause, e.Message, e.RecommendedAction));
        else
            Assert.Equal((OdcErrorCause.UnexpectedResponse, $"Sign-in of API client 'me' failed: something in front of the identity server identity.example:8443 answered ({status}, no content type): <html>"), (e.Cause, e.Message));
    }

    [Theory]
    [InlineData(199, OdcErrorCause.UnexpectedResponse)]
    [InlineData(200, OdcErrorCause.TokenMissing)]
    [InlineData(299, OdcErrorCause.TokenMissing)]
    [InlineData(300, OdcErrorCause.UnexpectedResponse)]
    public void Success_without_a_token_is_a_foreign_answer(int status, OdcErrorCause cause) =>
        Assert.Equal(cause, From(status, new TokenAnswer(null, default, null, null, () => "x")).Cause);

    [Fact]
    public void A_foreign_answer_says_what_may_have_happened()
    {
        var e = From(200, new TokenAnswer(null, default, null, null, () => "hello"));
        Assert.Equal("Sign-in of API client 'me' failed: the answer contains no usable access token (200). hello", e.Message);
        Assert.Equal("A proxy may have answered instead of the identity server: check the address of the token endpoint in Get-OdcConnection.", e.RecommendedAction);
    }

    [Theory]
    [InlineData(401, null, true)]
    [InlineData(400, "invalid_client", true)]
    [InlineData(400, "unauthorized_client", true)]
    [InlineData(400, "invalid_request", false)]
    public void Another_secret_could_help_when_the_client_was_refused(int status, string? error, bool refused) =>
        Assert.Equal(refused, ((OdcSignInException)From(status, new TokenAnswer(null, default, error, null, () => ""))).IsClientRefused);

    /// <summary>The client id and the secret may be right where the server wants them in another way.</summary>
    [Theory]
    [InlineData("invalid_client", "Use HTTP Basic authentication.", null, true)]
    [InlineData("invalid_client", "client_secret_basic is required", null, true)]
    [InlineData("invalid_client", null, "Basic realm=\"token\"", true)]
    [InlineData(null, null, "Basic", true)]
    [InlineData("invalid_client", "Invalid client credentials", "Bearer", false)]
    [InlineData("invalid_client", "Client disabled, use basic auth", "Basic", false)]
    public void An_endpoint_that_wants_another_way_to_sign_in_is_told_from_a_wrong_secret(string? error, string? description, string? challenge, bool isBasic)
    {
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
        if (challenge is not null)
            response.Headers.WwwAuthenticate.ParseAdd(challenge);
        var e = SignInFailure.From(response, new TokenAnswer(null, default, error, description, () => ""), Sample.Credential, new Uri("https://identity.example/token"), Now);
        Assert.Equal(isBasic, e.RecommendedAction!.StartsWith("The token endpoint asks for HTTP Basic authentication", StringComparison.Ordinal));
    }

    private static OdcException From(int status, TokenAnswer answer, DateTimeOffset? end = null)
    {
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        return SignInFailure.From(response, answer, Sample.Credential with { SecretExpiresOn = end }, new Uri("https://identity.example:8443/token"), Now);
    }
}
