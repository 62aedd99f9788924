namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that streams lists: all pages, or the part that -First and -Skip ask for. They count the output of the command, for all its input together.</summary>
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

    /// <summary>The part of the list that is still needed, when the command writes one list.</summary>
    internal ListWindow Window => new(_skip, IsCountOnly ? 1 : _left, PageSize);

    /// <summary>The part of a list that is still needed, when there is a list for each input. Skipped objects must be read too, to count them.</summary>
    internal ListWindow WindowOfInput => _isOneInput ? Window : new(0, IsCountOnly ? 1 : _left > long.MaxValue - _skip ? long.MaxValue : _left + _skip, PageSize);

    /// <summary>Whether the typed parameters that are no input mean one list.</summary>
    private protected virtual bool IsOneList => true;

    /// <summary>Whether the whole list is wanted.</summary>
    private protected bool IsWhole => PagingParameters is { Skip: 0, First: ulong.MaxValue };

    /// <summary>Whether only the total is wanted (-First 0 -IncludeTotalCount), which takes one request.</summary>
    private protected bool IsCountOnly => _left == 0 && PagingParameters.IncludeTotalCount;

    /// <summary>Whether the output has all that -First asks for.</summary>
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
        _isOneInput = IsOneList && !MyInvocation.ExpectingInput && TypedReferences.Of(this).Where(r => r.IsInput).GroupBy(r => r.Reference.Type).All(same => same.Count() == 1);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_isTotalDue)
            WriteCount(_isTotalKnown ? _total : null);
    }

    /// <summary>Reads for one input, ahead of its turn when there are many, as long as more output is wanted.</summary>
    private protected void ReadFor<T>(object target, Func<ICaller, CancellationToken, Task<T>> ask, Action<T> write)
        where T : class => ReadFor(target, ask, write, () => !HasEnough);

    /// <summary>Writes one object that does not come from a list.</summary>
    private protected new void Write(OdcResource resource)
    {
        _total++;
        _isTotalDue = PagingParameters.IncludeTotalCount;
        WriteCounted(resource);
    }

    /// <summary>Writes a list page by page. When a list without an input breaks off, the command ends: the list must not look complete.</summary>
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
    /// Writes the objects of a list whose name matches. The service searches for a part of the name; the exact match is made here. A name without
    /// wildcards that is not found is an error, unless the list belongs to an input.
    /// </summary>
    private protected void WriteNamed<T>(string? name, string noun, Query query, Func<Query, ListWindow, IPagedList<T>> read, object? target = null)
        where T : OdcResource => WriteNamed(name, noun, (contained, window) => read(contained is null ? query.Copy() : query.Copy().Add("nameContains", contained), window), target);

    /// <summary>The same for a list that has its own filter for a part of the name.</summary>
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

        var pattern = Run(() => new NamePattern(name));
        var hasFound = false;
        var named = read(pattern.Contained, new ListWindow(PageSize: PageSize)).Where(item => pattern.Fits((item as INamed)?.Name)).Do(_ => hasFound = true);
        WriteAll(named.Window(window), target);
        if (!hasFound && target is null && pattern.IsLiteral && PagingParameters.First > 0)
            WriteError(ErrorRecords.From(NotFound(noun, name, FirstNames(window => read(null, window), item => [(item as INamed)?.Name])), name));
    }

    /// <summary>The error for a name that was not found.</summary>
    private protected static OdcException NotFound(string noun, string name, IEnumerable<string?> known) => new(
        OdcErrorCause.NotFound, $"There is no {noun} with the name '{name}' that this API client can see.", NearNames.Advice(name, known));

    /// <summary>Is called with each object that the command writes.</summary>
    private protected virtual void Written(OdcResource resource)
    {
    }

    /// <summary>The names of the first page of a list, to find the one that was meant; none if it can't be read.</summary>
    private protected IEnumerable<string?> FirstNames<T>(Func<ListWindow, IPagedList<T>> read, Func<T, IEnumerable<string?>> names) =>
        Try(stopped => read(new ListWindow(First: PageSize, PageSize: PageSize)).ReadAllAsync(Caller, stopped)).Result?.SelectMany(names) ?? [];

    private void WriteCounted(OdcResource resource)
    {
        if (_skip > 0)
        {
            _skip--;
        }
        else if (_left > 0)
        {
            _left--;
            Written(resource);
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

/// <summary>A cmdlet that streams lists of an API whose pages have up to 1,000 objects.</summary>
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
