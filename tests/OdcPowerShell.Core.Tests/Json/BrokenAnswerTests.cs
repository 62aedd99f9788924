using System.Net;
using System.Text;
using System.Text.Json;
using OdcPowerShell.DependencyManagement;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Core.Tests.Json;

/// <summary>What the fuzzing program found: answers that are JSON by their grammar, and not what anybody expects.</summary>
public sealed class BrokenAnswerTests
{
    private const string HalfACharacter = "\"\\ud800\"";

    [Fact]
    public void Items_that_are_null_are_left_out()
    {
        Assert.Equal("a", Assert.Single(Read("""{"results":[null,{"key":"a","deployments":[null,{"revision":3}]},null]}""", PortfoliosApi.ListDeployedAssets).Results!).AssetKey);
        Assert.Equal(3, Assert.Single(Read("""{"results":[{"key":"a","deployments":[null,{"revision":3}]}]}""", PortfoliosApi.ListDeployedAssets).Results![0].Deployments!).Revision);
        Assert.Equal(2, Assert.Single(Read("""{"results":[{"assetKey":"a","revisions":[{"revision":2},null]}]}""", PortfoliosApi.ListLibraries).Results![0].Revisions!).Revision);
        Assert.Empty(Read("""{"report":{"impactedAssets":[null]}}""", AnalysesApi.GetDeploymentAnalysis).Issues);
        Assert.Null(Read("""{"results":null}""", PortfoliosApi.ListLibraries).Results);
    }

    /// <summary>A member's name of half a character is none that the API documents, and no exception of the runtime.</summary>
    [Fact]
    public void Half_a_character_in_a_name_is_an_unexpected_answer()
    {
        byte[] body = [.. "{\""u8, 0xC3, 0x28, .. "\":1}"u8];
        foreach (var name in new[] { body, Encoding.UTF8.GetBytes("""{"\ud800":1}""") })
        {
            var e = Assert.Throws<OdcApiException>(() => Answers.Read(
                new ApiAnswer(200, "application/json", name), OdcPowerShell.Json.OdcJson.Of<OdcPowerShell.Organization.OdcOrganization>(), OdcPowerShell.Organization.OrganizationApi.GetOrganization.Request([])));
            Assert.Equal(OdcErrorCause.UnexpectedResponse, e.Cause);
        }
    }

    [Fact]
    public async Task Half_a_character_in_a_token_answer_is_a_failed_sign_in()
    {
        foreach (var body in new[] { $$"""{"access_token":{{HalfACharacter}}}""", $$"""{"access_token":"a","expires_in":{{HalfACharacter}}}""", $$"""{"error":{{HalfACharacter}}}""" })
        {
            using var http = Http(body);
            var request = new TokenRequest(new Uri("https://acme.example/token"), http, TimeProvider.System);
            Assert.IsType<OdcSignInException>(await Record.ExceptionAsync(() => request.SendAsync(Sample.Credential, new Caller(), default)));
        }
    }

    [Fact]
    public async Task Half_a_character_in_a_discovery_document_names_no_endpoint()
    {
        using var http = Http($$"""{"token_endpoint":{{HalfACharacter}}}""");
        var failure = Assert.IsType<OdcException>(await Record.ExceptionAsync(() => Discovery.ReadAsync(Sample.Tenant, http, new Caller(), default)));
        Assert.Equal(OdcErrorCause.DiscoveryIncomplete, failure.Cause);
    }

    [Fact]
    public void Half_a_character_in_an_error_leaves_its_status_to_tell()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Conflict);
        var body = Encoding.UTF8.GetBytes($$"""{"detail":{{HalfACharacter}}}""");
        response.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        Assert.Equal(OdcErrorCause.Conflict, ApiFailure.From(response, body, new ApiRequest(HttpMethod.Get, "/api/x")).Cause);
    }

    [Theory]
    [InlineData("https://[fe80::1%25a b]/")]
    [InlineData("xn--a.é\u0301..example")]
    [InlineData("a\ud800b")]
    public void An_address_that_only_seems_to_be_one_is_refused_by_name(string text) =>
        Assert.True(Record.Exception(() => TenantAddress.Parse(text)) is null or OdcException { Cause: OdcErrorCause.TenantInvalid });

    private static T Read<T>(string json, Operation<T> operation) => JsonSerializer.Deserialize(json, OdcPowerShell.Json.OdcJson.Of<T>())!;

    private static HttpMessageInvoker Http(string body) => new(new FakeServer(_ => FakeServer.Json(body)).Exchange());
}
