namespace OdcPowerShell.Emulator;

/// <summary>A line in the log of an operation.</summary>
internal sealed record ProgressMessage(DateTimeOffset At, string Severity, string Type, string Text, string StepId)
{
    private static readonly Dictionary<EmulatedOperation, string[]> s_steps = new()
    {
        [EmulatedOperation.Build] = ["Validating", "Generating code", "Compiling", "Packing the image"],
        [EmulatedOperation.Publish] = ["Validating", "Building", "Updating the database", "Starting", "Switching traffic"],
        [EmulatedOperation.Deploy] =
            ["Validating", "Copying the image", "Updating the database", "Applying configurations", "Starting", "Switching traffic"],
        [EmulatedOperation.Undeploy] = ["Validating", "Stopping", "Removing"],
        [EmulatedOperation.ApplyConfigs] = ["Validating", "Applying configurations", "Restarting"],
    };

    /// <summary>The messages up to now: one as each step begins, and after the end the errors or the good news.</summary>
    public static List<ProgressMessage> Of(TimedOperation operation, DateTimeOffset now)
    {
        var steps = s_steps[operation.Kind];
        var length = operation.EndsAt - operation.StartedAt ?? TimeSpan.Zero;
        var begun = Math.Min((int)(operation.ProgressAt(now) * steps.Length) + 1, steps.Length);
        var messages = steps.Take(begun)
            .Select((step, i) => new ProgressMessage(
                operation.StartedAt + (length * i / steps.Length), "Info", $"OS-{operation.Kind}-STEP", $"{step}.", StepOf(step)))
            .ToList();
        if (!operation.HasEnded)
            return messages;

        var last = StepOf(steps[^1]);
        var end = operation.EndsAt!.Value;
        if (operation.Plan.Succeeds)
            messages.Add(new ProgressMessage(end, "Info", $"OS-{operation.Kind}-DONE", "Finished.", last));
        else if (operation.Plan.Messages.Count == 0)
            messages.Add(new ProgressMessage(end, "Error", $"OS-{operation.Kind}-FAILED", "The operation failed.", last));
        messages.AddRange(operation.Plan.Messages.Select(text =>
            new ProgressMessage(end, operation.Plan.Succeeds ? "Warning" : "Error", $"OS-{operation.Kind}-FAILED", text, last)));
        return messages;
    }

    private static string StepOf(string step) => step.Replace(" ", "", StringComparison.Ordinal);
}
