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
