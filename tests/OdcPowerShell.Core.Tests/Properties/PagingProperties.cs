using FsCheck;
using FsCheck.Fluent;
using OdcPowerShell.Json;

namespace OdcPowerShell.Core.Tests.Properties;

/// <summary>Offset pages of random lists and random servers.</summary>
public sealed class PagingProperties
{
    [Fact]
    public void Every_row_of_the_window_comes_once_and_in_order() => Prop.ForAll(
        (from total in Gen.Choose(0, 700)
         from pageSize in Gen.Choose(1, 100)
         from clamp in Gen.Choose(1, 100)
         from skip in Gen.Choose(0, 800)
         from first in Gen.OneOf(Gen.Constant(long.MaxValue), Gen.Choose(0, 800).Select(f => (long)f))
         from totals in Gen.Elements(true, false)
         select (total, clamp, totals, window: new ListWindow(skip, first, pageSize))).ToArbitrary(),
        run =>
        {
            var read = Read(new OffsetPages<int>((offset, limit, _, _) => Task.FromResult(Serve(run.total, run.clamp, run.totals, offset, limit)), run.window), most: 2000);
            return read.SequenceEqual(Enumerable.Range(0, run.total).Skip((int)run.window.Skip).Take((int)Math.Min(run.window.First, int.MaxValue)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void No_server_makes_it_loop_or_throw() => Prop.ForAll(
        (from nexts in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(-50, 500).Select(n => (int?)n)).ListOf(50)
         from counts in Gen.Choose(0, 30).ListOf(50)
         from totals in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(-10, 1000).Select(n => (int?)n)).ListOf(50)
         select (nexts, counts, totals)).ToArbitrary(),
        run =>
        {
            var requests = 0;
            var list = new OffsetPages<int>((_, _, _, _) =>
            {
                var at = requests++ % 50;
                return Task.FromResult(new Page<int> { Results = new int[run.counts.ElementAtOrDefault(at)], Info = new PageInfo { NextPageOffset = run.nexts.ElementAtOrDefault(at), TotalResults = run.totals.ElementAtOrDefault(at) } });
            }, new ListWindow(PageSize: 10));
            Read(list, most: 600);
            return requests <= 600 * 9;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Page<int> Serve(int total, int clamp, bool totals, long offset, int limit)
    {
        int[] items = [.. Enumerable.Range(0, total).Skip((int)offset).Take(Math.Min(limit, clamp))];
        int? next = offset + items.Length < total && items.Length > 0 ? (int)offset + items.Length : null;
        return new Page<int> { Results = items, Info = new PageInfo { NextPageOffset = next, TotalResults = totals ? total : null } };
    }

    private static List<int> Read(OffsetPages<int> list, int most)
    {
        var pages = list.PagesAsync(new Caller(), default).GetAsyncEnumerator();
        var items = new List<int>();
        for (var read = 0; pages.MoveNextAsync().AsTask().GetAwaiter().GetResult(); read++)
        {
            Assert.True(read < most, "It goes on and on.");
            items.AddRange(pages.Current);
        }

        pages.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return items;
    }
}
