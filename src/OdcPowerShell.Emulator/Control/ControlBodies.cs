namespace OdcPowerShell.Emulator;

internal sealed record SecondsBody(double Seconds);

internal sealed record MillisecondsBody(double Milliseconds)
{
    public TimeSpan Time => TimeSpan.FromMilliseconds(Milliseconds);
}

internal sealed record HideReasonsBody(bool Hide);

internal sealed record LimitsBody(bool? Enforce = null, double? WindowSeconds = null);

internal sealed record CannedBody(
    string Path, int Status, string ContentType = "application/json", string Body = "", Dictionary<string, string>? Headers = null,
    int? Times = null)
{
    public CannedAnswer ToAnswer()
    {
        var answer = new CannedAnswer(Status, ContentType, Body) { Times = Times };
        return Headers is null ? answer : answer with { Headers = Headers };
    }
}

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

/// <summary>A plan, and the operations it is for.</summary>
internal sealed record PlanBody(
    EmulatedOperation Operation, Guid? Asset = null, Guid? Stage = null, bool Fails = false, string? FinalStatus = null,
    bool IsEndless = false, bool IsRefused = false, double? DurationMilliseconds = null, string[]? Messages = null,
    ConflictBody[]? Conflicts = null, int? Times = 1)
{
    public OperationPlan ToPlan() => new()
    {
        Fails = Fails,
        FinalStatus = FinalStatus,
        IsEndless = IsEndless,
        IsRefused = IsRefused,
        Duration = DurationMilliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        Messages = Messages ?? [],
        Conflicts = [.. (Conflicts ?? []).Select(conflict => conflict.ToConflict())],
        Times = Times,
    };
}

internal sealed record ConflictBody(
    string ConflictType, bool IsError = false, Guid? Asset = null, string ReferenceType = "Producer", string? ElementName = null,
    string? ElementType = null, string? IncompatibilityType = null, string? Hint = null)
{
    public AnalysisConflict ToConflict() => new(ConflictType, IsError)
    {
        Asset = Asset,
        ReferenceType = ReferenceType,
        ElementName = ElementName,
        ElementType = ElementType,
        IncompatibilityType = IncompatibilityType,
        Hint = Hint,
    };
}
