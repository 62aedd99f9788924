namespace OdcPowerShell.Core.Tests.Http;

public sealed class QueryTests
{
    [Theory]
    [InlineData(null, false, "")]
    [InlineData(null, true, "?sort=-name")]
    [InlineData("email", false, "?sort=email")]
    [InlineData("email", true, "?sort=-email")]
    public void An_order_has_a_minus_for_the_other_way_round(string? field, bool descending, string query) =>
        Assert.Equal(query, new Query().AddSort(field, descending).ToString());

    [Fact]
    public void The_usual_order_may_be_by_another_field() => Assert.Equal("?sort=-createdAt", new Query().AddSort(field: null, descending: true, usual: "createdAt").ToString());

    [Fact]
    public void Values_are_encoded_once_and_lists_repeat_their_name_or_are_joined()
    {
        var query = new Query().Add("a", "x &\u00fc").Add("none", (string?)null).Add("n", 5).AddEach("k", ["1", "2"]).AddEach("no", values: null).AddJoined("j", ["3", "4"]);
        var copy = query.Copy().Add("z", "end");
        Assert.Equal("?a=x%20%26%C3%BC&n=5&k=1&k=2&j=3%2C4", query.ToString());
        Assert.Equal(query + "&z=end", copy.ToString());
    }
}
