using System.Security.Cryptography.X509Certificates;

namespace OdcPowerShell.Emulator;

/// <summary>An ODC service on loopback with two tenants, acme and globex, that share nothing.</summary>
public sealed class OdcEmulator : IAsyncDisposable
{
    private static readonly ImmutableArray<(string Name, string OrganizationName)> s_tenants =
        [("acme", "ACME Corporation"), ("globex", "Globex Ltd")];

    private readonly ConcurrentQueue<TenantHost> _hosts = [];
    private readonly List<EmulatedTenant> _tenants = [];

    private OdcEmulator()
    {
    }

    public IReadOnlyList<EmulatedTenant> Tenants => _tenants;
    internal TakenDomains Domains { get; } = new(s_tenants.Select(tenant => tenant.Name));

    /// <summary>The tenant of a name; throws <see cref="KeyNotFoundException"/> for any other name.</summary>
    public EmulatedTenant this[string name] =>
        Tenants.FirstOrDefault(tenant => string.Equals(tenant.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"The emulator has no tenant '{name}'.");

    public static async Task<OdcEmulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Users, nameof(options));
        var emulator = new OdcEmulator();
        try
        {
            foreach (var (index, (name, organizationName)) in s_tenants.Take(options.HasGlobex ? 2 : 1).Index())
            {
                var own = options.IsGlobexEmpty && index > 0 ? options with { IsEmpty = true, Users = 0 } : options;
                var host = new TenantHost(emulator, name, organizationName, options.Port == 0 ? 0 : options.Port + index, own);
                emulator._hosts.Enqueue(host);
                emulator._tenants.Add(host.Tenant);
            }

            await Task.WhenAll(emulator._hosts.Select(host => host.StartAsync(cancellationToken)));
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var stops = new List<Task>();
        while (_hosts.TryDequeue(out var host))
            stops.Add(host.DisposeAsync().AsTask());
        await Task.WhenAll(stops);
    }
}

public sealed record EmulatorOptions
{
    /// <summary>The port of the tenant acme; globex then gets the next one, identity servers any. 0: any free port.</summary>
    public int Port { get; init; }
    /// <summary>Whether there is a second tenant, globex: without it the start takes half the time.</summary>
    public bool HasGlobex { get; init; } = true;
    /// <summary>Whether the second tenant has only what its administrators can't remove: no users, groups, custom domains, or roles and IP filters of its own.</summary>
    public bool IsGlobexEmpty { get; init; }
    /// <summary>The same for the tenant that is made.</summary>
    internal bool IsEmpty { get; init; }
    public int Users { get; init; } = 250;
    /// <summary>Keys, secrets and users are made from it: the same seed makes the same data.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>The day on which the history of the tenants begins: for two months from then on, revisions were made and deployed. Fixed, so that the same seed makes the same dates on every day.</summary>
    public DateTimeOffset FirstDay { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    /// <summary>Before it, users have signed in for the last time.</summary>
    public DateTimeOffset LastSignIn { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
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

    /// <summary>The same with the dates of the last two months, so that users have signed in lately and something was deployed in the last days.</summary>
    public EmulatorOptions Recent()
    {
        var now = DateTimeOffset.UtcNow;
        return this with { FirstDay = now.AddDays(-49.5), LastSignIn = now };
    }
}
