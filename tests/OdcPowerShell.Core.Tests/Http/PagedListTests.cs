using System.Runtime.CompilerServices;

namespace OdcPowerShell.Core.Tests.Http;

public sealed class PagedListTests
{
    [Theory]
    [InlineData(0, long.MaxValue, "1 2 3 | 4 5 6 | 7 8", 4)]
    [InlineData(2, 3, "3 | 4 5", 2)]
    [InlineData(4, 2, " | 5 6", 2)]
    [InlineData(0, 3, "1 2 3", 1)]
    [InlineData(0, 0, "", 0)]
    [InlineData(9, 1, " |  | ", 4)]
    public async Task A_part_of_a_list_asks_for_no_page_behind_it(long skip, long first, string pages, int asked)
    {
        var inner = new Inner();
        var list = inner.Window(new ListWindow(skip, first));
        Assert.Equal((pages, asked, 8), (await TextAsync(list), inner.Asked, list.TotalCount));
    }

    [Fact]
    public async Task A_page_is_requested_when_it_is_pulled()
    {
        var inner = new Inner();
        var done = new List<int>();
        var list = new[] { inner }.Concat().Where(n => n != 2).SelectMany(n => new[] { n, -n }).Do(done.Add);
        await using (var pages = list.PagesAsync(new Caller(), default).GetAsyncEnumerator())
        {
            Assert.Equal(0, inner.Asked);
            Assert.True(await pages.MoveNextAsync());
            Assert.Equal([1, -1, 3, -3], pages.Current);
            Assert.Equal((1, false), (inner.Asked, inner.HasEnded));
        }

        Assert.Equal((1, true), (inner.Asked, inner.HasEnded));
        Assert.Equal([1, -1, 3, -3], done);
    }

    [Fact]
    public async Task Lists_follow_each_other_and_what_is_in_several_comes_once()
    {
        Assert.Equal("1 2 3 | 4 5 6 | 7 8 | 1 2 3 | 4 5 6 | 7 8", await TextAsync(new[] { new Inner(), new Inner() }.Concat()));
        var joined = new IPagedList<int>[] { new Inner(), new Inner() }.JoinedBy(n => $"{n}");
        Assert.Equal("1 2 3 | 4 5 6 | 7 8 |  |  | ", await TextAsync(joined));
        Assert.Null(joined.TotalCount);
    }

    [Fact]
    public async Task Only_what_keeps_all_rows_keeps_their_count()
    {
        var inner = new Inner();
        Assert.Equal(8, inner.Do(_ => { }).TotalCount);
        Assert.Equal(8, inner.Do((_, _, _) => Task.CompletedTask).TotalCount);
        Assert.Null(inner.Where(_ => true).TotalCount);
        Assert.Null(inner.SelectMany(n => new[] { n }).TotalCount);
        Assert.Same(inner, new IPagedList<int>[] { inner }.JoinedBy(n => $"{n}"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], await inner.Do(_ => { }).ReadAllAsync(new Caller(), default));
    }

    [Fact]
    public async Task Caller_and_token_reach_each_page()
    {
        using var stop = new CancellationTokenSource();
        var caller = new Caller();
        var inner = new Inner();
        var list = new[] { inner }.Concat().Do((_, who, token) =>
        {
            Assert.Same(caller, who);
            Assert.Equal(stop.Token, token);
            return Task.CompletedTask;
        }).Where(_ => true).SelectMany(n => new[] { n }).Window(new ListWindow());
        Assert.Equal(8, (await list.ReadAllAsync(caller, stop.Token)).Count);
        Assert.Equal((caller, stop.Token), (inner.Caller, inner.Token));
    }

    private static async Task<string> TextAsync(IPagedList<int> list)
    {
        var read = new List<string>();
        await foreach (var page in list.PagesAsync(new Caller(), default))
            read.Add(string.Join(" ", page));
        return string.Join(" | ", read);
    }

    private sealed class Inner : IPagedList<int>
    {
        internal int Asked { get; private set; }

        internal bool HasEnded { get; private set; }

        internal ICaller? Caller { get; private set; }

        internal CancellationToken Token { get; private set; }

        public int? TotalCount => 8;

        public async IAsyncEnumerable<IReadOnlyList<int>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            (Caller, Token) = (caller, cancellationToken);
            try
            {
                foreach (var page in new[] { [1, 2, 3], [4, 5, 6], new[] { 7, 8 } })
                {
                    Asked++;
                    await Task.Yield();
                    yield return page;
                }

                Asked++;
            }
            finally
            {
                HasEnded = true;
            }
        }
    }
}
