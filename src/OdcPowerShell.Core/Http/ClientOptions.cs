namespace OdcPowerShell.Http;

/// <summary>How a connection talks to its tenant.</summary>
internal sealed record ClientOptions
{
    /// <summary>Limit of one request with its answer.</summary>
    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>A proxy instead of the system's.</summary>
    internal Uri? Proxy { get; init; }

    internal string UserAgent { get; init; } = "OdcPowerShell";

    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
