using System.Net;
using System.Text;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class ApiFailureTests
{
    private const string Gateway = "A proxy or gateway may have answered instead of ODC. If it did not, the API has changed: report it with this message.";
    private static readonly ApiRequest Users = new(HttpMethod.Get, "/api/identity/v1/users");

    [Theory]
    [InlineData(400, OdcErrorCause.InvalidRequest, "the request is not valid", "Correct the value that the message names.")]
    [InlineData(422, OdcErrorCause.InvalidRequest, "the request is not valid", "Correct the value that the message names.")]
    [InlineData(401, OdcErrorCause.TokenRefused, "the access token was rejected", "The API client may have been suspended: check it in the ODC Portal, then run Connect-Odc again.")]
    [InlineData(404, OdcErrorCause.NotFound, "not found", "Check the keys in the request. If they are right, this API may not be available to the tenant, or the organization's domain has changed: check -Tenant.")]
    [InlineData(409, OdcErrorCause.Conflict, "it conflicts with what exists", "Read the object again and adapt the change.")]
    [InlineData(429, OdcErrorCause.Throttled, "too many requests", "Wait a minute. The limit is shared by everything that calls this API for your organization.")]
    [InlineData(408, OdcErrorCause.Unavailable, "the service is not available", "Try again later; if it continues, send the trace id to OutSystems support.")]
    [InlineData(500, OdcErrorCause.Unavailable, "the service is not available", "Try again later; if it continues, send the trace id to OutSystems support.")]
    [InlineData(599, OdcErrorCause.Unavailable, "the service is not available", "Try again later; if it continues, send the trace id to OutSystems support.")]
    public void A_status_has_one_meaning(int status, OdcErrorCause cause, string meaning, string action)
    {
        var e = From(status, "");
        Assert.Equal((cause, $"GET /api/identity/v1/users: {meaning} ({status}).", action), (e.Cause, e.Message, e.RecommendedAction));
        Assert.Equal((status, "GET", "/api/identity/v1/users", null, ""), (e.StatusCode, e.Method, e.Path, e.RequiredPermission, e.BodyExcerpt));
    }

    [Theory]
    [InlineData("", "Check the key, and that the API client may see the object. If nothing else is found either: has the organization's domain changed? Then connect with the new one.")]
    [InlineData("{\"title\":\"Not Found\",\"status\":404}", "Check the key, and that the API client may see the object.")]
    public void A_404_that_is_not_the_API_s_own_asks_for_the_domain(string body, string action)
    {
        var e = From(404, body, new ApiRequest(HttpMethod.Get, "/api/identity/v1/users/17"));
        Assert.Equal((OdcErrorCause.NotFound, action), (e.Cause, e.RecommendedAction));
    }

    [Fact]
    public void A_403_names_the_permission_where_the_operation_is_known()
    {
        var known = From(403, "");
        var permission = OperationCatalogue.Find(Users.Method, Users.Path)!.Permission.ToString();
        Assert.Equal((OdcErrorCause.AccessDenied, $"GET /api/identity/v1/users: the API client lacks a permission: {permission} (403)."), (known.Cause, known.Message));
        Assert.Equal(permission, known.RequiredPermission);
        Assert.Equal($"Grant the API client this permission in the ODC Portal (API clients, edit permissions): {permission}.", known.RecommendedAction);
        var given = From(403, "", Users with { Operation = new Operation(HttpMethod.Get, "/x", "X > View") });
        Assert.Equal("X > View", given.RequiredPermission);
        var unknown = From(403, "", new ApiRequest(HttpMethod.Post, "/api/nowhere"));
        Assert.Null(unknown.RequiredPermission);
        Assert.Equal("Grant the API client the permission that the operation's documentation names (ODC Portal: API clients, edit permissions).", unknown.RecommendedAction);
    }

    [Theory]
    [InlineData(414, OdcErrorCause.InvalidRequest, "the address of the request is too long", "Specify fewer objects at once.")]
    [InlineData(431, OdcErrorCause.InvalidRequest, "the address of the request is too long", "Specify fewer objects at once.")]
    [InlineData(410, OdcErrorCause.Unavailable, "the service cancelled the request", "Try again.")]
    [InlineData(418, OdcErrorCause.UnexpectedResponse, "unexpected response", "A proxy or gateway may have answered instead of ODC.")]
    public void A_rare_status_has_a_meaning_too(int status, OdcErrorCause cause, string meaning, string action)
    {
        var e = From(status, "");
        Assert.Equal((cause, $"GET /api/identity/v1/users: {meaning} ({status}).", action), (e.Cause, e.Message, e.RecommendedAction));
    }

    /// <summary>A page, a text or the JSON of something else is no error of the API, and never a missing permission.</summary>
    [Theory]
    [InlineData(403, "Forbidden", "text/plain", null, "/api/identity/v1/users", true)]
    [InlineData(403, """{"message":"no"}""", "application/json", null, "/api/identity/v1/users", true)]
    [InlineData(403, """{"title":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"type":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"status":403}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"detail":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"instance":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"traceId":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"errorCode":"no"}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, """{"errors":{}}""", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, "{}", "application/json", null, "/api/identity/v1/users", false)]
    [InlineData(403, "[]", "application/json", null, "/api/identity/v1/users", true)]
    [InlineData(403, "", null, null, "/api/identity/v1/users", false)]
    [InlineData(403, "Forbidden", "text/plain", null, "/somewhere/else", false)]
    [InlineData(401, "Unauthorized", "text/plain", "Bearer", "/api/identity/v1/users", false)]
    [InlineData(401, "Unauthorized", "text/plain", "Negotiate", "/api/identity/v1/users", true)]
    [InlineData(403, "Forbidden", "text/plain", "Bearer", "/api/identity/v1/users", true)]
    [InlineData(300, "", null, null, "/api/identity/v1/users", true)]
    [InlineData(399, """{"message":"no"}""", "application/json", null, "/somewhere/else", true)]
    [InlineData(299, "", null, null, "/api/identity/v1/users", false)]
    [InlineData(407, """{"title":"no"}""", "application/json", null, "/api/identity/v1/users", true)]
    public void What_the_API_does_not_send_comes_from_something_in_front_of_it(int status, string body, string? type, string? challenge, string path, bool isInFront)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
            response.Content.Headers.ContentType = new(type);
        if (challenge is not null)
            response.Headers.WwwAuthenticate.Add(new(challenge));
        var e = ApiFailure.From(response, Encoding.UTF8.GetBytes(body), new ApiRequest(HttpMethod.Get, path));
        Assert.Equal(isInFront, e.Message.StartsWith($"GET {path}: something in front of ODC answered ({status}, ", StringComparison.Ordinal));
    }

    /// <summary>Services end their sentences, or not; the message does once.</summary>
    [Theory]
    [InlineData("""{"detail":"Bad","errors":{"a":["One.","two"],"b":"three!"},"traceId":"t"}""", "Bad. a: One. two; b: three! Trace id t.")]
    [InlineData("""{"detail":"Bad?","errors":{"a":["one","two."]},"traceId":"t"}""", "Bad? a: one, two. Trace id t.")]
    [InlineData("""{"detail":"Bad","traceId":"t"}""", "Bad. Trace id t.")]
    public void Sentences_end_once(string body, string said) => Assert.Equal("GET /api/identity/v1/users: the request is not valid (400). " + said, From(400, body).Message);

    [Fact]
    public void Neither_the_token_nor_a_secret_of_the_request_is_told()
    {
        using var response = FakeServer.Json("{}", HttpStatusCode.BadRequest);
        var request = new ApiRequest(HttpMethod.Post, "/api/x", Body: new ApiBody([], "application/json") { Secrets = [new Secret("hunter2-hunter2")] });
        var e = ApiFailure.From(response, Encoding.UTF8.GetBytes("""{"detail":"tok-abc-123 and hunter2-hunter2, hunter2-hu..."}"""), request, new Secret("tok-abc-123"));
        Assert.Equal("POST /api/x: the request is not valid (400). *** and ***, ***...", e.Message);
    }

    [Fact]
    public void A_change_whose_answer_is_foreign_may_be_made()
    {
        var e = ApiFailure.Unexpected(new ApiAnswer(200, "text/html", "<html>"u8.ToArray()), Users with { Method = HttpMethod.Post }, inner: null, "where the API documents 201");
        Assert.Equal("POST /api/identity/v1/users answered 200 with text/html where the API documents 201: <html> The change may be made or not.", e.Message);
        Assert.Equal("Read the object to see whether the change was made, before you send it again. " + Gateway, e.RecommendedAction);
    }

    [Fact]
    public void Problem_details_are_told_whole()
    {
        var e = From(400, """{"title":"t","detail":"Bad.","errorCode":"OS-1","traceId":"t1","errors":{"name":["too long","odd"],"key":"missing"}}""");
        Assert.Equal("GET /api/identity/v1/users: the request is not valid (400, error code OS-1). Bad. name: too long, odd; key: missing. Trace id t1.", e.Message);
        Assert.Equal(("OS-1", "t1"), (e.ErrorCode, e.TraceId));
        Assert.Equal(["too long", "odd"], e.Errors["name"]);
        Assert.Equal(["missing"], e.Errors["key"]);
    }

    [Theory]
    [InlineData("""{"title":"Only a title"}""", "application/problem+json", "Only a title")]
    [InlineData("""{"detail":17,"title":"t"}""", "application/json", "t")]
    [InlineData("""{"detail":"x"}""", "text/plain", null)]
    [InlineData("""{"detail":"x"}""", null, null)]
    [InlineData("""{"detail":"token=1 password=abc"}""", "application/json", "token=*** password=***")]
    [InlineData("[1]", "application/json", null)]
    [InlineData("{", "application/json", null)]
    [InlineData("", "application/json", null)]
    [InlineData("""{"errors":["a"]}""", "application/json", null)]
    public void Whatever_shape_an_error_has_it_is_read(string body, string? type, string? detail)
    {
        var problem = Problem.Read(Encoding.UTF8.GetBytes(body), type);
        Assert.Equal((null, null, detail), (problem.ErrorCode, problem.TraceId, problem.Detail));
        Assert.Empty(problem.Errors);
    }

    [Fact]
    public void Only_an_endless_error_is_not_read()
    {
        Assert.Equal("x", Problem.Read(Padded(1_000_000), "application/json").Detail);
        Assert.Null(Problem.Read(Padded(1_000_001), "application/json").Detail);
    }

    [Fact]
    public void Validation_messages_are_redacted()
    {
        var problem = Problem.Read("""{"errors":{"a":["password=abc"],"b":"secret=abc"}}"""u8.ToArray(), "application/json");
        Assert.Equal(("password=***", "secret=***"), (problem.Errors["a"][0], problem.Errors["b"][0]));
    }

    [Fact]
    public void How_long_the_service_asks_to_wait_is_told()
    {
        using var response = FakeServer.Json("{}", (HttpStatusCode)429);
        response.Headers.TryAddWithoutValidation("Retry-After", "7");
        Assert.Equal(TimeSpan.FromSeconds(7), ApiFailure.From(response, [], Users).RetryAfter);
    }

    [Theory]
    [InlineData("<html>", "text/html", "GET /api/identity/v1/users answered 200 with text/html that can't be read as its answer: <html>")]
    [InlineData("", null, "GET /api/identity/v1/users answered 200 with no content type that can't be read as its answer: the body is empty.")]
    public void What_is_no_answer_of_the_api_is_shown(string body, string? type, string message)
    {
        var inner = new InvalidOperationException();
        var e = ApiFailure.Unexpected(new ApiAnswer(200, type, Encoding.UTF8.GetBytes(body)), Users, inner);
        Assert.Equal((OdcErrorCause.UnexpectedResponse, message, Gateway), (e.Cause, e.Message, e.RecommendedAction));
        Assert.Equal((200, "GET", "/api/identity/v1/users", body), (e.StatusCode, e.Method, e.Path, e.BodyExcerpt));
        Assert.Same(inner, e.InnerException);
    }

    private static byte[] Padded(int length) => Encoding.UTF8.GetBytes("""{"detail":"x"}""".PadRight(length));

    private static OdcApiException From(int status, string body, ApiRequest? request = null)
    {
        using var response = FakeServer.Json(body, (HttpStatusCode)status);
        return ApiFailure.From(response, Encoding.UTF8.GetBytes(body), request ?? Users);
    }
}
