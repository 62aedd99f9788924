namespace OdcPowerShell.Emulator;

/// <summary>An ODC service on loopback with two tenants, acme and globex, that share nothing.</summary>
public sealed class OdcEmulator : IAsyncDisposable
{
    private readonly List<TenantHost> _hosts = [];

    private OdcEmulator(IReadOnlyList<EmulatedTenant> tenants) => Tenants = tenants;

    public IReadOnlyList<EmulatedTenant> Tenants { get; }

    /// <summary>The tenant of a name; throws <see cref="KeyNotFoundException"/> for any other name.</summary>
    public EmulatedTenant this[string name] =>
        Tenants.FirstOrDefault(tenant => string.Equals(tenant.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"The emulator has no tenant '{name}'.");

    public static async Task<OdcEmulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Users, nameof(options));

        var ports = new List<LoopbackPort>();
        OdcEmulator? emulator = null;
        try
        {
            (string Name, string OrganizationName, int Port)[] tenants = [("acme", "ACME Corporation", options.Port), ("globex", "Globex Ltd", options.Port == 0 ? 0 : options.Port + 1)];
            if (!options.HasGlobex)
                tenants = tenants[..1];
            foreach (var port in tenants.SelectMany(t => new[] { t.Port, 0, 0 }))
                ports.Add(LoopbackPort.Bind(port));

            emulator = new OdcEmulator([.. tenants.Select((t, i) =>
                new EmulatedTenant(t.Name, t.OrganizationName, ports[3 * i].Number, ports[(3 * i) + 1].Number, ports[(3 * i) + 2].Number, options))]);
            await Task.WhenAll(emulator.Tenants.Select((tenant, i) =>
                emulator.StartHostAsync(tenant, ports.GetRange(3 * i, 3), options, cancellationToken)));
            return emulator;
        }
        catch
        {
            if (emulator is not null)
                await emulator.DisposeAsync();
            ports.ForEach(port => port.Dispose());
            throw;
        }
    }

    /// <summary>Stops the tenants; requests under way are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        TenantHost[] hosts;
        lock (_hosts)
        {
            hosts = [.. _hosts];
            _hosts.Clear();
        }

        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    private async Task StartHostAsync(
        EmulatedTenant tenant, IReadOnlyList<LoopbackPort> ports, EmulatorOptions options, CancellationToken cancellationToken)
    {
        var host = new TenantHost(tenant, Tenants, ports, options);
        lock (_hosts)
            _hosts.Add(host);
        await host.StartAsync(cancellationToken);
    }
}
