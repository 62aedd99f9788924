using System.Globalization;

namespace OdcPowerShell.Cmdlets.Deployments;

/// <summary>A cmdlet that changes what runs in stages. It asks before a production stage, whatever else it may do without asking.</summary>
public abstract class DeploymentCmdlet : StartCmdlet
{
    private const int MostShown = 5;
    private bool _yesToAll;
    private bool _noToAll;

    private protected DeploymentCmdlet()
    {
    }

    /// <summary>Whether the cmdlet is one that always asks, so that production needs no question of its own.</summary>
    private protected virtual bool AlwaysAsks => false;

    /// <summary>The stage with its name, purpose and state, as far as the API client may see it.</summary>
    private protected OdcStage StageOf(string key) =>
        Run(stopped => Client.Names.Stages.GetAsync(Caller, stopped)).FirstOrDefault(s => string.Equals(s.StageKey, key, StringComparison.OrdinalIgnoreCase)) ?? new OdcStage { StageKey = key };

    /// <summary>Starts an operation in a stage, once the user agrees; null when it was not started.</summary>
    private protected OdcDeployment? StartIn(OdcStage stage, string what, object target, RequestBody body)
    {
        body.Add("environmentKey", stage.StageKey);
        if (Send(what, target, DeploymentsApi.StartDeployment, [], body, () => AlwaysAsks || IsHarmless(stage) || Asks($"{what}: {stage} is a production stage. Continue?")) is not { } started)
            return null;
        (started.StageKey, started.StageName) = (stage.StageKey, stage.Name);
        return started;
    }

    /// <summary>Brings revisions to stages, one stage after the other, once the user agrees to the plan.</summary>
    /// <param name="stages">The stages in their order.</param>
    /// <param name="items">The revisions.</param>
    /// <param name="options">How the run is to go.</param>
    /// <param name="source">The stage that the revisions come from, where they come from one.</param>
    /// <param name="report">Where the outcome is written.</param>
    /// <param name="states">What runs and what is being deployed in stages, by their keys, where it was read just before.</param>
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

    /// <summary>How a run is to go, as the parameters say.</summary>
    private protected DeploymentOptions Options(string resumeCommand) => new()
    {
        Wait = Wait,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        StallTimeout = StallTimeoutSec > 0 ? TimeSpan.FromSeconds(StallTimeoutSec) : null,
        ConnectionParameter = ConnectionParameter,
        ResumeCommand = resumeCommand,
    };

    /// <summary>The command that completes a run: what runs already is skipped by it, and what is being deployed is waited for.</summary>
    private protected string ResumeCommand(string source, IEnumerable<OdcStage> stages, bool buildsIfMissing) =>
        $"{source} -Stage {string.Join(", ", stages.Select(s => Quoted(s.ToString())))}{(buildsIfMissing ? " -BuildIfMissing" : "")} -Wait"
        + (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) && !LanguagePrimitives.IsTrue(confirm) ? " -Confirm:$false" : "")
        + (TimeoutSec == 3600 ? "" : $" -TimeoutSec {TimeoutSec.ToString(CultureInfo.InvariantCulture)}") + ConnectionParameter;

    /// <summary>Revisions as rows that are piped to a deployment.</summary>
    private protected static string RowsOf(IReadOnlyList<ReleaseItem> items) =>
        $"'{string.Join("', '", items.Select(i => FormattableString.Invariant($"{i.AssetKey},{i.Revision}")))}' | ConvertFrom-Csv -Header AssetKey, Revision | Start-OdcDeployment";

    private protected static string Quoted(string text) => $"'{text.Replace("'", "''")}'";

    /// <summary>Ends the command because of what was specified.</summary>
    private protected void Refuse(string message, string action) =>
        ThrowTerminatingError(ErrorRecords.From(new OdcException(OdcErrorCause.InvalidRequest, message, action), target: null));

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
        // The user has seen the plan when it was asked for with -Confirm.
        if (!ShouldProcess(preview, $"{plan}\nContinue?", "Confirm"))
            return false;
        var backwards = planned.Where(p => p.Stage.Order < source?.Order).Select(p => $"{source} comes after {p.Stage}: this goes backwards. ").FirstOrDefault();
        var production = planned.Where(p => !IsHarmless(p.Stage)).Select(p => p.Stage.ToString()).ToList();
        return (production.Count == 0 && (backwards is null || options.Force))
            || Asks($"{plan}\n{backwards}{(production.Count == 0 ? "" : $"{string.Join(" and ", production)} {(production.Count == 1 ? "is a production stage" : "are production stages")}. ")}Continue?");
    }

    // A few requests are shown with their bodies; of many, nobody would read them.
    private string Preview(List<ApiRequest> requests) => string.Join("\n", requests.Count <= MostShown
        ? requests.Select(r => $"({r.Method} {ChangePreview.Of(CurrentConnection, r)})")
        : requests.GroupBy(r => $"{r.Method} {ChangePreview.Of(CurrentConnection, r with { Body = null })}", StringComparer.Ordinal).Select(same => $"({same.Count()} times {same.Key})"));

    // What is not known to be harmless is taken for production.
    private static bool IsHarmless(OdcStage stage) => stage.Purpose is "Development" or "NonProduction";

    private bool Asks(string query)
    {
        if (MyInvocation.BoundParameters.ContainsKey("Confirm"))
            return true;
        var preference = LanguagePrimitives.TryConvertTo<ConfirmImpact>(GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out var set) ? set : ConfirmImpact.High;
        return preference != ConfirmImpact.High || ShouldContinue(query, "Confirm", ref _yesToAll, ref _noToAll);
    }
}
