using OdcPowerShell.Builds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>A revision to deploy, to one or more stages.</summary>
/// <param name="AssetKey">Key of the asset.</param>
/// <param name="Revision">Number of the revision.</param>
/// <param name="Input">The input that the user specified.</param>
internal sealed record ReleaseItem(string AssetKey, int Revision, object Input)
{
    internal string? Tag { get; init; }

    internal string? AssetName { get; init; }

    /// <summary>The build that the user specified; null for the newest finished Release build.</summary>
    internal OdcBuild? Build { get; init; }

    /// <summary>The key of a build that is known to be deployable, because it runs in a stage beyond the first.</summary>
    internal string? ProvenBuildKey { get; init; }

    /// <summary>Key of the stage that the revision comes from; null if none.</summary>
    internal string? SourceStageKey { get; init; }

    /// <summary>Whether it is deployed even if another build of the same revision runs already.</summary>
    internal bool IsAnotherBuild { get; init; }

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey} revision {Revision}");
}

/// <summary>The build of a revision, which its deployments to all stages share.</summary>
internal sealed class ReleaseBuild
{
    /// <summary>The build to deploy; null until it is finished.</summary>
    internal string? Key { get; set; }

    /// <summary>The build that is waited for.</summary>
    internal OdcBuild? Underway { get; set; }

    /// <summary>Whether a build must be started, or waited for, before the deployment.</summary>
    internal bool IsMissing { get; set; }

    /// <summary>Why there is no build.</summary>
    internal OdcException? Failure { get; set; }
}

/// <summary>The state of a deployment in a run.</summary>
internal enum DeploymentState
{
    Planned,

    /// <summary>It runs there already, or is a library.</summary>
    Skipped,
    Deploying,

    /// <summary>Started, without waiting for the end.</summary>
    Started,
    Deployed,
    Failed,

    /// <summary>Not started, because something that it uses was not deployed.</summary>
    HeldBack,

    /// <summary>Not started for another reason: the time was over, or the stage before did not end well.</summary>
    NotStarted,

    /// <summary>Still running when the wait ended.</summary>
    StillRunning,

    /// <summary>It is not known whether it was started, or how it ended.</summary>
    Unknown,
}

/// <summary>One asset of a run in one stage, with its plan and its result.</summary>
internal sealed class DeploymentTarget(ReleaseItem item, OdcStage stage)
{
    internal ReleaseItem Item => item;

    internal OdcStage Stage => stage;

    internal string AssetKey => item.AssetKey;

    internal string? AssetName { get; set; } = item.AssetName;

    internal string? AssetType { get; set; }

    internal ReleaseBuild Build { get; set; } = new();

    /// <summary>The revision that runs in the stage; null if none does, or if it is not known.</summary>
    internal int? Replaced { get; set; }

    /// <summary>Keys of the assets that it uses and that the same run deploys before it.</summary>
    internal IReadOnlyCollection<string> Producers { get; set; } = [];

    /// <summary>The place in the order, from 1.</summary>
    internal int Wave { get; set; } = 1;

    internal DeploymentState State { get; set; }

    /// <summary>Why it was skipped or not deployed.</summary>
    internal string? Reason { get; set; }

    internal OdcException? Failure { get; set; }

    /// <summary>The operation after the start; an operation that was already running is waited for.</summary>
    internal OdcDeployment? Operation { get; set; }

    /// <summary>When a start was sent that got no answer; null if there is none.</summary>
    internal DateTimeOffset? SentAt { get; set; }

    /// <summary>How often that start was searched for.</summary>
    internal int Searches { get; set; }

    /// <summary>The earliest time of the next attempt to start it.</summary>
    internal long? NextTryAt { get; set; }

    internal bool IsOpen => State is DeploymentState.Planned or DeploymentState.Deploying;

    /// <summary>Whether the assets that use it can be deployed.</summary>
    internal bool IsGood => State is DeploymentState.Deployed or DeploymentState.Skipped or DeploymentState.Started;

    /// <summary>Libraries are never deployed: they travel inside the apps that use them.</summary>
    internal bool IsLibrary => AssetType?.EndsWith("Library", StringComparison.OrdinalIgnoreCase) == true;

    internal void Fail(OdcException e, DeploymentState state = DeploymentState.Failed) => (State, Failure, Reason) = (state, e, e.Message);

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey} revision {item.Revision}");
}

/// <summary>The options of a run.</summary>
internal sealed record DeploymentOptions
{
    /// <summary>Whether to wait for the deployments; otherwise each is only started.</summary>
    internal bool Wait { get; init; }

    /// <summary>Whether to start a Release build if there is none.</summary>
    internal bool BuildsIfMissing { get; init; }

    /// <summary>Whether to deploy a revision again that already runs in the stage.</summary>
    internal bool Force { get; init; }

    /// <summary>The build that the user specified for a single asset.</summary>
    internal Guid? BuildKey { get; init; }

    internal TimeSpan Timeout { get; init; }

    internal TimeSpan? StallTimeout { get; init; }

    /// <summary>The command that completes an interrupted run.</summary>
    internal string ResumeCommand { get; init; } = "";

    internal string ConnectionParameter { get; init; } = "";
}
