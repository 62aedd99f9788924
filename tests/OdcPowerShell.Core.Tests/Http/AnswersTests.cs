using System.Text;
using OdcPowerShell.Builds;
using OdcPowerShell.Deployments;
using OdcPowerShell.Json;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Core.Tests.Http;

/// <summary>What counts as the answer of an operation: a page of a proxy with 200, or with the JSON of something else, does not.</summary>
public sealed class AnswersTests
{
    private const string Unread = "that can't be read as its answer";

    [Theory]
    [InlineData("""{"name":"Acme"}""", null)]
    [InlineData("""{"NAME":"Acme","more":{"a":[1,{"b":2}]}}""", null)]
    [InlineData("""{"more":{"name":"inside"},"others":[{"name":1}],"name":"Acme"}""", null)]
    [InlineData("""{"more":{"name":"inside"},"others":[{"name":1}]}""", "without any member that the API documents")]
    [InlineData("""{"additionalData":{}}""", "without any member that the API documents")]
    [InlineData("{}", "without any member that the API documents")]
    [InlineData("[]", Unread)]
    [InlineData("null", Unread)]
    [InlineData("", Unread)]
    public void An_object_has_a_member_that_the_API_documents(string body, string? why)
    {
        var request = OrganizationApi.GetOrganization.Request([]);
        var e = Record.Exception(() => Answers.Read(Json(body), OdcJson.Of<OdcOrganization>(), request)) as OdcApiException;
        Assert.Equal(why is null ? null : $"GET /api/organization/v1/organization answered 200 with application/json {why}: {(body.Length == 0 ? "the body is empty." : body)}", e?.Message);
    }

    /// <summary>What was started and can't be found again would be started twice.</summary>
    [Theory]
    [InlineData("""{"key":"k","status":"Running"}""", false)]
    [InlineData("""{"key":"","status":"Running"}""", true)]
    [InlineData("""{"status":"Running"}""", true)]
    public void What_was_started_has_a_key(string body, bool isMissing)
    {
        var e = Record.Exception(() => Answers.Read(Json(body, 201), OdcJson.Of<OdcDeployment>(), DeploymentsApi.StartDeployment.Request([]))) as OdcApiException;
        Assert.Equal(isMissing, e?.Message.Contains(" answered 201 with application/json without the key of what was started: ", StringComparison.Ordinal) ?? false);
        Assert.Equal(isMissing, e?.Message.EndsWith(" The change may be made or not.", StringComparison.Ordinal) ?? false);
        Assert.Equal(isMissing, e?.RecommendedAction!.StartsWith("Read the object to see whether the change was made, before you send it again. ", StringComparison.Ordinal) ?? false);
        Assert.Null(Record.Exception(() => Answers.Read(Json(body), OdcJson.Of<OdcDeployment>(), DeploymentsApi.GetDeployment.Request(["k"]))));
    }

    [Theory]
    [InlineData("""{"buildKey":"b"}""", false)]
    [InlineData("""{"status":"Running"}""", true)]
    public void An_answer_may_name_what_it_lacks(string body, bool isMissing)
    {
        var e = Record.Exception(() => Answers.Read(Json(body, 201), OdcJson.Of<StartedBuild>(), BuildsApi.StartBuild.Request([]))) as OdcApiException;
        Assert.Equal(isMissing, e?.Message.Contains(" answered 201 with application/json without ", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(204, 204, "", null, null)]
    [InlineData(204, 204, " \r\n", "text/plain", null)]
    [InlineData(204, 204, "x", "text/plain", "where the API documents no body")]
    [InlineData(204, 204, "{}", "application/json", "where the API documents no body")]
    [InlineData(204, 200, "", null, "where the API documents 204")]
    [InlineData(201, 204, "", null, null)]
    [InlineData(201, 201, "", null, null)]
    [InlineData(201, 201, "{}", "application/json", "where the API documents no body")]
    [InlineData(200, 201, "", null, "where the API documents 200")]
    [InlineData(200, 200, "{}", "application/json", null)]
    [InlineData(202, 202, "{}", "application/json", null)]
    [InlineData(202, 204, "{}", "application/json", null)]
    [InlineData(200, 200, "{}", "text/html", "where the API documents no body")]
    [InlineData(200, 200, "{}", null, "where the API documents no body")]
    [InlineData(200, 200, "{", "application/json", "where the API documents no body")]
    [InlineData(200, 200, "\t", null, "where the API documents no body")]
    public void A_change_is_done_with_its_status_and_no_foreign_body(int success, int status, string body, string? type, string? why)
    {
        var request = new Operation(HttpMethod.Delete, "/api/x", "X > Change") { Success = success }.Request([]);
        var answer = new ApiAnswer(status, type, Encoding.UTF8.GetBytes(body));
        var e = Record.Exception(() => Assert.Same(answer, Answers.RequireDone(answer, request))) as OdcApiException;
        Assert.Equal(
            why is null ? null : $"DELETE /api/x answered {status} with {type ?? "no content type"} {why}: {(string.IsNullOrWhiteSpace(body) ? "the body is empty." : body)} The change may be made or not.", e?.Message);
        Assert.Equal(why is null ? null : OdcErrorCause.UnexpectedResponse, e?.Cause);
    }

    [Fact]
    public void Of_an_answer_neither_the_token_nor_a_secret_of_the_request_is_shown()
    {
        var request = new ApiRequest(HttpMethod.Get, "/api/x", Body: null);
        var e = ApiFailure.Unexpected(new ApiAnswer(200, "text/plain", Encoding.UTF8.GetBytes("said: abc-token-xyz"), new Secret("abc-token-xyz")), request, inner: null);
        Assert.Equal("said: ***", e.BodyExcerpt);
    }

    private static ApiAnswer Json(string body, int status = 200) => new(status, "application/json", Encoding.UTF8.GetBytes(body));
}
