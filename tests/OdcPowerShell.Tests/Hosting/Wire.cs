using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>A relay on loopback in front of a tenant that keeps every byte sent to it, before any server has made sense of it.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStream _sent = new();
    private readonly Uri _server;
    private readonly Task _accepting;

    internal Wire(Uri server)
    {
        _server = server;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    internal Uri Url { get; }

    /// <summary>All that was sent, a character for each byte.</summary>
    internal string Sent
    {
        get
        {
            lock (_sent)
                return Encoding.Latin1.GetString(_sent.ToArray());
        }
    }

    internal void Forget()
    {
        lock (_sent)
            _sent.SetLength(0);
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task RelayAsync(TcpClient caller)
    {
        using var server = new TcpClient();
        using (caller)
        {
            await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            var (from, to) = (caller.GetStream(), server.GetStream());
            await Task.WhenAny(KeepAsync(from, to), to.CopyToAsync(from, _stop.Token));
        }
    }

    private async Task KeepAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
        {
            lock (_sent)
                _sent.Write(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAny(_accepting);
        _stop.Dispose();
    }
}
