namespace OdcPowerShell.Emulator;

/// <summary>Which requests get which fault; the same seed decides the same for the n-th request of a run.</summary>
public sealed class FaultPlan
{
    private readonly ulong _seed;
    private readonly double _share;
    private readonly Fault[] _kinds;
    private int _requests;
    private int _injected;

    /// <summary>Draws one of the kinds for a share (0 to 1) of the requests; throws <see cref="ArgumentException"/> otherwise.</summary>
    public FaultPlan(int seed, double share, params Fault[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (share is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be from 0 to 1.");
        if (kinds.Length == 0 && share > 0)
            throw new ArgumentException("A share of the requests needs kinds of faults.", nameof(kinds));
        if (Array.Exists(kinds, kind => !Enum.IsDefined(kind)))
            throw new ArgumentOutOfRangeException(nameof(kinds), "There is no such kind of fault.");
        _seed = Derivation.Mix((ulong)seed);
        _share = share;
        _kinds = [.. kinds];
    }

    /// <summary>Whether all requests of all ports count, not only those under /api.</summary>
    public bool IncludeSignIn { get; init; }
    /// <summary>Method and path of the requests that count; null: all.</summary>
    public Func<string, string, bool>? Only { get; init; }

    /// <summary>How long the slow kinds take.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(300);

    public int Injected => Volatile.Read(ref _injected);

    internal FaultDraw? Draw(HttpRequest request)
    {
        if (_share == 0 || !Counts(request))
            return null;
        var number = Interlocked.Increment(ref _requests);
        var random = Derivation.Mix(_seed + (ulong)number);
        return (random >> 11) / (double)(1UL << 53) < _share
            ? new FaultDraw(this, number, _kinds[Derivation.Mix(random) % (ulong)_kinds.Length])
            : null;
    }

    internal void CountInjected() => Interlocked.Increment(ref _injected);

    private bool Counts(HttpRequest request) =>
        (IncludeSignIn || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        && Only?.Invoke(request.Method, request.Path.Value ?? "") != false;
}

internal sealed record FaultDraw(FaultPlan Plan, int Number, Fault Kind);

/// <summary>
/// What goes wrong with a request. Up to <see cref="HugeError"/> the operation is not run; after it, it is, and an answer that has
/// nothing to spoil (no body, no JSON, no page) is sent as it is and not counted.
/// </summary>
public enum Fault
{
    ResetBeforeHeaders,
    Html502,
    Html503,
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
    NextNegative,
}
