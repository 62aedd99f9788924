using System.Text.Json.Serialization;

namespace OdcPowerShell.Deployments;

/// <summary>A deployment, an undeployment, or the application of configurations.</summary>
[Columns("AssetName 26", "Revision 8", "Operation 11", "StageName 14", "Status 19", "Started=StartedDateTime 17",
    "Finished=FinishedDateTime 17")]
public sealed class OdcDeployment : StageOperation
{
    public string? AssetName { get; set; }

    /// <summary>The revisions that are deployed; one as a rule.</summary>
    public IReadOnlyList<int>? Revisions { get; set; }

    /// <summary>The first of <see cref="Revisions"/>.</summary>
    [JsonIgnore]
    public int? Revision => Revisions is { Count: > 0 } ? Revisions[0] : null;
}
