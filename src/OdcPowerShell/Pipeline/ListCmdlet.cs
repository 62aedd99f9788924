using System.Management.Automation;
using OdcPowerShell.Http;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that streams lists: all pages, or the part that PowerShell's own paging parameters ask for.</summary>
public abstract class ListCmdlet : ConnectedCmdlet
{
    private protected ListCmdlet()
    {
    }

    /// <summary>How many objects to ask for in one request. The default needs the fewest requests.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int PageSize { get; set; } = 100;

    internal ListWindow Window => new((long)Math.Min(PagingParameters.Skip, int.MaxValue), (long)Math.Min(PagingParameters.First, long.MaxValue), PageSize);

    /// <summary>Writes a list as its pages come. A list without an input that breaks off ends the command: it must not look complete.</summary>
    private protected void WriteAll<T>(IPageReader<T> reader, object? target = null)
        where T : OdcResource
    {
        var countIsDue = PagingParameters.IncludeTotalCount;
        while (Next(reader, target) is { } page)
        {
            if (countIsDue)
                WriteCount(reader.TotalCount);
            countIsDue = false;
            foreach (var resource in page)
                Write(resource);
        }

        if (countIsDue)
            WriteCount(reader.TotalCount);
    }

    private void WriteCount(int? total) =>
        WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), total is null ? 0 : 1));

    private IReadOnlyList<T>? Next<T>(IPageReader<T> reader, object? target) => target is null
        ? Run(stopped => reader.NextAsync(Caller, stopped))
        : RunFor(target, stopped => reader.NextAsync(Caller, stopped));
}
