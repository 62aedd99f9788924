using System.Globalization;
using System.Text;
using OdcPowerShell.Builds;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>The plan of a run for one stage: the assets, their order, their builds, and the skipped assets with the reasons.</summary>
internal sealed class DeploymentPlan(OdcStage stage, IReadOnlyList<DeploymentTarget> targets)
{
    internal OdcStage Stage => stage;

    /// <summary>All targets; assets that others use come first.</summary>
    internal IReadOnlyList<DeploymentTarget> Targets { get; private set; } = targets;

    internal IEnumerable<DeploymentTarget> Planned => Targets.Where(t => t.State == DeploymentState.Planned);

    /// <summary>Assets that use each other: they are deployed in one wave.</summary>
    internal IReadOnlyList<DeploymentTarget> Circle { get; private set; } = [];

    /// <summary>Sorts the targets into waves, and drops dependencies that this run does not deploy first.</summary>
    internal void Order()
    {
        var left = Planned.ToList();
        var ordered = new List<DeploymentTarget>();
        for (var wave = 1; left.Count > 0; wave++)
        {
            var open = new HashSet<string>(left.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
            var ready = left.Where(t => !t.Producers.Any(p => open.Contains(p) && !IsSame(p, t))).ToList();
            if (ready.Count == 0)
            {
                ready = OnCircle(left);
                Circle = [.. Circle, .. ready];
                var circle = new HashSet<string>(ready.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
                foreach (var target in ready)
                    target.Producers = [.. target.Producers.Where(p => !circle.Contains(p))];
            }

            foreach (var target in ready)
                target.Wave = wave;
            ordered.AddRange(ready);
            left.RemoveAll(ready.Contains);
        }

        var known = new HashSet<string>(ordered.Select(t => t.AssetKey), StringComparer.OrdinalIgnoreCase);
        foreach (var target in ordered)
            target.Producers = [.. target.Producers.Where(p => known.Contains(p) && !IsSame(p, target))];
        Targets = [.. ordered, .. Targets.Where(t => !known.Contains(t.AssetKey) || !ordered.Contains(t))];
    }

    /// <summary>Lets the remaining targets be deployed at once, when none of their dependencies is still pending.</summary>
    internal void ForgetOrder()
    {
        foreach (var target in Planned)
            target.Producers = [];
    }

    // Only assets in a cycle, and not assets that only use one of them.
    private static List<DeploymentTarget> OnCircle(List<DeploymentTarget> left)
    {
        var byKey = left.GroupBy(t => t.AssetKey, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        bool Reaches(DeploymentTarget from, DeploymentTarget to)
        {
            var (open, seen) = (new Stack<DeploymentTarget>([from]), new HashSet<DeploymentTarget>());
            while (open.Count > 0)
            {
                foreach (var next in open.Pop().Producers.Where(byKey.ContainsKey).Select(p => byKey[p]))
                {
                    if (next == to)
                        return true;
                    if (seen.Add(next))
                        open.Push(next);
                }
            }

            return false;
        }

        // Of several cycles, the one that uses no other comes first.
        var circular = left.Where(t => Reaches(t, t)).ToList();
        var first = circular.First(t => circular.All(other => !Reaches(t, other) || Reaches(other, t)));
        return [.. circular.Where(t => t == first || (Reaches(first, t) && Reaches(t, first)))];
    }

    private static bool IsSame(string key, DeploymentTarget target) => string.Equals(key, target.AssetKey, StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan as a table of at most 80 columns.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("to ").Append(Stage).Append(":\n");
        text.Append(Row("Wave", "Asset", "Revision", "Replaces", "Build"));
        foreach (var target in Targets)
        {
            var isPlanned = target.State == DeploymentState.Planned;
            text.Append('\n').Append(Row(
                isPlanned ? target.Wave.ToString(CultureInfo.InvariantCulture) : "-",
                target.AssetName ?? target.AssetKey,
                FormattableString.Invariant($"{target.Item.Revision}{(target.Item.Tag is null ? "" : $" ({target.Item.Tag})")}"),
                target.Replaced?.ToString(CultureInfo.InvariantCulture) ?? "nothing",
                !isPlanned ? $"not deployed: {target.Reason}" : target.Operation is not null ? "is being deployed already" : target.Build.Key is not null ? "Release" : "is built first"));
        }

        return text.ToString();
    }

    private static string Row(string wave, string asset, string revision, string replaces, string build) =>
        string.Format(CultureInfo.InvariantCulture, "  {0,-5}{1,-25}{2,-14}{3,-10}{4}", wave, Cut(asset, 24), revision, replaces, build);

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length - 1) + "…";
}

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
