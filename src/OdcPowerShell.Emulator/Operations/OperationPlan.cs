namespace OdcPowerShell.Emulator;

/// <summary>How coming operations go instead of well.</summary>
public sealed record OperationPlan
{
    public static OperationPlan Endless { get; } = new() { IsEndless = true };
    /// <summary>Whether the operation ends in the failed status of its kind.</summary>
    public bool Fails { get; init; }
    /// <summary>The status at the end, such as "TimedOut" or "Deleted"; null stands for the one of its kind.</summary>
    public string? FinalStatus { get; init; }
    public bool IsEndless { get; init; }
    /// <summary>Whether a build or a packaging answers at once that it was not started.</summary>
    public bool IsRefused { get; init; }
    /// <summary>How long it takes; null stands for the tenant's duration.</summary>
    public TimeSpan? Duration { get; init; }
    public IReadOnlyList<string> Messages { get; init; } = [];
    /// <summary>What an analysis finds besides what is there.</summary>
    public IReadOnlyList<AnalysisConflict> Conflicts { get; init; } = [];
    /// <summary>How many operations it is good for; null stands for all.</summary>
    public int? Times { get; init; } = 1;
    internal static OperationPlan Success { get; } = new();
    internal bool Succeeds => !Fails && FinalStatus is null;

    public static OperationPlan Failing(params string[] messages) => new() { Fails = true, Messages = messages };

    /// <summary>Ends in this status with these messages, and without effect.</summary>
    public static OperationPlan Ending(string finalStatus, params string[] messages) =>
        new() { FinalStatus = finalStatus, Messages = messages };

    public static OperationPlan Finding(params AnalysisConflict[] conflicts) => new() { Conflicts = conflicts };
}

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
    /// <summary>Pending configurations going live.</summary>
    ApplyConfigs,
    DeploymentAnalysis,
    DeletionAnalysis,
    /// <summary>The removal of a deleted asset from its stages.</summary>
    Deletion,
    /// <summary>A bulk operation on users.</summary>
    UserImport,
}

/// <summary>
/// What an analysis finds: NameCollision, MissingApplication, UrlDiscrepancy or UnsupportedRuntime about a whole asset, MissingElement or
/// IncompatibleElement about one of its elements. An error blocks, a warning does not.
/// </summary>
public sealed record AnalysisConflict(string ConflictType, bool IsError = false)
{
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
