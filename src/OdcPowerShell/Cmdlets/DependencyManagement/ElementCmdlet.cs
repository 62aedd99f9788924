namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>A cmdlet that reads elements of revisions.</summary>
public abstract class ElementCmdlet : RevisionCmdlet
{
    private protected ElementCmdlet()
    {
    }

    /// <summary>Leaves out elements that are shared only because another element needs them.</summary>
    [Parameter]
    [QueryParameter("includeHidden", IsInverted = true)]
    [ValueRequired]
    public SwitchParameter ExcludeHidden { get; set; }

    /// <summary>The field to sort by. The service supports only name.</summary>
    [Parameter]
    [Values("name")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected void WriteElements<T>(RevisionReference revision, Operation<Page<T>> operation)
        where T : OdcElement => WriteList(revision, operation, QueryBinder.Bind(this).AddSort(Sort, Descending));
}
