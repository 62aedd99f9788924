using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OdcPowerShell.Emulator;

/// <summary>The web server of one tenant: portal, identity server and storage on a port each.</summary>
internal sealed class TenantHost : IAsyncDisposable
{
    private readonly SignInServer _signIn;
    private readonly WebApplication _app;

    public TenantHost(
        EmulatedTenant tenant, IReadOnlyList<EmulatedTenant> tenants, IReadOnlyList<Socket> ports, EmulatorOptions options)
    {
        // The empty builder reads no environment variable and no file: the machine does not change the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The APIs reject large bodies themselves, each with its own error.
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var port in ports)
            {
                kestrel.Listen((IPEndPoint)port.LocalEndPoint!, listen =>
                {
                    if (options.Certificate is not null)
                        listen.UseHttps(options.Certificate);
                });
            }
        });
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            // A write is done when its bytes have left: a fault's reset must not overtake them.
            sockets.MaxWriteBufferSize = 2;
            sockets.CreateBoundListenSocket = endPoint => ports.First(port => port.LocalEndPoint!.Equals(endPoint));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        // Keys of a tenant that ends with the process are not kept on disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        _signIn = new SignInServer(tenant);
        _signIn.Add(builder.Services);
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
        var bearer = _app.Services.GetRequiredService<BearerCheck>();
        var control = new ControlApi(tenant, tenants);
        _app.MapWhen(context => IsPortal(tenant, context, "/api"), portal => portal.Run(context => apis.ServeAsync(context, bearer)));
        _app.MapWhen(context => IsPortal(tenant, context, "/_emulator"), portal => portal.Run(control.ServeAsync));
        _app.UseAuthentication();
        _app.Run(NotFoundPage);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _signIn.Dispose();
    }

    /// <summary>At its start the library makes a key and stores it, whatever provider is used afterwards: this keeps it out of the user's home.</summary>
    private sealed class KeysInMemory : IXmlRepository
    {
        private readonly List<XElement> _keys = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys];

        public void StoreElement(XElement element, string friendlyName) => _keys.Add(element);
    }

    private static bool IsPortal(EmulatedTenant tenant, HttpContext context, string path) =>
        context.Connection.LocalPort == tenant.Url.Port && context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static Task NotFoundPage(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            "<!DOCTYPE html><html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>");
    }
}

/// <summary>Leaves Ctrl+C and termination to the process in which the emulator runs.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Ports of 127.0.0.1 that are bound before the server starts, so that the issuer's URL is known and no other process takes them.</summary>
internal static class LoopbackPort
{
    public static Socket Bind(int port) => SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, port));
    public static int NumberOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
