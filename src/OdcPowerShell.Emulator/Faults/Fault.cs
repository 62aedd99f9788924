namespace OdcPowerShell.Emulator;

/// <summary>
/// What goes wrong with a request. Up to <see cref="HugeError"/> the operation is not run; after it, it is, and an answer that has
/// nothing to spoil (no body, no JSON, no page) passes unharmed and uncounted.
/// </summary>
public enum Fault
{
    /// <summary>The connection is reset before the answer.</summary>
    ResetBeforeHeaders,
    /// <summary>502 with the page of a gateway.</summary>
    Html502,
    /// <summary>503 with the page of a gateway.</summary>
    Html503,
    /// <summary>500 with a problem.</summary>
    Error500,
    /// <summary>408 without a body, then the connection is closed.</summary>
    Status408,
    /// <summary>429 without Retry-After.</summary>
    Throttled,
    /// <summary>429 with Retry-After: 1.</summary>
    ThrottledSeconds,
    /// <summary>429 with a date 1 to 2 seconds ahead in Retry-After.</summary>
    ThrottledDate,
    /// <summary>500 with a body of 20 MB.</summary>
    HugeError,
    /// <summary>The operation begins after <see cref="FaultPlan.Delay"/>.</summary>
    SlowFirstByte,
    /// <summary>The body dribbles over <see cref="FaultPlan.Delay"/>.</summary>
    SlowBody,
    /// <summary>The connection is reset after the operation, before its answer.</summary>
    LostAnswer,
    /// <summary>The connection is reset after the headers and half of the body.</summary>
    ResetInBody,
    /// <summary>The connection is closed before as many bytes have come as Content-Length says.</summary>
    ShortBody,
    /// <summary>The body ends in the middle of its JSON, as Content-Length says.</summary>
    TruncatedJson,
    /// <summary>The JSON is valid, but its members have wrong types; in lists now those of the list, now those of its items.</summary>
    WrongTypes,
    /// <summary>The JSON is right, but said to be text/plain.</summary>
    WrongContentType,
    /// <summary>The total of a page is one more with each request.</summary>
    TotalsChange,
    /// <summary>The next offset of a page is the one asked for.</summary>
    NextStalls,
    /// <summary>The next offset of a page is 0.</summary>
    NextRepeats,
    /// <summary>The next offset of a page is -1.</summary>
    NextNegative,
}
