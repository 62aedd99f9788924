using System.Globalization;
using OdcPowerShell.Secrets;
using OdcPowerShell.Tenants;

namespace OdcPowerShell.Cmdlets.Tenants;

/// <summary>Shows the plan of an import as rows, or does its steps.</summary>
internal sealed class ImportRun(ChangeCmdlet cmdlet, OdcConnection connection, TenantPlan plan, Action<OdcTenantChange> write)
{
    /// <summary>The folder, as it was typed.</summary>
    internal string Path { get; init; } = "";

    internal string? VaultName { get; init; }

    /// <summary>The line that does the rest of the import.</summary>
    internal string Resume { get; init; } = "";

    /// <summary>Whether what can't be done is an error, and not a warning.</summary>
    internal bool FailsOnSkip { get; init; }

    /// <summary>Shows what would be done. The rows are the preview, in the order in which the steps are done.</summary>
    internal void Show()
    {
        cmdlet.ShouldProcess($"{Path} into {connection.Tenant}: {ImportQuestion.Steps(plan)}");
        Write("WhatIf");
        WarnOfSkipped();
    }

    /// <summary>Writes the steps, of which none was done, with this result.</summary>
    internal void Write(string result)
    {
        foreach (var (step, order) in plan.Steps.Select((step, i) => (step, i + 1)))
        {
            if (!step.IsSkipped)
                cmdlet.WriteVerbose(Request(step, order));
            Write(step, order, new StepOutcome(step.IsSkipped ? StepOutcome.NotDone : result, step.Reason));
        }
    }

    /// <summary>Does the steps to which the user agrees, one after another.</summary>
    internal void Send()
    {
        const string activity = "Importing";
        var secrets = new VaultSecrets(cmdlet);
        var sender = new StepSender(cmdlet.Client, cmdlet.Caller, (name, stopped) => secrets.ReadAsync(name, VaultName, stopped), cmdlet.Stopped);
        var import = new TenantImport(sender);
        var count = plan.Steps.Count;
        for (var done = 0; done < count;)
        {
            var together = TenantImport.Next(plan.Steps, done);
            var order = done + 1;
            cmdlet.WhenStopped = () => FormattableString.Invariant($"The import was stopped at step {order} of {count}. This line does the rest: {Resume}");
            cmdlet.Caller.Progress(new CallerProgress(activity, Left: null, FormattableString.Invariant($"{order} of {count}: {together[0].Object}")) { Percent = 100 * done / count });
            foreach (var (step, outcome) in Send(import, together, order))
                Write(step, ++done, outcome);
        }

        cmdlet.WhenStopped = null;
        cmdlet.Client.Names.Stages.Forget();
        cmdlet.Caller.Progress(new CallerProgress(activity, Left: null));
        Conclude(import, sender);
    }

    private List<(TenantStep Step, StepOutcome Outcome)> Send(TenantImport import, IReadOnlyList<TenantStep> steps, int order)
    {
        var outcomes = new StepOutcome?[steps.Count];
        for (var i = 0; i < steps.Count; i++)
            outcomes[i] = steps[i].IsSkipped ? import.Skip(steps[i]) : Agrees(steps[i], order + i) ? null : import.Decline(steps[i]);
        var open = Enumerable.Range(0, steps.Count).Where(i => outcomes[i] is null).ToList();
        var sent = cmdlet.Run(_ => import.SendAsync([.. open.Select(i => steps[i])]));
        for (var i = 0; i < open.Count; i++)
            outcomes[open[i]] = sent[i];
        return [.. steps.Select((step, i) => (step, outcomes[i]!))];
    }

    private bool Agrees(TenantStep step, int order)
    {
        cmdlet.WriteVerbose(Request(step, order));
        return cmdlet.ShouldProcess(
            FormattableString.Invariant($"{order}/{plan.Steps.Count} {step}"), $"{MessageText.Capital(step.ToString())}.", FormattableString.Invariant($"Step {order} of {plan.Steps.Count} of the import into {connection.Tenant}"));
    }

    private string Request(TenantStep step, int order)
    {
        var request = step.Preview!();
        return FormattableString.Invariant($"Step {order}, {step.Object}: {request.Method} {ChangePreview.Of(connection, request)}");
    }

    private void Write(TenantStep step, int order, StepOutcome outcome)
    {
        var row = OdcTenantChange.Of(step, order, outcome);
        if (outcome.Failure is { } failure)
        {
            var record = ErrorRecords.From(failure, row);
            record.ErrorDetails = new ErrorDetails($"{MessageText.Capital(step.Object)}: {record.ErrorDetails.Message}") { RecommendedAction = record.ErrorDetails.RecommendedAction };
            cmdlet.WriteError(record);
        }

        write(row);
    }

    private void WarnOfSkipped()
    {
        var skipped = plan.Steps.Count(s => s.IsSkipped);
        if (skipped == 0)
            return;
        var text = $"{skipped.ToString(CultureInfo.InvariantCulture)} {(skipped == 1 ? "thing is" : "things are")} left as {(skipped == 1 ? "it is" : "they are")}: the rows with the action Skip have the reasons.";
        if (FailsOnSkip)
            cmdlet.WriteError(ErrorRecords.From(new OdcException(OdcErrorCause.OperationFailed, text, "Do these by hand, or limit the import to a part with -Kind, -Name and -Stage."), target: Path));
        else
            cmdlet.WriteWarning(text);
    }

    private void Conclude(TenantImport import, StepSender sender)
    {
        WarnOfSkipped();
        if (import.Declined > 0)
            cmdlet.WriteWarning($"{import.Declined.ToString(CultureInfo.InvariantCulture)} {(import.Declined == 1 ? "step was" : "steps were")} declined, or {(import.Declined == 1 ? "needs" : "need")} one that was. This line asks again: {Resume}");
        foreach (var unread in ImportQuestion.Unread(sender.UnreadSecrets, VaultName, Resume))
            cmdlet.WriteError(ErrorRecords.From(unread, target: Path));
        var (failed, left) = import.Open;
        if (failed + left > 0)
            cmdlet.WriteError(ErrorRecords.From(ImportQuestion.Incomplete(plan, failed, left, Resume), target: Path));
    }
}
