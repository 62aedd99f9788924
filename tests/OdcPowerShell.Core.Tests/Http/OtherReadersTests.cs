using OdcPowerShell.Json;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class OtherReadersTests
{
    private readonly Caller _caller = new();

    [Theory]
    [InlineData(new[] { "b", "c", null }, 3)]
    [InlineData(new[] { "b", "b", "b" }, 2)]
    [InlineData(new[] { "", "x" }, 1)]
    public async Task A_cursor_is_handed_back_until_it_ends_or_stalls(string?[] cursors, int pages)
    {
        var asked = new List<string?>();
        var reader = new CursorPageReader<int>((cursor, _, _) =>
        {
            asked.Add(cursor);
            return Task.FromResult<(IReadOnlyList<int>?, string?)>(([asked.Count], cursors[asked.Count - 1]));
        });
        Assert.Equal(Enumerable.Range(1, pages), await ReadAsync(reader));
        Assert.Equal(cursors.Prepend(null).Take(pages), asked);
    }

    [Fact]
    public async Task Cursors_that_go_round_in_a_circle_end()
    {
        var asked = 0;
        var reader = new CursorPageReader<int>((cursor, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([++asked], cursor == "a" ? "b" : "a")));
        Assert.Equal([1, 2, 3], await ReadAsync(reader));
    }

    [Fact]
    public async Task An_empty_page_ends_a_cursor()
    {
        var reader = new CursorPageReader<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>((null, "more")));
        Assert.Empty(await ReadAsync(reader));
    }

    [Theory]
    [InlineData(25, 0, long.MaxValue, 10, "-/10 10/10 20/10")]
    [InlineData(20, 0, long.MaxValue, 10, "-/10 10/10 20/10")]
    [InlineData(25, 5, 12, 10, "5/10 15/2")]
    [InlineData(25, 0, 0, 10, "")]
    public async Task Without_a_page_object_a_short_page_is_the_last_and_no_offset_goes_with_the_first(int total, long skip, long first, int size, string requests)
    {
        var asked = new List<string>();
        var reader = new ShortPageReader<int>((offset, limit, _, _) =>
        {
            asked.Add($"{(offset is null ? "-" : offset)}/{limit}");
            return Task.FromResult<IReadOnlyList<int>?>([.. Enumerable.Range(0, total).Skip((int)(offset ?? 0)).Take(limit)]);
        }, new ListWindow(skip, first, size));
        Assert.Equal(Enumerable.Range(0, total).Skip((int)skip).Take((int)Math.Min(first, total)), await ReadAsync(reader));
        Assert.Equal(requests, string.Join(' ', asked));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(100, 1)]
    public async Task A_whole_list_that_has_more_than_it_gives_is_warned_of(int? next, int warnings)
    {
        var reader = new WholeListReader<int>((_, _) => Task.FromResult(new Page<int> { Results = [1, 2, 3], Info = new PageInfo { NextPageOffset = next, TotalResults = 9 } }), new ListWindow(1, 5));
        Assert.Equal([2, 3], await ReadAsync(reader));
        Assert.Equal(warnings == 0 ? [] : ["The service has more of this list (9 objects) than it gives: 3 came, and there is no way to ask for the rest."], _caller.Warnings);
    }

    [Theory]
    [InlineData(0, 10, new[] { 1, 2, 3 })]
    [InlineData(2, 10, new[] { 3 })]
    [InlineData(long.MaxValue, 10, new int[0])]
    [InlineData(0, long.MaxValue, new[] { 1, 2, 3 })]
    [InlineData(0, 2, new[] { 1, 2 })]
    public async Task A_whole_list_is_cut_here(long skip, long first, int[] items)
    {
        var reader = new WholeListReader<int>((_, _) => Task.FromResult(new Page<int> { Results = [1, 2, 3], Info = new PageInfo { NextPageOffset = 0 } }), new ListWindow(skip, first));
        Assert.Equal(items, await ReadAsync(reader));
        Assert.Equal(3, reader.TotalCount);
        Assert.Empty(_caller.Warnings);
    }

    [Fact]
    public async Task A_list_without_results_is_empty_and_no_page_is()
    {
        Assert.Empty(await ReadAsync(new WholeListReader<int>((_, _) => Task.FromResult(new Page<int>()), new ListWindow())));
        Assert.Null(await new ShortPageReader<int>((_, _, _, _) => Task.FromResult<IReadOnlyList<int>?>(null), new ListWindow()).NextAsync(_caller, default));
        Assert.Null(await new ShortPageReader<int>((_, _, _, _) => Task.FromResult<IReadOnlyList<int>?>([]), new ListWindow()).NextAsync(_caller, default));
        Assert.Null(await new CursorPageReader<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([], "more"))).NextAsync(_caller, default));
    }

    [Fact]
    public async Task An_empty_page_of_a_cursor_is_its_last()
    {
        var pages = 0;
        var reader = new CursorPageReader<int>((_, _, _) => Task.FromResult<(IReadOnlyList<int>?, string?)>(([], $"{pages++}")));
        await reader.NextAsync(_caller, default);
        Assert.Null(await reader.NextAsync(_caller, default));
        Assert.Equal(1, pages);
    }

    [Fact]
    public async Task More_than_was_asked_for_is_cut()
    {
        var reader = new ShortPageReader<int>((_, _, _, _) => Task.FromResult<IReadOnlyList<int>?>([1, 2, 3, 4]), new ListWindow(First: 3));
        Assert.Equal([1, 2, 3], await ReadAsync(reader));
    }

    private async Task<List<int>> ReadAsync(IPageReader<int> reader)
    {
        var items = new List<int>();
        while (await reader.NextAsync(_caller, default) is { } page)
            items.AddRange(page);
        return items;
    }
}
