namespace OdcPowerShell.Emulator;

// Defaults stand in the constructors: the compiled reader of JSON forgets those of init properties.

/// <summary>A plan, and the operations it is for.</summary>
internal sealed record PlanBody(
    EmulatedOperation Operation, Guid? Asset = null, Guid? Stage = null, bool Fails = false, string? FinalStatus = null,
    bool IsEndless = false, bool IsRefused = false, double? DurationMilliseconds = null, string[]? Messages = null,
    ConflictBody[]? Conflicts = null, int? Times = 1)
{
    public const string Example = """{"operation":"Deploy","asset":null,"stage":null,"fails":true,"messages":["The disk is full."],"times":1}""";

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
