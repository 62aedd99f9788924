using System.Globalization;
using System.Text.Json;
using OdcPowerShell.Identity;
using OdcPowerShell.Json;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class OffsetPagesTests
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

    /// <summary>Without a total, a full page that names a next offset which leads nowhere is no last page.</summary>
    [Theory]
    [InlineData("""{"results":[{"key":"a"},{"key":"b"}],"page":{"nextPageOffset":0}}""", 2, true)]
    [InlineData("""{"results":[{"key":"a"},{"key":"b"}],"page":{"nextPageOffset":-1}}""", 2, true)]
    [InlineData("""{"results":[{"key":"a"},{"key":"b"}],"page":{"nextPageOffset":null}}""", 2, false)]
    [InlineData("""{"results":[{"key":"a"},{"key":"b"}],"page":{"nextPageOffset":0}}""", 3, false)]
    [InlineData("""{"results":[{"key":"a"},{"key":"b"}],"page":{"nextPageOffset":0,"totalResults":2}}""", 2, false)]
    public async Task A_full_page_that_leads_nowhere_is_warned_of(string body, int pageSize, bool isWarned)
    {
        using var server = new FakeServer(_ => FakeServer.Json(body));
        Assert.Equal(["a", "b"], await ReadAsync(server, new ListWindow(PageSize: pageSize)));
        Assert.Equal(isWarned, _caller.Warnings.Exists(w => w.StartsWith("The service ended the list after 2 objects with a full page and an odd next offset (", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"results":[],"page":{"nextPageOffset":100,"totalResults":500}}""")]
    [InlineData("""{"results":null,"page":{"nextPageOffset":100}}""")]
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

    /// <summary>A service that names a next offset on its last page too, as its guide says.</summary>
    [Theory]
    [InlineData(100, 1)]
    [InlineData(1000, 10)]
    [InlineData(950, 10)]
    public async Task A_list_ends_where_its_totals_say_so(int total, int requests)
    {
        using var server = new FakeServer(request =>
        {
            var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var offset = int.Parse(query["offset"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            var rows = string.Join(",", Enumerable.Range(offset, Math.Max(0, Math.Min(100, total - offset))).Select(i => $$"""{"key":"{{i}}"}"""));
            return FakeServer.Json($$"""{"results":[{{rows}}],"page":{"nextPageOffset":{{offset + 100}},"totalResults":{{total}} } }""");
        });
        Assert.Equal(total, (await ReadAsync(server, new ListWindow())).Count);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_breaks_off_says_how_much_had_come()
    {
        using var server = new FakeServer(r => r.RequestUri!.Query.Contains("offset") ? FakeServer.Json("""{"detail":"no"}""", System.Net.HttpStatusCode.BadRequest) : Serve(r, total: 95, clamp: 30));
        var e = await Assert.ThrowsAsync<OdcApiException>(() => ReadAsync(server, new ListWindow()));
        Assert.EndsWith("Before it, 30 objects of the list had come.", e.Message, StringComparison.Ordinal);
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
        Assert.Equal(["The list changed while it was read (90 objects, now 91): some may be missing or repeated. Run the command again for an exact list."], _caller.Warnings);
    }

    [Theory]
    [InlineData("""{"nextPageOffset":0,"totalResults":9}""", 0, long.MaxValue, "The service ended the list after 1 of 9 objects: it may not be complete.")]
    [InlineData("""{"nextPageOffset":null,"totalResults":9}""", 3, long.MaxValue, "The service ended the list after 4 of 9 objects: it may not be complete.")]
    [InlineData("""{"nextPageOffset":null,"totalResults":4}""", 3, long.MaxValue, null)]
    [InlineData("""{"nextPageOffset":null,"totalResults":3}""", 3, long.MaxValue, null)]
    [InlineData("""{"nextPageOffset":null,"totalResults":-1}""", 0, long.MaxValue, null)]
    [InlineData("""{"nextPageOffset":1,"totalResults":9}""", 0, 1, null)]
    public async Task A_list_that_ends_too_early_is_warned_of(string page, long skip, long first, string? warning)
    {
        using var server = new FakeServer(_ => FakeServer.Json($$"""{"results":[{"key":"a"}],"page":{{page}}}"""));
        await ReadAsync(server, new ListWindow(skip, first));
        Assert.Equal(warning is null ? [] : [warning], _caller.Warnings);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(30, 0, long.MaxValue, "0/10 | 10/10 20/10 |  | ")]
    [InlineData(95, 0, long.MaxValue, "0/10 | 10/10 20/10 | 30/10 40/10 | 50/10 60/10 70/10 | 80/10 90/10 |  |  |  |  |  | ")]
    [InlineData(95, 0, 25L, "0/10 | 10/10 20/5 |  | ")]
    [InlineData(95, 70, long.MaxValue, "70/10 | 80/10 90/10 |  | ")]
    public async Task Pages_are_asked_for_ahead_of_the_reading_and_none_beyond_its_end(int total, long skip, long first, string requests)
    {
        var asked = new List<string>();
        var list = new OffsetPages<int>((at, limit, _, _) => Task.FromResult(Numbers(asked, at, limit, total)), new ListWindow(skip, first, PageSize: 10));
        Assert.Equal(requests, await StepsAsync(list, asked));
        Assert.Empty(_caller.Warnings);
    }

    /// <summary>Short pages, and a next offset that is not where the page ends.</summary>
    [Theory]
    [InlineData(7, 7, "0/10 | 7/10 | 14/10 | ")]
    [InlineData(10, 12, "0/10 | 12/10 | 24/10 | ")]
    public async Task Where_pages_do_not_follow_each_other_nothing_is_asked_for_ahead(int count, int step, string requests)
    {
        var asked = new List<string>();
        var list = new OffsetPages<int>((at, limit, _, _) =>
        {
            asked.Add($"{at}/{limit}");
            return Task.FromResult(new Page<int> { Results = new int[count], Info = new PageInfo { NextPageOffset = at < 2 * step ? (int)at + step : null, TotalResults = 30 } });
        }, new ListWindow(PageSize: 10));
        Assert.Equal(requests, await StepsAsync(list, asked));
    }

    [Fact]
    public async Task A_total_that_falls_to_none_is_warned_of()
    {
        var totals = new Queue<int>([30, 0, 0]);
        var list = new OffsetPages<int>((at, _, _, _) =>
            Task.FromResult(new Page<int> { Results = [1], Info = new PageInfo { NextPageOffset = at < 2 ? (int)at + 1 : null, TotalResults = totals.Dequeue() } }), new ListWindow(PageSize: 10));
        await StepsAsync(list, []);
        Assert.Equal(["The list changed while it was read (30 objects, now 0): some may be missing or repeated. Run the command again for an exact list."], _caller.Warnings);
        Assert.Equal(0, list.TotalCount);
    }

    private static Page<int> Numbers(List<string> asked, long at, int limit, int total)
    {
        asked.Add($"{at}/{limit}");
        int[] items = [.. Enumerable.Range(0, total).Skip((int)at).Take(limit)];
        return new Page<int> { Results = items, Info = new PageInfo { NextPageOffset = at + items.Length < total ? (int)at + items.Length : null, TotalResults = total } };
    }

    /// <summary>What was asked for at each step of the reading.</summary>
    private async Task<string> StepsAsync(OffsetPages<int> list, List<string> asked)
    {
        var steps = new List<string>();
        await using var pages = list.PagesAsync(_caller, default).GetAsyncEnumerator();
        bool hasPage;
        do
        {
            hasPage = await pages.MoveNextAsync();
            Assert.False(hasPage && pages.Current.Count == 0);
            steps.Add(string.Join(" ", asked));
            asked.Clear();
        }
        while (hasPage);
        return string.Join(" | ", steps);
    }

    private async Task<List<string?>> ReadAsync(FakeServer server, ListWindow window)
    {
        using var http = new HttpMessageInvoker(server.Exchange());
        var client = new OdcClient(new Uri("https://acme.example/"), http, new TokenKeeper(issue: null, TimeProvider.System), new Retry(0, TimeSpan.Zero, TimeProvider.System), TimeProvider.System);
        var list = new OffsetPages<OdcUser>(client, IdentityApi.QueryUsers, new Query(), window);
        var keys = new List<string?>();
        await foreach (var page in list.PagesAsync(_caller, CancellationToken.None))
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
