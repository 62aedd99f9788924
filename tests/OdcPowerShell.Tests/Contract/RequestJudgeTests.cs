using NSwag;
using OdcPowerShell.Tests.Contract.Specs;

namespace OdcPowerShell.Tests.Contract;

/// <summary>The judge finds what is wrong, and only that.</summary>
public sealed class RequestJudgeTests
{
    private const string Users = "/api/identity/v1/users";
    private const string Key = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Theory]
    [InlineData(Users)]
    [InlineData(Users + "?status=Active&domains=a.example&domains=b.example&limit=100&hasOrganizationRoles=false")]
    [InlineData(Users + "?userKeys=" + Key + "," + Key + "&lastLoginAtTo=2026-01-02T03:04:05.678Z&assetKey=" + Key)]
    [InlineData(Users + "?lastLoginAtSince=2026-01-02T03:04:05%2B01:00")]
    [InlineData(Users + "/" + Key + "?embed=ApplicationRoles&embed=UserIdentityProviders")]
    public void A_right_request_passes(string target) => Faults.None(FaultsOf(WireRequest.Parse("GET", target)));

    [Theory]
    [InlineData(Users + "?email=a", "email: GET /api/identity/v1/users has no such parameter")]
    [InlineData(Users + "?Status=Active", "Status: GET")]
    [InlineData(Users + "?domains=a.example,b.example", "joined by commas")]
    [InlineData(Users + "?environmentKeys=" + Key + "," + Key, "joined by commas")]
    [InlineData(Users + "?userKeys=" + Key + "&userKeys=" + Key, "not an array, and given 2 times")]
    [InlineData(Users + "?assetKey=7", "'7' is not a uuid")]
    [InlineData(Users + "?portfolioKeys=" + Key + "&portfolioKeys=x", "'x' is not a uuid")]
    [InlineData(Users + "?status=active", "'active' is not one of Active, Invited")]
    [InlineData(Users + "?embed=Roles", "'Roles' is not one of")]
    [InlineData(Users + "?lastLoginAtSince=2026-01-02", "is not a date-time")]
    [InlineData(Users + "?lastLoginAtSince=2026-01-02T03:04:05", "is not a date-time")]
    [InlineData(Users + "?lastLoginAtSince=2026-13-02T03:04:05Z", "is not a date-time")]
    [InlineData(Users + "?lastLoginAtSince=2026-01-02T03:04:05+01:00", "is not a date-time")]
    [InlineData(Users + "?lastLoginAtSince=01/02/2026 03:04:05", "is not a date-time")]
    [InlineData(Users + "?hasApplicationRoles=True", "is not true or false")]
    [InlineData(Users + "?limit=ten", "is not an integer")]
    [InlineData(Users + "?offset=2147483648", "is not an integer")]
    [InlineData(Users + "/ana", "path key: 'ana' is not a uuid")]
    [InlineData("/api/asset-repository/v1/assets?limit=0", "0 is not in 1..1000")]
    [InlineData("/api/organization/v1/organization?x=", "no such parameter")]
    public void A_wrong_request_is_found(string target, string fault) =>
        Assert.Contains(fault, Assert.Single(FaultsOf(WireRequest.Parse("GET", target))), StringComparison.Ordinal);

    // No specification has one today.
    [Fact]
    public void A_missing_parameter_is_found()
    {
        var document = new OpenApiOperation { Parameters = { new OpenApiParameter { Name = "since", Kind = OpenApiParameterKind.Query, IsRequired = true } } };
        Assert.Equal(["query since: required, and missing"], RequestJudge.Faults(WireRequest.Parse("GET", "/api/x"), new SpecifiedOperation("GET", "/api/x", document)));
    }

    [Fact]
    public void Another_path_has_no_operation() => Assert.Null(Specification.Required().Find(WireRequest.Parse("GET", Users + "/" + Key + "/nothing")));

    private static IReadOnlyList<string> FaultsOf(WireRequest request) => RequestJudge.Faults(request, Specification.Required().Find(request)!);
}
