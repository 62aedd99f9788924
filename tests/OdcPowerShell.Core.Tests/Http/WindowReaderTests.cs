namespace OdcPowerShell.Core.Tests.Http;

public sealed class WindowReaderTests
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
        var reader = new WindowReader<int>(inner, new ListWindow(skip, first));
        var read = new List<string>();
        while (await reader.NextAsync(new Caller(), default) is { } page)
            read.Add(string.Join(" ", page));
        Assert.Equal((pages, asked, 8), (string.Join(" | ", read), inner.Asked, reader.TotalCount));
    }

    private sealed class Inner : IPageReader<int>
    {
        private readonly Queue<IReadOnlyList<int>> _pages = new([[1, 2, 3], [4, 5, 6], [7, 8]]);

        internal int Asked { get; private set; }

        public int? TotalCount => 8;

        public Task<IReadOnlyList<int>?> NextAsync(ICaller caller, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(_pages.Count > 0 ? _pages.Dequeue() : null);
        }
    }
}
