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

/// <summary>A cmdlet that reads the producers of revisions.</summary>
public abstract class ProducerCmdlet : RevisionCmdlet
{
    private protected ProducerCmdlet()
    {
    }

    /// <summary>How many levels of producers to get: 1 for direct producers only. Without it, all.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [QueryParameter("maxDepth")]
    [ValueRequired]
    public int Depth { get; set; }

    /// <summary>The stage to search: a name, a key, or an object from Get-OdcStage. Without it, the stage where assets are published.</summary>
    [Parameter]
    [Alias("StageKey", "EnvironmentKey", "Environment")]
    [Reference(typeof(OdcStage))]
    [Names]
    [QueryParameter("environmentKey")]
    public ObjectReference? Stage { get; set; }

    /// <summary>Only producers of this type: Deployable, Libraries, or All.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Values("Deployable", "Libraries", "All")]
    [QueryParameter("producerTypeFilter")]
    public string? ProducerType { get; set; }

    /// <summary>The field to sort by. The service supports only name.</summary>
    [Parameter]
    [Values("name")]
    public string? Sort { get; set; }

    /// <summary>Sorts in descending order.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Descending { get; set; }

    private protected void WriteProducers<T>(RevisionReference revision, Operation<Page<T>> operation)
        where T : OdcUsedAsset => WriteList(
            revision, operation, QueryBinder.Bind(this).AddSort(Sort, Descending),
            producer => (producer.ConsumerAssetKey, producer.ConsumerAssetName, producer.ConsumerRevision) = (revision.Asset.Key, revision.AssetName, revision.Number));
}
