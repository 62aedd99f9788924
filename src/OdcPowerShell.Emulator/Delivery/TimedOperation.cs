namespace OdcPowerShell.Emulator;

/// <summary>Something that runs for a while and then has its effect, unless it fails.</summary>
internal abstract class TimedOperation(EmulatedOperation kind, Guid key, Asset asset, string requestedBy)
{
    public EmulatedOperation Kind => kind;

    public Guid Key => key;

    public Asset Asset => asset;

    /// <summary>The key of the user or API client that asked for it.</summary>
    public string RequestedBy => requestedBy;

    public OperationPlan Plan { get; set; } = OperationPlan.Success;

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it ends; null stands for never.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public bool HasEnded { get; private set; }

    public DateTimeOffset? FinishedAt => HasEnded ? EndsAt : null;

    public bool HasSucceeded => HasEnded && Plan.Succeeds;

    /// <summary>The stage it concerns, if any.</summary>
    public virtual Guid? StageKey => null;

    /// <summary>The status of this kind's failure.</summary>
    protected virtual string FailedStatus => "FinishedWithError";

    protected string EndStatus => Plan.FinalStatus ?? (Plan.Fails ? FailedStatus : "Finished");

    /// <summary>How much of it is done, from 0 to 1; one that never ends stays at the half.</summary>
    public double ProgressAt(DateTimeOffset now) => HasEnded ? 1
        : EndsAt is not { } end ? 0.5
        : end <= StartedAt ? 1 : Math.Clamp((now - StartedAt) / (end - StartedAt), 0, 1);

    public void End()
    {
        HasEnded = true;
        if (Plan.Succeeds)
            TakeEffect();
    }

    protected virtual void TakeEffect()
    {
    }
}
