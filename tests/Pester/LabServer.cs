using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using OdcPowerShell.Emulator;

namespace OdcPowerShell.Pester.Tests;

/// <summary>Emulators in this process, started and stopped by the suites over HTTP: a process of its own for each would take most of the time.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OdcEmulator> _labs = new(StringComparer.Ordinal);
    private readonly WebApplication _server;

    private LabServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapMethods("/", ["POST"], OpenAsync);
        _server.MapMethods("/{key}", ["DELETE"], CloseAsync);
    }

    internal string Url => _server.Urls.Single();

    internal static async Task<LabServer> StartAsync()
    {
        var labs = new LabServer();
        await labs._server.StartAsync();
        return labs;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var emulator in _labs.Values)
            await emulator.DisposeAsync();
    }

    private async Task OpenAsync(HttpContext context)
    {
        var emulator = await OdcEmulator.StartAsync(new EmulatorOptions
        {
            Users = int.Parse(context.Request.Query["users"]!, CultureInfo.InvariantCulture),
            Assets = int.Parse(context.Request.Query["assets"]!, CultureInfo.InvariantCulture),
            EnforceLimits = false,
        });
        var key = Guid.NewGuid().ToString();
        _labs[key] = emulator;
        await context.Response.WriteAsJsonAsync(new { key, url = emulator.Tenants[0].Url });
    }

    private async Task CloseAsync(HttpContext context)
    {
        if (_labs.TryRemove((string)context.GetRouteValue("key")!, out var emulator))
            await emulator.DisposeAsync();
    }
}
