namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Converts dependencies to a diagram as text: Mermaid for wikis and pull requests, or DOT for Graphviz.</summary>
/// <remarks>
/// <para>Each asset is a node with its key as its name in the diagram and the asset's name as its label; each dependency is an arrow from the asset that uses to the asset that is used. What several rows say is drawn once. Names are escaped: they can't change the diagram.</para>
/// <para type="output" name="System.String">The diagram, as one text.</para>
/// </remarks>
/// <example>
/// <code>Get-OdcAssetProducer 'Order Desk' | ConvertTo-OdcDiagram</code>
/// <para>Draws what an app uses, directly and through others.</para>
/// </example>
/// <example>
/// <code>Get-OdcAsset -Type WebApplication | Get-OdcAssetProducer -Depth 1 | ConvertTo-OdcDiagram -Format Dot -Direction LeftRight | Set-Content apps.dot</code>
/// <para>Draws what the web apps use directly, for Graphviz: dot -Tsvg apps.dot -o apps.svg</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "OdcDiagram")]
[OutputType(typeof(string))]
public sealed class ConvertToOdcDiagramCommand : OdcCmdlet
{
    private readonly DependencyGraph _graph = new();

    /// <summary>Rows of Get-OdcAssetProducer, Get-OdcAssetProducerGraph or Get-OdcAssetConsumer.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public object InputObject { get; set; } = "";

    /// <summary>Mermaid or Dot.</summary>
    [Parameter(Position = 0)]
    [ValidateSet("Mermaid", "Dot")]
    public string Format { get; set; } = "Mermaid";

    /// <summary>TopDown, with what is used below, or LeftRight.</summary>
    [Parameter]
    [ValidateSet("TopDown", "LeftRight")]
    public string Direction { get; set; } = "TopDown";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in LanguagePrimitives.GetEnumerable(InputObject)?.Cast<object>() ?? [InputObject])
        {
            var piped = PipedObject.Of(row);
            if (!_graph.TryAdd(piped.Resource))
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{piped.TypeName} is not a dependency.", "Pipe rows of Get-OdcAssetProducer, Get-OdcAssetProducerGraph or Get-OdcAssetConsumer."), piped.Target));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var nodes = _graph.Nodes;
        if (nodes.Count == 0)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "There is nothing to draw: no dependency was piped in.", "Check the command before it: the asset may use nothing, or nothing may use it."), target: null));
            return;
        }

        var isAcross = string.Equals(Direction, "LeftRight", StringComparison.OrdinalIgnoreCase);
        WriteObject(string.Equals(Format, "Dot", StringComparison.OrdinalIgnoreCase) ? Diagram.Dot(nodes, isAcross) : Diagram.Mermaid(nodes, isAcross));
    }
}
