using System.Text.RegularExpressions;

namespace OdcPowerShell.Core.Tests.Http.Budget;

public sealed class RateLimitsTests
{
    [Theory]
    [InlineData("GET", "/api/identity/v1/users?limit=100", "identity 100")]
    [InlineData("POST", "/api/identity/v1/users/bulk", "identity 100, identity POST /users/bulk 5")]
    [InlineData("POST", "/API/identity/v1/users", "identity 100")]
    [InlineData("GET", "/api/environment-configurations/v1/x", "environment-configurations 10")]
    [InlineData("POST", "/api/builds/v1/build-operations", "builds 100, builds POST /build-operations 10")]
    [InlineData("POST", "/api/builds/v1/build-operations/7b2cf3b6-6f4e-4c8e-9d57-0f1f6a1f6f10/generated-code", "builds 100, builds POST /build-operations/{key}/generated-code 10")]
    [InlineData("PATCH", "/api/native-mobile-builds/v1/configurations", "native-mobile-builds 100, native-mobile-builds PATCH /configurations 10")]
    [InlineData("GET", "/api/portfolios/v2/environments", "portfolios 100")]
    [InlineData("GET", "/api/portfolios/v1/environments", "portfolios 100")]
    [InlineData("GET", "/api/asset-configurations/v1/x", "asset-configurations 100")]
    [InlineData("POST", "/api/asset-repository/v1/assets", "asset-repository 100, asset-repository POST /assets 10")]
    [InlineData("POST", "/api/asset-repository/v1/assets/5", "asset-repository 100")]
    [InlineData("POST", "/api/code-quality/v1/code-analyses", "code-quality 100, code-quality POST /code-analyses 10")]
    [InlineData("POST", "/api/dependency-management/v1/x", "dependency-management 100")]
    [InlineData("POST", "/api/deployments/v1/x/5/y", "deployments 100, deployments POST /x/{key}/y 10")]
    [InlineData("POST", "/api/external-libraries/v1/x", "external-libraries 100, external-libraries POST /x 10")]
    [InlineData("POST", "/api/native-mobile-builds/v1/x", "native-mobile-builds 100, native-mobile-builds POST /x 5")]
    [InlineData("GET", "/api/organization/v1/organization", "organization 10")]
    [InlineData("GET", "/api/subscription/v1/", "subscription 100")]
    [InlineData("GET", "/api/subscription/v1", "subscription 100")]
    [InlineData("GET", "/api/identity/v10/users", "")]
    [InlineData("GET", "/elsewhere", "")]
    public void A_request_counts_against_its_domain_and_its_endpoint(string method, string path, string limits) =>
        Assert.Equal(limits, string.Join(", ", RateLimits.For(new HttpMethod(method), path).Select(l => $"{l.Name} {l.PerMinute}")));

    [Fact]
    public void All_limits_are_listed_the_endpoints_after_their_domains() =>
        Assert.Equal(
            ["asset-repository 100 /api/asset-repository/v1", "asset-repository POST /assets 10 /api/asset-repository/v1"],
            RateLimits.All.Where(l => l.Path.Contains("asset-repository", StringComparison.Ordinal)).Select(l => $"{l.Limit.Name} {l.Limit.PerMinute} {l.Path}"));

    [Fact]
    public void A_limit_is_called_as_its_api_is_in_the_path() =>
        Assert.All(RateLimits.All, l => Assert.Equal(l.Path.Split('/')[2], l.Limit.Name.Split(' ')[0]));

    /// <summary>The rows of the reference's table: base path, requests a minute, tighter limits.</summary>
    public static TheoryData<string, string, string> Published
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            if (Reference() is not { } text)
                return rows;
            foreach (Match row in Regex.Matches(text, @"^\| [^|]+ \| `(?<base>/api/[^`]+)` \| \d+ \| (?<limit>[^|]+) \| (?<tighter>[^|]+) \|$", RegexOptions.Multiline))
                rows.Add(row.Groups["base"].Value, row.Groups["limit"].Value, row.Groups["tighter"].Value);
            return rows;
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Published))]
    public void The_table_is_the_published_one(string path, string limit, string tighter)
    {
        var domain = RateLimits.For(HttpMethod.Get, path + "/x")[0];
        var published = Regex.Match(limit, @"\d+");
        // The organization API's limit is not published; the assumption is the stricter neighbour's.
        Assert.Equal(published.Success ? int.Parse(published.Value, System.Globalization.CultureInfo.InvariantCulture) : 10, domain.PerMinute);
        foreach (Match special in Regex.Matches(tighter, @"(?<each>each )?`?(?<verb>POST|PATCH) ?(?<path>/[^` ]+)?`?(?: \([^)]*\))? (?<limit>\d+)"))
        {
            var endpoint = special.Groups["path"].Success ? special.Groups["path"].Value : "/anything";
            var limits = RateLimits.For(new HttpMethod(special.Groups["verb"].Value), path + endpoint);
            Assert.Equal(2, limits.Count);
            Assert.Equal(special.Groups["limit"].Value, $"{limits[1].PerMinute}");
        }

        var expected = Regex.Count(tighter, "POST|PATCH") - Regex.Count(tighter, "read-only POST");
        Assert.Equal(expected, RateLimits.All.Count(l => l.Path == path && l.Limit.Name.Contains(' ', StringComparison.Ordinal)));
    }

    [Fact]
    public void The_reference_has_rows_where_it_is_there()
    {
        if (Reference() is null)
            Assert.Skip("../shared/api is not there: the table is not held against the reference.");
        Assert.Equal(14, Published.Count);
    }

    private static string? Reference()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OdcPowerShell.psd1")))
            {
                var file = Path.Combine(folder.FullName, "..", "shared", "api", "odc-api.md");
                return File.Exists(file) ? File.ReadAllText(file) : null;
            }
        }

        return null;
    }
}
