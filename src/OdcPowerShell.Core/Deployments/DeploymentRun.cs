using OdcPowerShell.Builds;
using OdcPowerShell.Operations;
using OdcPowerShell.Portfolios;

namespace OdcPowerShell.Deployments;

/// <summary>
/// Deploys revisions to one stage after the other: plans, starts missing builds, deploys assets after those that they use, and waits for all
/// of it under one deadline. What the user sees and agrees to is <see cref="Plans"/>, before anything is started.
/// </summary>
internal sealed class DeploymentRun
{
    private readonly OdcClient _client;
    private readonly DeploymentOptions _options;
    private readonly DeploymentPlanner _planner;
    private readonly DeploymentStarter _starter;
    private readonly WaitingLoop _loop;
    private readonly Queue<DeploymentEvent> _events = new();
    private readonly HashSet<ReleaseBuild> _building = [];
    private int _current;
    private bool _isRefreshed = true;

    internal DeploymentRun(OdcClient client, DeploymentOptions options)
    {
        (_client, _options) = (client, options);
        _planner = new DeploymentPlanner(client, options);
        _starter = new DeploymentStarter(client, _planner, options.Wait);
        _loop = new WaitingLoop(client, options.Timeout, options.StallTimeout) { ConnectionParameter = options.ConnectionParameter };
    }

    /// <summary>One plan for each stage, in their order.</summary>
    internal IReadOnlyList<DeploymentPlan> Plans { get; private set; } = [];

    internal IEnumerable<DeploymentTarget> Targets => Plans.SelectMany(p => p.Targets);

    /// <summary>The names of what still runs and what was not started, and the command that completes the run; null when nothing is left.</summary>
    internal string? ResumeHint
    {
        get
        {
            var running = _loop.RunningNames;
            var left = Targets.Where(t => t.State == DeploymentState.Planned && t.Operation is null).Select(t => $"{t} to {t.Stage}").ToList();
            if (running.Count == 0 && left.Count == 0)
                return null;
            var what = (running.Count == 0 ? "" : $"Still running: {string.Join(", ", running)}. ") + (left.Count == 0 ? "" : $"Not started: {string.Join(", ", left)}. ");
            return $"{what}Complete the run with: {_options.ResumeCommand}";
        }
    }

    /// <summary>Makes the plans; data that was just read is used. Nothing is started.</summary>
    /// <exception cref="OdcException">The data for a plan can't be read.</exception>
    internal async Task<DeploymentRun> PlanAsync(
        IReadOnlyList<OdcStage> stages, IReadOnlyList<ReleaseItem> items, ICaller caller, CancellationToken cancellationToken, IReadOnlyDictionary<string, StageState>? states = null)
    {
        var plans = new List<DeploymentPlan>();
        foreach (var stage in stages)
            plans.Add(await _planner.PlanAsync(stage, items, states is not null && states.TryGetValue(stage.StageKey!, out var state) ? state : null, caller, cancellationToken).ConfigureAwait(false));
        Plans = plans;
        // The same failure in several stages is one error.
        foreach (var failed in Targets.Where(t => t.State == DeploymentState.Failed).GroupBy(t => t.Item).Select(same => same.First()))
            Report(failed, failed.Failure);
        return this;
    }

    /// <summary>The next deployments that ended or were not started, with the reason; none when the run is over.</summary>
    /// <exception cref="OdcException">The session is lost: nothing can be read or started any more.</exception>
    internal async Task<IReadOnlyList<DeploymentEvent>> NextAsync(ICaller caller, CancellationToken cancellationToken)
    {
        _loop.Begin();
        while (true)
        {
            if (_events.Count > 0)
            {
                var some = _events.ToList();
                _events.Clear();
                return some;
            }

            if (_current >= Plans.Count)
                return [];
            await StepAsync(Plans[_current], caller, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the progress bars.</summary>
    internal void EndProgress(ICaller caller) => _loop.EndProgress(caller);

    private async Task StepAsync(DeploymentPlan plan, ICaller caller, CancellationToken cancellationToken)
    {
        if (!_isRefreshed)
        {
            // The state may have changed since the plan was made.
            var planned = plan.Planned.ToList();
            await _planner.RefreshAsync(plan, state: null, caller, cancellationToken).ConfigureAwait(false);
            _isRefreshed = true;
            foreach (var failed in planned.Where(t => t.State == DeploymentState.Failed))
                Report(failed, failed.Failure);
        }

        HoldBack(plan);
        if (_loop.IsOver)
            GiveUp(plan);
        if (plan.Targets.All(t => !t.IsOpen) && _loop.IsEmpty)
        {
            EndStage(plan);
            return;
        }

        if (_events.Count > 0 || await StartReadyAsync(plan, caller, cancellationToken).ConfigureAwait(false))
            return;
        var outcomes = await _loop.NextAsync(caller, cancellationToken, UntilNextTry(plan)).ConfigureAwait(false);
        foreach (var outcome in outcomes)
            Settle(outcome, plan);
        // A build that ended reports nothing, and what waited for it is ready now.
        if (outcomes.Count > 0 || !_loop.IsEmpty)
            return;
        if (UntilNextTry(plan) is { } pause)
            await _client.Time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
        else
            plan.ForgetOrder();
    }

    /// <summary>Skips assets that use an asset that was not deployed.</summary>
    private void HoldBack(DeploymentPlan plan)
    {
        var byKey = plan.Targets.ToLookup(t => t.AssetKey, StringComparer.OrdinalIgnoreCase);
        foreach (var target in plan.Targets.Where(t => t.State == DeploymentState.Planned && t.Operation is null))
        {
            if (target.Producers.SelectMany(p => byKey[p]).FirstOrDefault(p => !p.IsOpen && !p.IsGood) is not { } missing)
                continue;
            var why = missing.State switch
            {
                DeploymentState.StillRunning => "which it uses, is still being deployed",
                DeploymentState.Unknown => "which it uses, may not have been",
                _ => "which it uses, was not",
            };
            target.Fail(
                new OdcException(OdcErrorCause.OperationFailed, $"{target} was not deployed to {plan.Stage}, because {missing.AssetName ?? missing.AssetKey}, {why}.", "Fix the first failure, then deploy both."),
                DeploymentState.HeldBack);
            Report(target, target.Failure);
        }
    }

    private void GiveUp(DeploymentPlan plan)
    {
        foreach (var target in plan.Targets.Where(t => t.State == DeploymentState.Planned).ToList())
        {
            var isUnclear = target.SentAt is not null;
            target.Fail(
                new OdcException(
                    OdcErrorCause.Timeout,
                    FormattableString.Invariant($"{target} was not deployed to {plan.Stage}: the {_options.Timeout.TotalSeconds:0} s of -TimeoutSec were over{(isUnclear ? " before it was known whether the deployment had started" : " before it could be started")}."),
                    $"Complete the run with: {_options.ResumeCommand}"),
                isUnclear ? DeploymentState.Unknown : DeploymentState.NotStarted);
            Report(target, target.Failure);
        }
    }

    /// <summary>The gate between two stages: the next stage starts only when all deployments of this one succeeded.</summary>
    private void EndStage(DeploymentPlan plan)
    {
        _current++;
        _isRefreshed = false;
        var bad = plan.Targets.Where(t => !t.IsGood).ToList();
        if (bad.Count == 0)
            return;
        foreach (var later in Plans.Skip(_current))
        {
            var left = later.Planned.ToList();
            foreach (var target in left)
                (target.State, target.Reason) = (DeploymentState.NotStarted, $"the deployment to {plan.Stage} did not end well");
            if (left.Count > 0)
            {
                _events.Enqueue(new DeploymentEvent(
                    Target: null,
                    new OdcException(
                        OdcErrorCause.OperationFailed,
                        $"Nothing was deployed to {later.Stage}, because to {plan.Stage} {bad.Count} of {plan.Targets.Count} {(bad.Count == 1 ? "was" : "were")} not deployed: {string.Join(", ", bad.Select(t => t.AssetName ?? t.AssetKey))}.",
                        $"Fix the failures, then complete the run with: {_options.ResumeCommand}"),
                    later.Stage));
            }
        }

        _current = Plans.Count;
    }

    /// <summary>Starts the deployments that are ready. Returns whether there were any.</summary>
    private async Task<bool> StartReadyAsync(DeploymentPlan plan, ICaller caller, CancellationToken cancellationToken)
    {
        var hasStarted = false;
        foreach (var target in plan.Targets.Where(t => t.State == DeploymentState.Planned && IsDue(t)).ToList())
        {
            if (_loop.IsOver)
                return true;
            if (target.Operation is { } underway)
                Watch(target, underway);
            else if (target.Build is { Key: null, IsMissing: true })
                Watch(target.Build, await _starter.BuildAsync(target, caller, cancellationToken).ConfigureAwait(false));
            else if (!IsReady(target, plan))
                continue;
            else if (await _starter.DeployAsync(target, caller, cancellationToken).ConfigureAwait(false) is { } started)
                Watch(target, started);
            if (target.State is DeploymentState.Failed or DeploymentState.Unknown)
                Report(target, target.Failure);
            hasStarted = true;
        }

        return hasStarted;
    }

    private bool IsDue(DeploymentTarget target) =>
        (target.NextTryAt is not { } at || _client.Time.GetTimestamp() >= at) && !(target.Build is { Key: null, IsMissing: true } build && _building.Contains(build));

    private static bool IsReady(DeploymentTarget target, DeploymentPlan plan) => target.Build.Key is not null
        && target.Producers.All(p => plan.Targets.Where(t => string.Equals(t.AssetKey, p, StringComparison.OrdinalIgnoreCase)).All(t => t.IsGood));

    private TimeSpan? UntilNextTry(DeploymentPlan plan)
    {
        var times = plan.Targets.Where(t => t.State == DeploymentState.Planned && t.NextTryAt is not null).Select(t => _client.Time.GetElapsedTime(_client.Time.GetTimestamp(), t.NextTryAt!.Value)).ToList();
        return times.Count == 0 ? null : times.Min() is { Ticks: > 0 } pause ? pause : TimeSpan.FromMilliseconds(1);
    }

    private void Watch(ReleaseBuild build, OdcBuild? underway)
    {
        if (underway is null)
            return;
        _building.Add(build);
        _loop.Add(underway, build);
    }

    private void Watch(DeploymentTarget target, OdcDeployment started)
    {
        (started.StageKey, started.StageName) = (target.Stage.StageKey, target.Stage.Name);
        (target.Operation, target.SentAt, target.NextTryAt, target.Failure) = (started, null, null, null);
        if (_options.Wait)
        {
            target.State = DeploymentState.Deploying;
            _loop.Add(started, target);
            return;
        }

        target.State = DeploymentState.Started;
        Report(target, failure: null);
    }

    private void Settle(WaitOutcome outcome, DeploymentPlan plan)
    {
        if (outcome.Owner is ReleaseBuild build)
            SettleBuild(build, outcome, plan);
        else if (outcome.Owner is DeploymentTarget target)
            SettleDeployment(target, outcome);
    }

    private void SettleDeployment(DeploymentTarget target, WaitOutcome outcome)
    {
        target.Operation = (OdcDeployment)outcome.Operation;
        if (outcome.Failure is null)
        {
            target.State = DeploymentState.Deployed;
            Report(target, failure: null);
            return;
        }

        target.Fail(outcome.Failure, outcome.End switch
        {
            WaitEnd.Failed => DeploymentState.Failed,
            WaitEnd.Running => DeploymentState.StillRunning,
            _ => DeploymentState.Unknown,
        });
        Report(target, outcome.Failure);
    }

    private void SettleBuild(ReleaseBuild build, WaitOutcome outcome, DeploymentPlan plan)
    {
        _building.Remove(build);
        var ended = (OdcBuild)outcome.Operation;
        build.Underway = ended;
        if (outcome.Failure is null)
        {
            (build.Key, build.IsMissing) = (ended.BuildKey, false);
            return;
        }

        build.Failure = outcome.Failure;
        foreach (var target in plan.Targets.Where(t => t.Build == build && t.State == DeploymentState.Planned))
        {
            target.Fail(outcome.Failure, outcome.End == WaitEnd.Running ? DeploymentState.NotStarted : DeploymentState.Failed);
            _events.Enqueue(new DeploymentEvent(target, outcome.Failure, ended));
        }
    }

    private void Report(DeploymentTarget target, OdcException? failure) =>
        _events.Enqueue(new DeploymentEvent(target, failure, (object?)target.Operation ?? target.Item.Input));
}

/// <summary>Something that a run reports: a deployment that ended or was started, or why one was not.</summary>
/// <param name="Target">The asset in its stage; null for an event of a whole stage.</param>
/// <param name="Failure">The error; null on success.</param>
/// <param name="About">The object that the error is about.</param>
internal sealed record DeploymentEvent(DeploymentTarget? Target, OdcException? Failure, object About);
