namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that streams lists: all pages, or the part that PowerShell's own paging parameters ask for. They count what the command writes, of all its input together.</summary>
public abstract class ListCmdlet : ConnectedCmdlet
{
    private long _skip;
    private long _left;
    private long _total;
    private bool _isTotalKnown = true;
    private bool _isTotalDue;
    private bool _isOneInput;

    private protected ListCmdlet()
    {
    }

    /// <summary>How many objects to ask for in one request. The default needs the fewest requests.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public virtual int PageSize { get; set; } = 100;

    /// <summary>The part that is still wanted of a list that is all that the command writes.</summary>
    internal ListWindow Window => new(_skip, IsCountOnly ? 1 : _left, PageSize);

    /// <summary>The part that is still wanted of the list of one input of several. What is skipped must be read, to know how much it was.</summary>
    internal ListWindow WindowOfInput => _isOneInput ? Window : new(0, IsCountOnly ? 1 : _left > long.MaxValue - _skip ? long.MaxValue : _left + _skip, PageSize);

    /// <summary>Whether the whole list is wanted.</summary>
    private protected bool IsWhole => PagingParameters is { Skip: 0, First: ulong.MaxValue };

    /// <summary>-First 0 -IncludeTotalCount: one request, of which only the total is written.</summary>
    private protected bool IsCountOnly => _left == 0 && PagingParameters.IncludeTotalCount;

    /// <summary>Whether nothing more is to be asked for.</summary>
    private protected bool HasEnough => _left == 0 && !PagingParameters.IncludeTotalCount;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (PagingParameters.Skip > int.MaxValue)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OdcException(OdcErrorCause.InvalidRequest, $"-Skip {PagingParameters.Skip} is too large.", $"The service counts to {int.MaxValue}."), target: null));
        }

        _skip = (long)PagingParameters.Skip;
        _left = (long)Math.Min(PagingParameters.First, long.MaxValue);
        _isOneInput = !MyInvocation.ExpectingInput && TypedReferences.Of(this).Where(r => r.IsInput).GroupBy(r => r.Reference.Type).All(same => same.Count() == 1);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_isTotalDue)
            WriteCount(_isTotalKnown ? _total : null);
    }

    /// <summary>Reads for one input, ahead of its turn where many come, as long as more is wanted.</summary>
    private protected void ReadFor<T>(object target, Func<ICaller, CancellationToken, Task<T>> ask, Action<T> write)
        where T : class => ReadFor(target, ask, write, () => !HasEnough);

    /// <summary>Writes an object that was read by itself.</summary>
    private protected new void Write(OdcResource resource)
    {
        _total++;
        _isTotalDue = PagingParameters.IncludeTotalCount;
        WriteCounted(resource);
    }

    /// <summary>Writes a list as its pages come. A list without an input that breaks off ends the command: it must not look complete.</summary>
    private protected void WriteAll<T>(IPagedList<T> list, object? target = null)
        where T : OdcResource
    {
        if (HasEnough)
            return;
        var countIsDue = PagingParameters.IncludeTotalCount && (target is null || _isOneInput);
        if (target is null || _isOneInput)
            _skip = 0;
        foreach (var page in PagesOf(list, target))
        {
            if (countIsDue)
                WriteCount(list.TotalCount);
            countIsDue = false;
            foreach (var resource in page)
                WriteCounted(resource);
        }

        if (countIsDue)
            WriteCount(list.TotalCount);
        if (target is not null && !_isOneInput)
            AddTotal(list.TotalCount);
    }

    /// <summary>
    /// Writes those objects of a list whose name fits: the service looks for a part of the name, the rest is sorted out here. A name without
    /// wildcards that nothing has is an error, unless it only narrows what an input has.
    /// </summary>
    private protected void WriteNamed<T>(string? name, string noun, Query query, Func<Query, ListWindow, IPagedList<T>> read, object? target = null)
        where T : OdcResource => WriteNamed(name, noun, (contained, window) => read(contained is null ? query : query.Add("nameContains", contained), window), target);

    /// <summary>The same for a list that is told in another way which part its names must have.</summary>
    private protected void WriteNamed<T>(string? name, string noun, Func<string?, ListWindow, IPagedList<T>> read, object? target = null)
        where T : OdcResource
    {
        if (HasEnough)
            return;
        var window = target is null ? Window : WindowOfInput;
        if (name is null)
        {
            WriteAll(read(null, window), target);
            return;
        }

        var pattern = Run(_ => Task.FromResult(new NamePattern(name)));
        var hasFound = false;
        var named = read(pattern.Contained, new ListWindow(PageSize: PageSize)).Where(item => pattern.Fits((item as INamed)?.Name)).Do(_ => hasFound = true);
        WriteAll(named.Window(window), target);
        if (!hasFound && target is null && pattern.IsLiteral && PagingParameters.First > 0)
            WriteError(ErrorRecords.From(NotFound(noun, name), name));
    }

    /// <summary>The error of a name that nothing has.</summary>
    private protected static OdcException NotFound(string noun, string name) => new(
        OdcErrorCause.NotFound, $"There is no {noun} with the name '{name}' that this API client can see.",
        $"Check the spelling, or specify a part of it with wildcards: '*{name}*'.");

    private void WriteCounted(OdcResource resource)
    {
        if (_skip > 0)
        {
            _skip--;
        }
        else if (_left > 0)
        {
            _left--;
            base.Write(resource);
        }
    }

    private void AddTotal(int? total)
    {
        _isTotalDue = PagingParameters.IncludeTotalCount;
        _isTotalKnown &= total is not null;
        _total += total ?? 0;
    }

    private void WriteCount(long? total) =>
        WriteObject(PagingParameters.NewTotalCount((ulong)(total ?? 0), total is null ? 0 : 1));
}

/// <summary>A cmdlet that streams lists of an API whose pages hold up to 1,000 objects.</summary>
public abstract class LargePageCmdlet : ListCmdlet
{
    private protected LargePageCmdlet()
    {
    }

    /// <summary>How many objects to ask for in one request. The default needs the fewest requests.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public override int PageSize { get; set; } = 1000;
}
