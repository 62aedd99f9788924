using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>A 1-Click Publish: a revision is built and deployed to its development stage.</summary>
[Columns("AssetName 22", "Revision 8", "StageName 12", "StartedDateTime 17", "Status 19", "DeployedByName 18", "FinishedDateTime")]
public sealed class OdcPublication : StageOperation
{
    /// <summary>The asset's name, which the answer leaves out; null where the API client may not see assets.</summary>
    [JsonIgnore]
    public string? AssetName { get; internal set; }

    public int? Revision { get; set; }

    private protected override OperationDescriptor Descriptor => DeploymentOperations.Publications;
}
