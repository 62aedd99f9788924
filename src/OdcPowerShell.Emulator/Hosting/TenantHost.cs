using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OdcPowerShell.Emulator;

/// <summary>The web server of one tenant: portal, identity server and storage on a port each.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private const string NotFound =
        "<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>";

    private readonly Socket[] _ports;
    private readonly SignInServer _signIn;
    private readonly WebApplication _app;

    public TenantHost(OdcEmulator emulator, string name, string organizationName, int port, EmulatorOptions options)
    {
        // Bound before the server starts, so that the issuer's URL is known and no other process takes them.
        _ports = [.. new[] { port, 0, 0 }.Select(number =>
            SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, number)))];
        var addresses = Array.ConvertAll(_ports, socket => (IPEndPoint)socket.LocalEndPoint!);
        var tenant = Tenant = new EmulatedTenant(name, organizationName, Array.ConvertAll(addresses, address => address.Port), options, emulator.Domains);

        // The empty builder reads no environment variable and no file: the machine does not change the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The APIs reject large bodies themselves, each with its own error.
            kestrel.Limits.MaxRequestBodySize = null;
            Array.ForEach(addresses, address => kestrel.Listen(address, listen =>
            {
                if (options.Certificate is not null)
                    listen.UseHttps(options.Certificate);
            }));
        });
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            // A write is done when its bytes have left: a fault's reset must not overtake them.
            sockets.MaxWriteBufferSize = 2;
            sockets.CreateBoundListenSocket = endPoint => _ports.First(socket => endPoint.Equals(socket.LocalEndPoint));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        _signIn = new SignInServer(tenant);
        _signIn.Add(builder.Services);
        // Keys of a tenant that ends with the process are not kept on disk, and none is made for the user at the start.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.RemoveAll<IHostedService>();
        if (options.LogToStandardError)
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        _app = builder.Build();
        _app.Use(new RequestRecorder(tenant).InvokeAsync);
        _app.Use(async (context, next) =>
        {
            if (tenant.Latency > TimeSpan.Zero && context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
                await Task.Delay(tenant.Latency, context.RequestAborted);
            await next(context);
        });
        _app.Use(new FaultInjector(tenant).InvokeAsync);
        _app.Use(tenant.Canned.InvokeAsync);
        _app.MapWhen(
            context => context.Connection.LocalPort == tenant.StorageUrl.Port,
            storage => storage.Run(new StorageServer(tenant.Store, tenant.Delivery.Storage).ServeAsync));
        var apis = AllApis.Of(tenant);
        var bearer = new BearerCheck(tenant);
        var control = new ControlApi(tenant, emulator);
        _app.MapWhen(context => IsPortal(tenant, context, "/api"), portal => portal.Run(context => apis.ServeAsync(context, bearer)));
        _app.MapWhen(context => IsPortal(tenant, context, "/_emulator"), portal => portal.Run(control.ServeAsync));
        _app.UseAuthentication();
        _app.Run(new CannedAnswer(404, "text/html; charset=utf-8", NotFound).WriteAsync);
    }

    public EmulatedTenant Tenant { get; }

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _signIn.Dispose();
        // Those of a server that did not start are open still.
        Array.ForEach(_ports, port => port.Dispose());
    }

    private static bool IsPortal(EmulatedTenant tenant, HttpContext context, string path) =>
        context.Connection.LocalPort == tenant.Url.Port && context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Leaves Ctrl+C and termination to the process in which the emulator runs.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
