using System.Diagnostics;

namespace OdcPowerShell.Emulator;

/// <summary>What the steps of a request know of it; the first of them to send or withhold its answer records it.</summary>
internal sealed class RequestTrace(EmulatorStatistics statistics, HttpRequest request, bool isTokenRequest)
{
    private readonly long _number = statistics.NextNumber();
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;
    private bool _recorded;

    /// <summary>When the request came, on a clock that nobody sets.</summary>
    public TimeSpan Arrival { get; } = Stopwatch.GetElapsedTime(0);

    public string? ClientId { get; set; }

    public string? Body { get; set; }

    public Fault? Fault { get; set; }

    public void Record(int status)
    {
        if (_recorded)
            return;
        _recorded = true;
        statistics.Add(
            new RecordedRequest(
                request.Method,
                request.Path.Value + request.QueryString.Value,
                ClientId,
                status,
                _at,
                request.Headers.Authorization.Count > 0,
                Body)
            {
                Number = _number,
                Fault = Fault,
            },
            isTokenRequest);
    }
}
