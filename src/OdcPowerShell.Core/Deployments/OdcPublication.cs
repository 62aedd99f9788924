namespace OdcPowerShell.Deployments;

/// <summary>A 1-Click Publish: a revision is built and deployed to its development stage.</summary>
public sealed class OdcPublication : StageOperation
{
    public int? Revision { get; set; }
}
