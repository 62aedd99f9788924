using Microsoft.Extensions.Time.Testing;
using System.Runtime.CompilerServices;
using OdcPowerShell.Operations;

namespace OdcPowerShell.Core.Tests.Operations;

/// <summary>A list of operations, page by page.</summary>
internal sealed class OpPages(List<List<Op>> pages, Action read) : IPagedList<Op>
{
    public int? TotalCount => null;

    public async IAsyncEnumerable<IReadOnlyList<Op>> PagesAsync(ICaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var page in pages)
        {
            read();
            await Task.CompletedTask;
            yield return page;
        }

        read();
    }
}

/// <summary>An operation of a test's own kind.</summary>
internal sealed record Op(string? OperationKey, string? Status, OperationDescriptor Of) : ILongRunning
{
    public OperationDescriptor Descriptor { get; set; } = Of;

    public bool IsTerminal => Status != "Running";

    public bool IsSuccess => Status == "Finished";

    internal string? Note { get; set; }

    public bool Equals(Op? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A clock that is put forward, for code that waits on it and polls.</summary>
internal static class PassingTime
{
    /// <summary>What a wait continues with runs on threads of the pool, each part queued by the one before; so are the items here, behind them.</summary>
    internal static async Task PassAsync(this FakeTimeProvider time, int seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        for (var i = 0; i < 8; i++)
        {
            await Task.Run(() => { });
            await Task.Delay(1);
        }
    }
}
