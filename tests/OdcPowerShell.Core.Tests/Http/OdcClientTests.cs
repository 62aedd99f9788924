using System.Net.Http.Headers;
using System.Text.Json;
using OdcPowerShell.Organization;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class OdcClientTests
{
    [Fact]
    public async Task An_answer_of_the_documented_shape_is_read()
    {
        Assert.Equal("Acme", (await GetAsync("""{"name":"Acme"}""", "application/json")).Name);
        Assert.Equal("Acme", (await GetAsync("""{"name":"Acme"}""", "application/problem+JSON")).Name);
    }

    [Theory]
    [InlineData("""{"name":""", "application/json", true)]
    [InlineData("""{"name":17}""", "application/json", true)]
    [InlineData("null", "application/json", false)]
    [InlineData("{}", "text/html", false)]
    [InlineData("{}", null, false)]
    public async Task Any_other_is_told_with_what_came(string body, string? type, bool hasInner)
    {
        var e = await Assert.ThrowsAsync<OdcApiException>(() => GetAsync(body, type));
        Assert.Equal((OdcErrorCause.UnexpectedResponse, 200, "GET", "/api/organization/v1/organization", body), (e.Cause, e.StatusCode, e.Method, e.Path, e.BodyExcerpt));
        Assert.Equal($"GET /api/organization/v1/organization answered 200 with {type ?? "no content type"} that can't be read as its answer: {body}", e.Message);
        Assert.Equal(hasInner, e.InnerException is JsonException);
    }

    private static async Task<OdcOrganization> GetAsync(string body, string? type)
    {
        using var server = new FakeServer(_ =>
        {
            var answer = FakeServer.Json(body);
            answer.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
            return answer;
        });
        using var http = new HttpMessageInvoker(server.Exchange());
        return await Sample.Client(http).GetAsync(OrganizationApi.GetOrganization, [], query: null, new Caller(), default);
    }
}
