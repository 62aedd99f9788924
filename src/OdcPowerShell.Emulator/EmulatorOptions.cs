using System.Security.Cryptography.X509Certificates;

namespace OdcPowerShell.Emulator;

public sealed record EmulatorOptions
{
    /// <summary>The port of the tenant acme; globex then gets the next one, identity servers any. 0: any free port.</summary>
    public int Port { get; init; }
    /// <summary>Whether there is a second tenant, globex: without it the start takes half the time.</summary>
    public bool HasGlobex { get; init; } = true;
    public int Users { get; init; } = 250;
    /// <summary>Keys, secrets and users are made from it: the same seed makes the same data.</summary>
    public int Seed { get; init; } = 1;
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(12);
    public bool EnforceLimits { get; init; } = true;
    public TimeSpan LimitWindow { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Latency { get; init; }
    public TimeSpan BulkDuration { get; init; } = TimeSpan.FromMilliseconds(300);
    /// <summary>How long builds, deployments, analyses and the like take.</summary>
    public TimeSpan OperationDuration { get; init; } = TimeSpan.FromMilliseconds(200);
    /// <summary>The number of assets in each tenant; never fewer than the fixed ones.</summary>
    public int Assets { get; init; }
    /// <summary>The certificate to serve https with; without it the emulator serves http.</summary>
    public X509Certificate2? Certificate { get; init; }
    internal bool LogToStandardError { get; init; }
}
