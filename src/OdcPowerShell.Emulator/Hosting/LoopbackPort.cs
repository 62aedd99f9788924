using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OdcPowerShell.Emulator;

/// <summary>A port of 127.0.0.1 held from before the server starts, so that the issuer's address is known and nobody takes it.</summary>
internal sealed class LoopbackPort : IDisposable
{
    private readonly Socket _socket;

    private LoopbackPort(Socket socket) => _socket = socket;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Number);
    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public static LoopbackPort Bind(int port) =>
        new(SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, port)));

    /// <summary>Gives the socket to the server that listens on it and closes it.</summary>
    public Socket HandOver() => _socket;
    public void Dispose() => _socket.Dispose();
}
