namespace OdcPowerShell.Json;

/// <summary>An answer that knows which member it can't be without: an answer that lacks it came from something else than the API.</summary>
internal interface IAnswer
{
    /// <summary>The member that is missing; null when the answer is whole.</summary>
    string? Missing { get; }
}
