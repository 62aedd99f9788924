namespace OdcPowerShell.Emulator;

public enum EmulatedOperation
{
    Build,
    /// <summary>The packaging of a build's generated code.</summary>
    GeneratedCode,
    /// <summary>A 1-Click Publish.</summary>
    Publish,
    Deploy,
    /// <summary>A removal from a stage.</summary>
    Undeploy,
    /// <summary>The application of pending configurations.</summary>
    ApplyConfigs,
    DeploymentAnalysis,
    DeletionAnalysis,
    /// <summary>The analysis of the code of a revision.</summary>
    CodeAnalysis,
    /// <summary>The removal of a deleted asset from its stages.</summary>
    Deletion,
    /// <summary>A bulk operation on users.</summary>
    UserImport,
    GatewayActivation,
    GatewayDeactivation,
    /// <summary>The issue of a domain's certificate.</summary>
    DomainCertificate,
    DomainRemoval,
    /// <summary>The generation of an external library.</summary>
    LibraryGeneration,
    /// <summary>The packing of an external library's source code.</summary>
    SourceDownload,
    /// <summary>The package of a mobile app for a platform.</summary>
    MobileBuild,
}

/// <summary>
/// A kind of operation: its status while it runs, or several one after the other, before that for a share of its time while it waits, its
/// status when it fails or succeeds, and the steps in its log.
/// </summary>
internal sealed record OperationKind(string Running, string Failed, string[] Steps, string Waiting = "", double WaitingShare = 0, string Finished = "Finished", string[]? Phases = null)
{
    /// <summary>The status at a share of the time.</summary>
    public string At(double progress) => progress < WaitingShare ? Waiting : Phases is null ? Running : Phases[Math.Min((int)(progress * Phases.Length), Phases.Length - 1)];

    public static FrozenDictionary<EmulatedOperation, OperationKind> All { get; } =
        Json.Seed<Dictionary<EmulatedOperation, OperationKind>>("operations").ToFrozenDictionary();
}

internal sealed record ProgressMessage(DateTimeOffset At, string Severity, string Type, string Text, string StepId, Guid? AssetKey);

/// <summary>An operation that runs for a while and then has its effect, unless it fails. Guarded by <see cref="Store"/>.</summary>
internal class TimedOperation(EmulatedOperation kind, Guid key, string requestedBy, Guid? asset = null, Guid? stage = null)
{
    public EmulatedOperation Kind => kind;
    public Guid Key => key;
    /// <summary>The key of the user or API client that requested it.</summary>
    public string RequestedBy => requestedBy;
    public Guid? AssetKey => asset;
    public Guid? StageKey => stage;
    public Action? Effect { get; set; }
    /// <summary>What happens at the end, also of one that fails.</summary>
    public Action? Ended { get; set; }
    public OperationPlan Plan { get; private set; } = OperationPlan.Success;
    public DateTimeOffset StartedAt { get; private set; }
    /// <summary>Null for an operation that never ends.</summary>
    public DateTimeOffset? EndsAt { get; private set; }
    public bool HasEnded { get; private set; }
    public DateTimeOffset? FinishedAt => HasEnded ? EndsAt : null;
    public bool HasSucceeded => HasEnded && Plan.Succeeds;
    public void Begin(OperationPlan plan, DateTimeOffset at, DateTimeOffset? end) => (Plan, StartedAt, EndsAt) = (plan, at, end);

    public void End()
    {
        HasEnded = true;
        Ended?.Invoke();
        if (Plan.Succeeds)
            Effect?.Invoke();
    }

    public string StatusAt(DateTimeOffset now)
    {
        var words = OperationKind.All[kind];
        return HasEnded ? Plan.FinalStatus ?? (Plan.Fails ? words.Failed : words.Finished) : words.At(ProgressAt(now));
    }

    /// <summary>The log up to now: a line as each step begins, and after the end the errors or the success.</summary>
    public List<ProgressMessage> MessagesAt(DateTimeOffset now)
    {
        var steps = OperationKind.All[kind].Steps;
        var length = EndsAt - StartedAt ?? TimeSpan.Zero;
        var begun = Math.Min((int)(ProgressAt(now) * steps.Length) + 1, steps.Length);
        var messages = steps.Take(begun)
            .Select((step, i) => Line(StartedAt + (length * i / steps.Length), "Info", "STEP", $"{step}.", step))
            .ToList();
        if (!HasEnded)
            return messages;
        if (Plan.Succeeds)
            messages.Add(Line(EndsAt!.Value, "Info", "DONE", "Finished.", steps[^1]));
        else if (Plan.Messages.Count == 0)
            messages.Add(Line(EndsAt!.Value, "Error", "FAILED", "The operation failed.", steps[^1]));
        messages.AddRange(Plan.Messages.Select(text => Line(EndsAt!.Value, Plan.Succeeds ? "Warning" : "Error", "FAILED", text, steps[^1])));
        return messages;
    }

    // From 0 to 1; one that never ends stays at the half.
    private double ProgressAt(DateTimeOffset now) => HasEnded ? 1
        : EndsAt is not { } end ? 0.5
        : now <= StartedAt ? 0 : Math.Clamp((now - StartedAt) / (end - StartedAt), 0, 1);

    private ProgressMessage Line(DateTimeOffset at, string severity, string type, string text, string step) =>
        new(at, severity, $"OS-{kind}-{type}", text, step.Replace(" ", "", StringComparison.Ordinal), asset);
}
