namespace OdcPowerShell.Core.Tests.Http;

public sealed class OperationTests
{
    private static readonly Operation User = new(HttpMethod.Get, "/api/identity/v1/users/{key}/groups/{group}", "none");

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("../../x", "..%2F..%2Fx")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("%2f", "%252f")]
    [InlineData("ü", "%C3%BC")]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("a\r\nb", "a%0D%0Ab")]
    public void A_value_stays_one_segment(string value, string segment)
    {
        var path = User.Path(value, "g");
        Assert.Equal($"/api/identity/v1/users/{segment}/groups/g", path);
        Assert.Equal(path, new Uri(new Uri("https://acme.example/"), path).AbsolutePath);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void Navigation_is_refused(string value)
    {
        var e = Assert.Throws<OdcException>(() => User.Path("a", value));
        Assert.Equal((OdcErrorCause.InvalidRequest, $"'{value}' is not a key or name."), (e.Cause, e.Message));
        Assert.Equal("Specify the key or name of an existing object.", e.RecommendedAction);
    }

    [Theory]
    [InlineData("GET", "/api/identity/v1/users/a/groups/b", true)]
    [InlineData("GET", "/api/identity/v1/users/a/groups/b/", true)]
    [InlineData("POST", "/api/identity/v1/users/a/groups/b", false)]
    [InlineData("GET", "/api/identity/v1/users/a/roles/b", false)]
    [InlineData("GET", "/api/identity/v1/users/a/groups", false)]
    public void A_path_is_known_by_all_its_segments(string method, string path, bool matches) =>
        Assert.Equal(matches, User.Matches(new HttpMethod(method), path));

    [Fact]
    public void A_raw_request_is_told_its_operation()
    {
        Assert.EndsWith("/users/{key}", OperationCatalogue.Find(HttpMethod.Get, "/api/identity/v1/users/17/")!.Template, StringComparison.Ordinal);
        Assert.EndsWith("/users", OperationCatalogue.Find(HttpMethod.Get, "/API/identity/v1/users")!.Template, StringComparison.Ordinal);
        Assert.Null(OperationCatalogue.Find(HttpMethod.Post, "/api/nowhere"));
    }

    [Theory]
    [InlineData("GET", 200, true)]
    [InlineData("POST", 201, false)]
    [InlineData("PATCH", 204, false)]
    [InlineData("PUT", 204, false)]
    [InlineData("DELETE", 204, false)]
    public void A_verb_has_its_usual_success(string method, int success, bool isSafe)
    {
        var operation = new Operation(new HttpMethod(method), "/api/x", "X > View");
        Assert.Equal((success, isSafe, false, false, "limit", "offset"), (operation.Success, operation.IsSafe, operation.HasKeys, operation.IsPaged, operation.LimitName, operation.OffsetName));
    }

    [Fact]
    public void Some_APIs_write_query_parameters_in_capitals()
    {
        var operation = new Operation(HttpMethod.Get, "{key}", "X > View") { IsQueryInCapitals = true };
        Assert.Equal(("Limit", "Offset", true), (operation.LimitName, operation.OffsetName, operation.HasKeys));
    }

    [Fact]
    public void A_page_is_known_by_its_type()
    {
        Assert.True(new Operation<OdcPowerShell.Json.Page<string>>(HttpMethod.Get, "/api/x", "X > View").IsPaged);
        Assert.False(new Operation<OdcPowerShell.Json.CursorPage<string>>(HttpMethod.Get, "/api/x", "X > View").IsPaged);
        Assert.False(new Operation<string>(HttpMethod.Get, "/api/x", "X > View").IsPaged);
        Assert.True(new Operation<string>(HttpMethod.Get, "/api/x", "X > View").HasAnswer);
    }

    [Fact]
    public void An_empty_list_that_is_never_empty_is_a_missing_permission()
    {
        var e = new Operation(HttpMethod.Get, "/api/x", "X > View").WithoutRows("X > List");
        Assert.Equal((OdcErrorCause.AccessDenied, "GET /api/x: the list is empty, because the API client lacks a permission: X > List."), (e.Cause, e.Message));
        Assert.Equal("Grant the API client this permission in the ODC Portal (API clients, edit permissions): X > List.", e.RecommendedAction);
    }

    [Theory]
    [InlineData("/api/identity/v1/users/17?embed=x", "/api/identity/v1/users/{key}")]
    [InlineData("https://acme.example/api/identity/v1/users?limit=1", "/api/identity/v1/users")]
    [InlineData("acme.example/api/identity/v1/users", "/api/identity/v1/users")]
    [InlineData("https://acme.example", null)]
    [InlineData("users", null)]
    public void An_operation_is_found_in_a_path_or_a_URL(string text, string? template) => Assert.Equal(template, OperationCatalogue.FindAnywhere(HttpMethod.Get, text)?.Template);

    [Fact]
    public void An_exact_path_wins_over_one_with_placeholders()
    {
        var ambiguous = (from one in OperationCatalogue.All
                         where !one.HasKeys && OperationCatalogue.All.Any(other => other.HasKeys && other.Matches(one.Method, one.Template))
                         select one).ToList();
        Assert.NotEmpty(ambiguous);
        Assert.All(ambiguous, one => Assert.Same(one, OperationCatalogue.Find(one.Method, one.Template)));
    }

    [Fact]
    public void A_query_is_encoded_once_and_absent_when_empty()
    {
        Assert.Equal("", new Query().Add("a", (string?)null).AddEach("b", null).ToString());
        Assert.Equal("?a=%2B%26%3D%20%C3%BC&b=1&b=2&c=x%2Cy&n=5", new Query().Add("a", "+&= ü").AddEach("b", ["1", "2"]).AddJoined("c", ["x", "y"]).Add("n", 5).ToString());
        var query = new Query().Add("a", "1");
        Assert.Equal("?a=1&b=2", query.Copy().Add("b", "2").ToString());
        Assert.Equal("?a=1", query.ToString());
    }
}
