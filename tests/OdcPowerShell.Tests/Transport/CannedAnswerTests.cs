using OdcPowerShell.Http;
using OdcPowerShell.Tests.Contract;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Transport;

/// <summary>
/// Answers of something that is not the API, given to every operation of the catalogue through its command: none is a success, each is told as
/// what it is, with what was said and where it leads, and none is taken for a missing permission or a wrong secret.
/// </summary>
public sealed class CannedAnswerTests(RecorderFixture fixture) : IClassFixture<RecorderFixture>
{
    private const string Page = "<html><body>Please sign in to Example Net</body></html>";
    private const string Portal = "https://portal.example/login?ticket=canary-5ecret";

    private static readonly Dictionary<string, RecorderAnswer> Answers = new()
    {
        ["a page with 200"] = new(200, Page) { ContentType = "text/html" },
        ["an empty 201"] = new(201, Json: null),
        ["an empty object"] = new(200, "{}"),
        ["another service's JSON"] = new(200, """{"message":"ok"}"""),
        ["a redirection"] = new(302, "") { ContentType = "text/html", Location = Portal },
        ["a page with 403"] = new(403, Page) { ContentType = "text/html" },
        ["an IP filter"] = new(403, "RBAC: access denied") { ContentType = "text/plain" },
        ["a page with 401"] = new(401, Page) { ContentType = "text/html" },
        ["a proxy's sign-in"] = new(407, Page) { ContentType = "text/html" },
        ["a page with 404"] = new(404, Page) { ContentType = "text/html" },
        ["another service's refusal"] = new(403, """{"message":"Forbidden"}"""),
    };

    private static IEnumerable<Call> Calls => Call.All.DistinctBy(c => (c.Operation, c.Cmdlet));

    public static TheoryData<string, string> Cases => new(from answer in Answers.Keys from call in Calls select (answer, call.Script));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_that_the_API_did_not_say_is_a_success(string name, string script)
    {
        var (answer, call) = (Answers[name], Call.All.Single(c => c.Script == script));
        var result = fixture.Run(call, Sample.Full, (operation, usual) => operation == call.Operation ? answer : usual);
        // A raw read writes what came, whatever it is, as long as it is JSON.
        if (IsDocumented(answer, call) || (call.Cmdlet == "Invoke-OdcRestMethod" && call.Operation.StartsWith("GET", StringComparison.Ordinal) && answer.Status < 300 && answer.Json != Page))
            return;
        Assert.True(result.HasError, $"{script} took {name} for a success.");
        var error = result.Exception;
        Assert.NotEqual(OdcErrorCause.AccessDenied, error.Cause);
        Assert.NotEqual(OdcErrorCause.TokenRefused, error.Cause);
        Assert.NotEqual(OdcErrorCause.SignInFailed, error.Cause);
        Assert.All(result.Errors, e => Assert.IsAssignableFrom<OdcException>(e.Exception));
        if (answer.Json == Page)
            Assert.Contains("Please sign in to Example Net", error.Message, StringComparison.Ordinal);
        if (answer.Location is not null)
            Assert.Contains("https://portal.example/login", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-5ecret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(answer.Status == 407 ? OdcErrorCause.ProxyRefused : OdcErrorCause.UnexpectedResponse, error.Cause);
    }

    [Fact]
    public void The_status_of_a_change_is_the_documented_one() =>
        Faults.None(from operation in OperationCatalogue.All
                    where !operation.HasAnswer
                    let documented = Specification.Required().Named($"{operation.Method} {operation.Template}").Status
                    where documented != operation.Success
                    select $"{operation.Method} {operation.Template}: {documented}, not {operation.Success}");

    [Fact]
    public void A_trial_sends_a_limit_where_there_is_one() =>
        Faults.None(from operation in OperationCatalogue.All
                    where operation.Method == HttpMethod.Get && !operation.HasKeys
                    let documented = Specification.Required().Named($"{operation.Method} {operation.Template}").QueryParameters.Any(p => p.Name == operation.LimitName)
                    where Authentication.PermissionTrial.TakesLimit(operation) && !documented
                    select $"{operation.Template} has no limit");

    public static TheoryData<string, int, string, string?, string> SignIns => new()
    {
        { "text/html", 302, Page, Portal, "OdcUnexpectedResponse" },
        { "text/html", 403, Page, null, "OdcUnexpectedResponse" },
        { "text/plain", 403, "RBAC: access denied", null, "OdcUnexpectedResponse" },
        { "text/html", 401, Page, null, "OdcUnexpectedResponse" },
        { "text/html", 404, Page, null, "OdcUnexpectedResponse" },
        { "text/html", 405, Page, null, "OdcUnexpectedResponse" },
        { "text/html", 407, Page, null, "OdcProxyRefused" },
        { "text/html", 200, Page, null, "OdcTokenMissing" },
    };

    [Theory]
    [MemberData(nameof(SignIns))]
    public void At_the_sign_in_too(string type, int status, string body, string? location, string id)
    {
        using var shell = fixture.Recorder.Connect();
        fixture.Recorder.Token = new RecorderAnswer(status, body) { ContentType = type, Location = location };
        try
        {
            var error = shell.Catch($"Connect-Odc {fixture.Recorder.Url} -ClientId me -ClientSecret $secret -Name other -SecretExpiresOn 2026-01-01").MustBe(id);
            Assert.Contains(status == 403 && type == "text/plain" ? "RBAC" : "Please sign in to Example Net", error.ToString(), StringComparison.Ordinal);
            if (location is not null)
                Assert.Contains("https://portal.example/login", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("canary-5ecret", error.Exception.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            fixture.Recorder.Token = null;
        }
    }

    // Of some changes only the status is documented, and of some grants that they answer 201 with nothing.
    private static bool IsDocumented(RecorderAnswer answer, Call call)
    {
        var documented = Specification.Required().Named(call.Operation);
        return documented.Answer is null && documented.Status == answer.Status && (answer.Json is null || answer.ContentType.StartsWith("application/json", StringComparison.Ordinal));
    }
}
