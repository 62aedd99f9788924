namespace OdcPowerShell.Emulator;

internal sealed record SecondsBody(double Seconds);

internal sealed record MillisecondsBody(double Milliseconds)
{
    public TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);
}

internal sealed record HideReasonsBody(bool Hide);

internal sealed record LimitsBody(bool? Enforce = null, double? WindowSeconds = null);

internal sealed record FaultsBody(int Seed, double Share, Fault[] Kinds, bool IncludeSignIn = false, double DelayMilliseconds = 300)
{
    public FaultPlan ToPlan() =>
        new(Seed, Share, Kinds) { IncludeSignIn = IncludeSignIn, Delay = TimeSpan.FromMilliseconds(DelayMilliseconds) };
}

internal sealed record StorageBody(long? ContentSize = null, long? SourceLimit = null, double? UrlLifetimeSeconds = null)
{
    public void Apply(EmulatedStorage storage)
    {
        storage.ContentSize = ContentSize ?? storage.ContentSize;
        storage.SourceLimit = SourceLimit ?? storage.SourceLimit;
        storage.UrlLifetime = UrlLifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : storage.UrlLifetime;
    }
}

/// <summary>The operations that a plan is for; the plan itself is read from the same body.</summary>
internal sealed record PlanBody(EmulatedOperation Operation, Guid? Asset = null, Guid? Stage = null, double? DurationMilliseconds = null);

/// <summary>The path that an answer is for; the answer itself is read from the same body.</summary>
internal sealed record PathBody(string Path);
