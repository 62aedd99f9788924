using System.Text;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The judge finds what is wrong with a body.</summary>
public sealed class BodyJudgeTests
{
    private const string Users = "/api/identity/v1/users";
    private const string Stages = "/api/portfolios/v2/environments";
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Theory]
    [InlineData("POST", Users, """{ "name": "Ana", "isActive": true, "photoUrl": null, "identityProviderKey": "0f8fad5b-d9cb-469f-a165-70867728950e" }""")]
    [InlineData("PATCH", Stages, """{ "environments": [{ "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "order": 2 }] }""")]
    public void A_right_body_passes(string method, string target, string json) => Faults.None(FaultsOf(WireRequest.WithJson(method, target, json)));

    [Theory]
    [InlineData("POST", Users, """{ "mail": "a@acme.example" }""", "NoAdditionalPropertiesAllowed")]
    [InlineData("POST", Users, """{ "isActive": "true" }""", "BooleanExpected")]
    [InlineData("POST", Users, """{ "isActive": null }""", "BooleanExpected")]
    [InlineData("POST", Users, """{ "identityProviderKey": "idp" }""", "UuidExpected")]
    [InlineData("POST", Users, """["ana"]""", "ObjectExpected")]
    [InlineData("PATCH", Stages, "{ }", "PropertyRequired")]
    [InlineData("PATCH", Stages, """{ "environments": [{ "name": "QA" }] }""", "ArrayItemNotValid")]
    [InlineData("PATCH", Stages, """{ "environments": [{ "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "nam": "QA" }] }""", "ArrayItemNotValid")]
    [InlineData("PATCH", Stages, """{ "environments": { } }""", "ArrayExpected")]
    public void A_wrong_body_is_found(string method, string target, string json, string fault) =>
        Assert.Contains(fault, string.Join('\n', FaultsOf(WireRequest.WithJson(method, target, json))), StringComparison.Ordinal);

    [Fact]
    public void A_missing_body_is_found() =>
        Assert.Equal(["body: required, and missing"], FaultsOf(WireRequest.Parse("POST", "/api/deployments/v1/deployment-operations")));

    [Fact]
    public void A_body_of_another_type_is_found() =>
        Assert.StartsWith("body: its type is text/plain", Assert.Single(FaultsOf(WireRequest.Parse("POST", Users, "text/plain", Encoding.UTF8.GetBytes("{}")))), StringComparison.Ordinal);

    [Fact]
    public void A_body_where_none_belongs_is_found() =>
        Assert.EndsWith("takes none", Assert.Single(FaultsOf(WireRequest.WithJson("GET", Users + "/" + Key, "{}"))), StringComparison.Ordinal);

    private static IReadOnlyList<string> FaultsOf(WireRequest request) => RequestJudge.Faults(request, Specification.Required().Find(request)!);
}
