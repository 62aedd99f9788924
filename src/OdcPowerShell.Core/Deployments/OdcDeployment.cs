using OdcPowerShell.Operations;

namespace OdcPowerShell.Deployments;

/// <summary>A deployment, an undeployment, or the application of configurations.</summary>
[Columns("AssetName 22", "Revision 8", "StageName 12", "StartedDateTime 17", "Status 19", "Operation 12", "DeployedByName")]
public sealed class OdcDeployment : StageOperation
{
    public string? AssetName { get; set; }

    /// <summary>The revisions that are deployed; one as a rule.</summary>
    public IReadOnlyList<int>? Revisions { get; set => field = value.Present(); }

    /// <summary>The first of <see cref="Revisions"/>.</summary>
    [JsonIgnore]
    public int? Revision => Revisions is { Count: > 0 } ? Revisions[0] : null;

    private protected override OperationDescriptor Descriptor => DeploymentOperations.Deployments;
}

/// <summary>The body that starts a deployment.</summary>
internal sealed record StartDeploymentBody(string Operation, string AssetKey, string? BuildKey, int Revision, string? EnvironmentKey);
