using OdcPowerShell.Builds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>A revision that is to be deployed, in whatever stages.</summary>
/// <param name="AssetKey">Key of the asset.</param>
/// <param name="Revision">Number of the revision.</param>
/// <param name="Input">What the user specified.</param>
internal sealed record ReleaseItem(string AssetKey, int Revision, object Input)
{
    internal string? Tag { get; init; }

    internal string? AssetName { get; init; }

    /// <summary>The build that the user specified; null where the newest finished Release build is meant.</summary>
    internal OdcBuild? Build { get; init; }

    /// <summary>The key of a build that is known to be deployable, because it runs in a stage beyond the first.</summary>
    internal string? ProvenBuildKey { get; init; }

    /// <summary>Key of the stage that the revision comes from; null where it comes from none.</summary>
    internal string? SourceStageKey { get; init; }

    /// <summary>Whether it is deployed even where the revision runs already, as another build of it does.</summary>
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

    /// <summary>Why there is none.</summary>
    internal OdcException? Failure { get; set; }
}

/// <summary>How far a deployment of a run is.</summary>
internal enum DeploymentState
{
    Planned,

    /// <summary>It runs there already, or is a library.</summary>
    Skipped,
    Deploying,

    /// <summary>Started, and not waited for.</summary>
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

/// <summary>One asset of a run in one stage: what is planned for it, and what became of it.</summary>
internal sealed class DeploymentTarget(ReleaseItem item, OdcStage stage)
{
    internal ReleaseItem Item => item;

    internal OdcStage Stage => stage;

    internal string AssetKey => item.AssetKey;

    internal string? AssetName { get; set; } = item.AssetName;

    internal string? AssetType { get; set; }

    internal ReleaseBuild Build { get; set; } = new();

    /// <summary>The revision that runs in the stage; null where none does, or where it is not known.</summary>
    internal int? Replaced { get; set; }

    /// <summary>Keys of the assets that it uses, as far as they are deployed by the same run before it.</summary>
    internal IReadOnlyCollection<string> Producers { get; set; } = [];

    /// <summary>The place in the order, from 1.</summary>
    internal int Wave { get; set; } = 1;

    internal DeploymentState State { get; set; }

    /// <summary>Why it was skipped or not deployed.</summary>
    internal string? Reason { get; set; }

    internal OdcException? Failure { get; set; }

    /// <summary>The operation, once it was started; one that somebody started before is waited for.</summary>
    internal OdcDeployment? Operation { get; set; }

    /// <summary>When the start was sent whose answer did not come; null where there is none.</summary>
    internal DateTimeOffset? SentAt { get; set; }

    /// <summary>How often it was looked for what became of that start.</summary>
    internal int Searches { get; set; }

    /// <summary>The moment before which no new attempt is made to start it.</summary>
    internal long? NextTryAt { get; set; }

    internal bool IsOpen => State is DeploymentState.Planned or DeploymentState.Deploying;

    /// <summary>Whether what uses it can be deployed.</summary>
    internal bool IsGood => State is DeploymentState.Deployed or DeploymentState.Skipped or DeploymentState.Started;

    /// <summary>Libraries are never deployed: they travel inside the apps that use them.</summary>
    internal bool IsLibrary => AssetType?.EndsWith("Library", StringComparison.OrdinalIgnoreCase) == true;

    internal void Fail(OdcException e, DeploymentState state = DeploymentState.Failed) => (State, Failure, Reason) = (state, e, e.Message);

    public override string ToString() => FormattableString.Invariant($"{AssetName ?? AssetKey} revision {item.Revision}");
}

/// <summary>How a run is to go.</summary>
internal sealed record DeploymentOptions
{
    /// <summary>Whether deployments are waited for; without it, each is only started.</summary>
    internal bool Wait { get; init; }

    /// <summary>Whether a Release build is started where there is none.</summary>
    internal bool BuildsIfMissing { get; init; }

    /// <summary>Whether a revision is deployed again that runs in the stage already.</summary>
    internal bool Force { get; init; }

    /// <summary>The build that the user specified for a single asset.</summary>
    internal Guid? BuildKey { get; init; }

    internal TimeSpan Timeout { get; init; }

    internal TimeSpan? StallTimeout { get; init; }

    /// <summary>The command that completes a run that was interrupted.</summary>
    internal string ResumeCommand { get; init; } = "";

    internal string ConnectionParameter { get; init; } = "";
}
