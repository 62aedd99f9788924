namespace OdcPowerShell.Core.Tests.Http;

public sealed class CursorPagesTests
{
    private readonly Caller _caller = new();

    [Theory]
    [InlineData(new[] { "b", "c", null }, 3)]
    [InlineData(new[] { "b", "b", "b" }, 2)]
    [InlineData(new[] { "", "x" }, 1)]
    public async Task A_cursor_is_handed_back_until_it_ends_or_stalls(string?[] cursors, int pages)
    {
        var asked = new List<string?>();
        var list = new CursorPages<int>((cursor, _, _) =>
        {
            asked.Add(cursor);
            return Task.FromResult<(IReadOnlyList<int>?, string?)>(([asked.Count], cursors[asked.Count - 1]));
        });
        Assert.Equal(Enumerable.Range(1, pages), await ReadAsync(list));
        Assert.Equal(cursors.Prepend(null).Take(pages), asked);
    }

    [Fact]
    public async Task Cursors_that_go_round_in_a_circle_end()
    {
        var asked = 0;
        var list = new CursorPages<int>((cursor, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([++asked], cursor == "a" ? "b" : "a")));
        Assert.Equal([1, 2, 3], await ReadAsync(list));
        Assert.Contains("may not be complete", Assert.Single(_caller.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_page_ends_a_cursor()
    {
        var list = new CursorPages<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>((null, "more")));
        Assert.Empty(await ReadAsync(list));
    }

    [Fact]
    public async Task A_list_without_results_has_no_page()
    {
        await foreach (var page in new CursorPages<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([], "more"))).PagesAsync(_caller, default))
            Assert.Fail($"There is a page of {page.Count}.");
    }

    [Fact]
    public async Task An_empty_page_of_a_cursor_is_its_last()
    {
        var pages = 0;
        var list = new CursorPages<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([], $"{pages++}")));
        Assert.Empty(await ReadAsync(list));
        Assert.Equal(1, pages);
    }

    private Task<IReadOnlyList<int>> ReadAsync(IPagedList<int> list) => list.ReadAllAsync(_caller, default);
}
