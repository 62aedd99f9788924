using System.Globalization;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>A cmdlet that changes what runs in stages. It always asks before it changes a production stage.</summary>
public abstract class DeploymentCmdlet : StartCmdlet
{
    private const int MostShown = 5;
    private bool _yesToAll;
    private bool _noToAll;

    private protected DeploymentCmdlet()
    {
    }

    /// <summary>Whether the cmdlet always asks, so that a production stage needs no further question.</summary>
    private protected virtual bool AlwaysAsks => false;

    /// <summary>Starts an operation in a stage if the user agrees; null when it was not started.</summary>
    private protected OdcDeployment? StartIn(OdcStage stage, string what, object target, RequestBody body)
    {
        body.Add("environmentKey", stage.StageKey);
        if (Send(what, target, DeploymentsApi.StartDeployment, [], body, () => AlwaysAsks || AgreesTo(stage, $"{what}: {stage} is a production stage. Continue?")) is not { } started)
            return null;
        (started.StageKey, started.StageName) = (stage.StageKey, stage.Name);
        return started;
    }

    /// <summary>Whether the user agrees to a change of a stage. Only a production stage needs the question.</summary>
    private protected bool AgreesTo(OdcStage stage, string question) => IsHarmless(stage) || Asks(question);

    /// <summary>Deploys revisions to stages, one stage after the other, if the user agrees to the plan.</summary>
    /// <param name="stages">The stages in their order.</param>
    /// <param name="items">The revisions.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="source">The stage that the revisions come from, if any.</param>
    /// <param name="report">The file for the outcome.</param>
    /// <param name="states">The states of stages by their keys, if they were just read.</param>
    private protected void Release(
        IReadOnlyList<OdcStage> stages, IReadOnlyList<ReleaseItem> items, DeploymentOptions options, OdcStage? source, DeploymentReport? report, IReadOnlyDictionary<string, StageState>? states = null)
    {
        var run = Run(stopped => new DeploymentRun(Client, options).PlanAsync(stages, items, Caller, stopped, states));
        ReportSkipped(run);
        try
        {
            if (!run.Targets.Any(t => t.State == DeploymentState.Planned) || Approves(run, options, source))
                this.Follow((caller, stopped) => run.NextAsync(caller, stopped), () => run.ResumeHint, run.EndProgress, Report);
        }
        finally
        {
            if (report is not null && !IsWhatIf && Try(_ => Written(report, run)).Failure is { } failure)
                WriteError(ErrorRecords.From(failure, target: null));
        }
    }

    /// <summary>The options of a run, from the parameters.</summary>
    private protected DeploymentOptions Options(string resumeCommand) => new()
    {
        Wait = Wait,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        StallTimeout = StallTimeoutSec > 0 ? TimeSpan.FromSeconds(StallTimeoutSec) : null,
        ConnectionParameter = ConnectionParameter,
        ResumeCommand = resumeCommand,
    };

    /// <summary>The command that completes a run. It skips what runs already, and waits for what is being deployed.</summary>
    private protected string ResumeCommand(string source, IEnumerable<OdcStage> stages, bool buildsIfMissing) =>
        $"{source} -Stage {string.Join(", ", stages.Select(s => MessageText.Quoted(s.ToString())))}{(buildsIfMissing ? " -BuildIfMissing" : "")} -Wait"
        + (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) && !LanguagePrimitives.IsTrue(confirm) ? " -Confirm:$false" : "")
        + (TimeoutSec == UsualTimeout ? "" : $" -TimeoutSec {TimeoutSec.ToString(CultureInfo.InvariantCulture)}") + ConnectionParameter;

    /// <summary>Revisions as CSV rows, for a command that pipes them to Start-OdcDeployment.</summary>
    private protected static string RowsOf(IReadOnlyList<ReleaseItem> items) =>
        $"'{string.Join("', '", items.Select(i => FormattableString.Invariant($"{i.AssetKey},{i.Revision}")))}' | ConvertFrom-Csv -Header AssetKey, Revision | Start-OdcDeployment";

    private Task<DeploymentRun> Written(DeploymentReport report, DeploymentRun run)
    {
        report.Write(run, CurrentConnection);
        return Task.FromResult(run);
    }

    private void Report(DeploymentEvent ended)
    {
        if (ended.Failure is not null)
            WriteError(ErrorRecords.From(ended.Failure, ended.About));
        else if (ended.Target?.Operation is { } operation)
            Write(operation);
    }

    private void ReportSkipped(DeploymentRun run)
    {
        foreach (var target in run.Targets.Where(t => t.IsLibrary).GroupBy(t => t.Item).Select(g => g.First()))
            WriteWarning($"{target} is a {target.AssetType} and not deployed: it travels inside the apps that use it.");
        foreach (var plan in run.Plans)
        {
            var skipped = plan.Targets.Where(t => t is { State: DeploymentState.Skipped, IsLibrary: false }).ToList();
            if (skipped.Count > 0)
                WriteWarning($"Not deployed to {plan.Stage}, because {(skipped.Count == 1 ? skipped[0].Reason : "they run there already, or are being deployed")}: {string.Join(", ", skipped)}.{(skipped.Any(t => t.Replaced == t.Item.Revision) ? " -Force deploys what runs there again." : "")}");
            if (plan.Circle.Count > 0)
                WriteWarning($"{string.Join(" and ", plan.Circle.Select(t => t.AssetName ?? t.AssetKey))} use each other: they are deployed to {plan.Stage} at the same time.");
        }
    }

    private bool Approves(DeploymentRun run, DeploymentOptions options, OdcStage? source)
    {
        var planned = run.Plans.Where(p => p.Planned.Any()).ToList();
        var plan = "Deploy " + string.Join("\nthen ", planned);
        var requests = planned.SelectMany(p => p.Planned).Where(t => t.Operation is null).SelectMany(DeploymentStarter.Requests).ToList();
        var preview = $"{plan}\n{Preview(requests)}";
        // With -Confirm the user has already seen the plan.
        if (!ShouldProcess(preview, $"{plan}\nContinue?", "Confirm"))
            return false;
        var backwards = planned.Where(p => p.Stage.Order < source?.Order).Select(p => $"{source} comes after {p.Stage}: this goes backwards. ").FirstOrDefault();
        var production = planned.Where(p => !IsHarmless(p.Stage)).Select(p => p.Stage.ToString()).ToList();
        return (production.Count == 0 && (backwards is null || options.Force))
            || Asks($"{plan}\n{backwards}{(production.Count == 0 ? "" : $"{string.Join(" and ", production)} {(production.Count == 1 ? "is a production stage" : "are production stages")}. ")}Continue?");
    }

    // A few requests are shown with their bodies. For many, the bodies would be too much to read.
    private string Preview(List<ApiRequest> requests) => string.Join("\n", requests.Count <= MostShown
        ? requests.Select(r => $"({r.Method} {ChangePreview.Of(CurrentConnection, r)})")
        : requests.GroupBy(r => $"{r.Method} {ChangePreview.Of(CurrentConnection, r with { Body = null })}", StringComparer.Ordinal).Select(same => $"({same.Count()} times {same.Key})"));

    // A stage with an unknown purpose counts as production.
    private static bool IsHarmless(OdcStage stage) => stage.Purpose is "Development" or "NonProduction";

    private bool Asks(string query)
    {
        if (MyInvocation.BoundParameters.ContainsKey("Confirm"))
            return true;
        var preference = LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var set) ? set : ConfirmImpact.High;
        return preference != ConfirmImpact.High || ShouldContinue(query, "Confirm", ref _yesToAll, ref _noToAll);
    }
}
