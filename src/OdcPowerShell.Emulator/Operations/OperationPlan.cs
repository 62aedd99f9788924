namespace OdcPowerShell.Emulator;

public sealed record OperationPlan
{
    public static OperationPlan Endless { get; } = new() { IsEndless = true };
    /// <summary>Whether the operation ends in the failed status of its kind.</summary>
    public bool Fails { get; init; }
    /// <summary>The status at the end, such as "TimedOut" or "Deleted"; null: the one of its kind.</summary>
    public string? FinalStatus { get; init; }
    public bool IsEndless { get; init; }
    /// <summary>Whether a build or a packaging answers at once that it was not started.</summary>
    public bool IsRefused { get; init; }
    /// <summary>How long it takes; null: the tenant's duration.</summary>
    public TimeSpan? Duration { get; init; }
    /// <summary>The errors of a failure, else warnings.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];
    /// <summary>What an analysis finds besides the real conflicts.</summary>
    public IReadOnlyList<AnalysisConflict> Conflicts { get; init; } = [];
    /// <summary>For how many operations it is; null: for all.</summary>
    public int? Times { get; init; } = 1;
    internal static OperationPlan Success { get; } = new();
    internal bool Succeeds => !Fails && FinalStatus is null;

    public static OperationPlan Failing(params string[] messages) => new() { Fails = true, Messages = messages };

    public static OperationPlan Finding(params AnalysisConflict[] conflicts) => new() { Conflicts = conflicts };
}

/// <summary>
/// What an analysis finds: NameCollision, MissingApplication, UrlDiscrepancy or UnsupportedRuntime about a whole asset, MissingElement or
/// IncompatibleElement about one of its elements. An error blocks, a warning does not.
/// </summary>
public sealed record AnalysisConflict(string ConflictType, bool IsError = false)
{
    /// <summary>The asset in conflict; null: the analysed one.</summary>
    public Guid? Asset { get; init; }
    /// <summary>What the asset is to the analysed one: Producer, Consumer, None or Deployed.</summary>
    public string ReferenceType { get; init; } = "Producer";
    public string? ElementName { get; init; }
    public string? ElementType { get; init; }
    /// <summary>How an element is incompatible, such as "InputParameterMismatch".</summary>
    public string? IncompatibilityType { get; init; }
    public string? Hint { get; init; }
    internal bool IsAboutElement => ConflictType is "MissingElement" or "IncompatibleElement";
}
