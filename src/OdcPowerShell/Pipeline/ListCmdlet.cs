using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;

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
    public virtual int PageSize { get; set; } = 100;

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

    /// <summary>
    /// Writes those objects of a list whose name fits: the service looks for a part of the name, the rest is sorted out here. A name without
    /// wildcards that nothing has is an error, where a kind of object says what is missing.
    /// </summary>
    private protected void WriteNamed<T>(string? name, Kind? kind, Query query, Func<Query, ListWindow, IPageReader<T>> read, object? target = null)
        where T : OdcResource, INamed => WriteNamed(name, kind, (contained, window) => read(query.Add("nameContains", contained), window), target);

    /// <summary>The same for a list that is told in another way which part its names must hold.</summary>
    private protected void WriteNamed<T>(string? name, Kind? kind, Func<string?, ListWindow, IPageReader<T>> read, object? target = null)
        where T : OdcResource, INamed
    {
        if (name is null)
        {
            WriteAll(read(null, Window), target);
            return;
        }

        var pattern = Run(_ => Task.FromResult(new NamePattern(name)));
        var hasFound = false;
        var named = new ChangedReader<T>(
            read(pattern.Contained, new ListWindow(PageSize: PageSize)), (page, _, _) => Task.FromResult(Fitting(page)), keepsCount: false);
        WriteAll(new WindowReader<T>(named, Window), target);
        if (!hasFound && target is null && kind is { } missing && pattern.IsLiteral && Window.First > 0)
            WriteError(ErrorRecords.From(Kinds.Of(missing).NotFound(Client, name), name));

        IReadOnlyList<T> Fitting(IReadOnlyList<T> page)
        {
            IReadOnlyList<T> fitting = [.. page.Where(item => pattern.Fits(item.Name))];
            hasFound |= fitting.Count > 0;
            return fitting;
        }
    }

    private void WriteCount(int? total) =>
        WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), total is null ? 0 : 1));

    private IReadOnlyList<T>? Next<T>(IPageReader<T> reader, object? target) => target is null
        ? Run(stopped => reader.NextAsync(Caller, stopped))
        : RunFor(target, stopped => reader.NextAsync(Caller, stopped));
}
