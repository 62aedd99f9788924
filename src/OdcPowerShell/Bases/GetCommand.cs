namespace OdcPowerShell.Bases;

/// <summary>A cmdlet that gets resources of one type: the specified ones, or all whose name matches.</summary>
public abstract class GetCommand<T> : ListCmdlet
    where T : OdcResource
{
    private protected const string KeySet = "ByKey";
    private protected const string ListSet = "List";

    private protected GetCommand()
    {
    }

    /// <summary>The name; wildcards are allowed. A name without wildcards that nothing has is an error.</summary>
    [Parameter(ParameterSetName = ListSet, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [Names]
    public virtual string? Name { get; set; }

    /// <summary>The resources that the user specified.</summary>
    private protected abstract ObjectReference[] Specified { get; }

    private protected abstract IPagedList<T> List(Query query, ListWindow window);

    /// <summary>Reads one resource by its key.</summary>
    private protected abstract Task<T> GetAsync(string key, ICaller caller, CancellationToken cancellationToken);

    /// <summary>The filters of the list besides the name.</summary>
    private protected virtual Query Filter => QueryBinder.Bind(this);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Specified.Length > 0)
        {
            Array.ForEach(Specified, WriteOne);
            return;
        }

        var type = ResourceTypes.Of(typeof(T));
        WriteNamed(Name, type.Noun, (contained, window) => List(type.List?.Filter is { } name ? Filter.Add(name, contained) : Filter, window));
    }

    private void WriteOne(ObjectReference reference)
    {
        if (!HasEnough && KeyOf(reference) is { } key)
            ReadFor(reference.Target, (caller, stopped) => GetAsync(key, caller, stopped), Write);
    }
}
