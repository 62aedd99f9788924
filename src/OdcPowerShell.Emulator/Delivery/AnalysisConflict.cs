namespace OdcPowerShell.Emulator;

/// <summary>
/// What an analysis finds: NameCollision, MissingApplication, UrlDiscrepancy or UnsupportedRuntime about a whole asset, MissingElement or
/// IncompatibleElement about one of its elements. An error blocks, a warning does not.
/// </summary>
public sealed record AnalysisConflict(string ConflictType, bool IsError)
{
    /// <summary>The asset in conflict; null stands for the analysed one.</summary>
    public Guid? Asset { get; init; }

    /// <summary>What the asset is to the analysed one: Producer, Consumer, None or Deployed.</summary>
    public string ReferenceType { get; init; } = "Producer";

    /// <summary>The element in conflict.</summary>
    public string? ElementName { get; init; }

    /// <summary>The type of the element.</summary>
    public string? ElementType { get; init; }

    /// <summary>How an element is incompatible, such as "InputParameterMismatch".</summary>
    public string? IncompatibilityType { get; init; }

    /// <summary>What helps to understand the conflict.</summary>
    public string? Hint { get; init; }

    internal bool IsAboutElement => ConflictType is "MissingElement" or "IncompatibleElement";
}
