namespace OdcPowerShell.Cmdlets.DependencyManagement;

/// <summary>Converts dependencies, or what runs in stages, to a diagram as text: Mermaid for wikis and pull requests, or DOT for Graphviz.</summary>
/// <remarks>
/// <para>Each asset is a node with its key as its name in the diagram and the asset's name as its label; each dependency is an arrow from the asset that uses to the asset that is used. What several rows say is drawn once. An asset that no row is about is not drawn, such as one beyond -Depth. Names are escaped: they can't change the diagram.</para>
/// <para>Rows of Get-OdcDeployedAsset, with or without -Flat, are drawn in a frame for each stage, with the revision and its tag.</para>
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
/// <example>
/// <code>Get-OdcDeployedAsset -Stage QA, Production -Flat | ConvertTo-OdcDiagram -Direction LeftRight</code>
/// <para>Draws what runs in two stages.</para>
/// </example>
[Cmdlet(VerbsData.ConvertTo, "OdcDiagram")]
[OutputType(typeof(string))]
public sealed class ConvertToOdcDiagramCommand : OdcCmdlet
{
    private readonly DependencyGraph _graph = new();
    private readonly DeployedFrames _deployed = new();

    /// <summary>Rows of Get-OdcAssetProducer, Get-OdcAssetProducerGraph, Get-OdcAssetConsumer or Get-OdcDeployedAsset.</summary>
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
            if (!_graph.TryAdd(piped.Resource) && !_deployed.TryAdd(piped.Resource))
                WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, $"{piped.TypeName} is not a dependency and no deployed asset.", "Pipe rows of Get-OdcAssetProducer, Get-OdcAssetProducerGraph, Get-OdcAssetConsumer or Get-OdcDeployedAsset."), piped.Target));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var (nodes, frames) = (_graph.Nodes, _deployed.Frames);
        if (nodes.Count + frames.Count == 0)
        {
            WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, "There is nothing to draw: no dependency and no deployed asset was piped in.", "Check the command before it: the asset may use nothing, nothing may use it, or it may run nowhere."), target: null));
            return;
        }

        var isAcross = string.Equals(Direction, "LeftRight", StringComparison.OrdinalIgnoreCase);
        WriteObject(string.Equals(Format, "Dot", StringComparison.OrdinalIgnoreCase) ? Diagram.Dot(nodes, isAcross, frames) : Diagram.Mermaid(nodes, isAcross, frames));
    }
}

/// <summary>Deployed assets by stage. Stages come in the order in which the rows first name them.</summary>
internal sealed class DeployedFrames
{
    private readonly List<(string Key, string Name)> _stages = [];
    private readonly Dictionary<(string Stage, string Asset), string> _labels = [];

    /// <summary>A frame for each stage, with its assets by name.</summary>
    internal IReadOnlyList<DiagramFrame> Frames => [.. _stages.Select(stage => new DiagramFrame(
        stage.Key, stage.Name, [.. _labels.Where(l => l.Key.Stage == stage.Key).OrderBy(l => l.Value, StringComparer.OrdinalIgnoreCase).Select(l => ($"{stage.Key}.{l.Key.Asset}", l.Value))]))];

    /// <summary>Adds a deployed asset, or its row of one stage; false if it is neither.</summary>
    internal bool TryAdd(OdcResource? row)
    {
        switch (row)
        {
            case OdcDeployedAsset asset:
                return (asset.Deployments ?? []).All(TryAdd);
            case OdcDeployedRevision { AssetKey: { Length: > 0 } asset, DeployedStageKey: { Length: > 0 } stage } running:
                if (!_stages.Exists(s => s.Key == stage))
                    _stages.Add((stage, running.DeployedStageName ?? stage));
                _labels[(stage, asset)] = $"{running.AssetName ?? asset} {VersionTag.Text(running.Revision, running.Tag)}".TrimEnd();
                return true;
            default:
                return false;
        }
    }
}
