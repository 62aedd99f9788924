using System.Globalization;
using System.Text.Json;
using OdcPowerShell.Identity;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class OffsetPageReaderTests
{
    private readonly Caller _caller = new();

    public static TheoryData<string> OddPages =>
    [
        """{"results":[{"key":"a"}],"page":{"nextPageOffset":0,"totalResults":9}}""",
        """{"results":[{"key":"a"}],"page":{"nextPageOffset":-5,"totalResults":-1}}""",
        """{"results":[{"key":"a"}],"page":{"nextPageOffset":null}}""",
        """{"results":[{"key":"a"}],"page":{}}""",
        """{"results":[{"key":"a"}],"page":null}""",
        """{"results":[{"key":"a"}]}""",
    ];

    [Theory]
    [MemberData(nameof(OddPages))]
    public async Task An_odd_page_ends_the_list(string body)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        Assert.Equal(["a"], await ReadAsync(server, new ListWindow()));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"results":[],"page":{"nextPageOffset":100,"totalResults":500}}""")]
    [InlineData("""{"results":null,"page":{"nextPageOffset":100}}""")]
    [InlineData("{}")]
    public async Task An_empty_page_ends_the_list(string body)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        Assert.Empty(await ReadAsync(server, new ListWindow()));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_servers_next_offset_rules_even_when_it_clamps_the_limit()
    {
        using var server = new FakeServer(r => Serve(r, total: 95, clamp: 30));
        Assert.Equal(Enumerable.Range(0, 95).Select(i => $"{i}"), await ReadAsync(server, new ListWindow()));
        Assert.Equal(
            ["GET /api/identity/v1/users?limit=100", "GET /api/identity/v1/users?limit=100&offset=30", "GET /api/identity/v1/users?limit=100&offset=60", "GET /api/identity/v1/users?limit=100&offset=90"],
            server.Requests.Select(r => r.Line));
    }

    [Theory]
    [InlineData(0, 5, 2)]
    [InlineData(93, 5, 2)]
    [InlineData(3, long.MaxValue, 50)]
    [InlineData(95, 10, 10)]
    [InlineData(0, 0, 10)]
    public async Task A_window_gets_just_its_part(long skip, long first, int pageSize)
    {
        using var server = new FakeServer(r => Serve(r, total: 95, clamp: 100));
        var expected = Enumerable.Range(0, 95).Skip((int)skip).Take((int)Math.Min(first, 95)).Select(i => $"{i}");
        Assert.Equal(expected, await ReadAsync(server, new ListWindow(skip, first, pageSize)));
    }

    [Fact]
    public async Task A_server_that_sends_more_than_was_asked_for_is_cut()
    {
        using var server = new FakeServer(_ => FakeServer.Json("""{"results":[{"key":"a"},{"key":"b"},{"key":"c"}],"page":{"nextPageOffset":3}}"""));
        Assert.Equal(["a", "b"], await ReadAsync(server, new ListWindow(First: 2)));
    }

    [Fact]
    public async Task Totals_that_change_are_warned_of_once()
    {
        var total = 90;
        using var server = new FakeServer(r => Serve(r, total++, clamp: 10));
        await ReadAsync(server, new ListWindow());
        Assert.Single(_caller.Warnings);
    }

    private async Task<List<string?>> ReadAsync(FakeServer server, ListWindow window)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        var client = new OdcClient(new Uri("https://acme.example/"), http, new TokenKeeper(new ForeignTokenIssuer(), TimeProvider.System), new Retry(0, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        var reader = new OffsetPageReader<OdcUser>(client, IdentityApi.QueryUsers, new Query(), window);
        var keys = new List<string?>();
        while (await reader.NextAsync(_caller, CancellationToken.None) is { } page)
            keys.AddRange(page.Select(u => u.UserKey));
        return keys;
    }

    private static HttpResponseMessage Serve(HttpRequestMessage request, int total, int clamp)
    {
        var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var offset = int.Parse(query["offset"] ?? "0", CultureInfo.InvariantCulture);
        var limit = Math.Min(clamp, int.Parse(query["limit"] ?? "100", CultureInfo.InvariantCulture));
        var keys = Enumerable.Range(offset, Math.Max(0, Math.Min(limit, total - offset))).Select(i => new { key = $"{i}" }).ToList();
        int? next = offset + keys.Count < total ? offset + keys.Count : null;
        return FakeServer.Json(JsonSerializer.Serialize(new { results = keys, page = new { count = keys.Count, limit, offset, totalResults = total, nextPageOffset = next } }));
    }
}
