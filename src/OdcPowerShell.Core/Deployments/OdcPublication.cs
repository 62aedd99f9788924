using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>A 1-Click Publish: a revision is built and deployed to its development stage.</summary>
[Columns("AssetKey 36", "Revision 8", "StageName 13", "Status 19", "StartedDateTime 17", "FinishedDateTime")]
public sealed class OdcPublication : StageOperation
{
    public int? Revision { get; set; }

    private protected override OperationDescriptor Descriptor => DeploymentOperations.Publications;
}
