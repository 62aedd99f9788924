namespace OdcPowerShell.Http;

/// <summary>
/// The sockets of one connection, opened by the first request. Close lets go of them; a request that comes later, from a runspace that was
/// handed the connection before, opens new ones.
/// </summary>
internal sealed class SocketPool(Func<HttpMessageHandler> open) : HttpMessageHandler
{
    private readonly object _gate = new();
    private HttpMessageInvoker? _sockets;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpMessageInvoker sockets;
        lock (_gate)
            sockets = _sockets ??= new HttpMessageInvoker(open());
        return sockets.SendAsync(request, cancellationToken);
    }

    /// <summary>Closes the sockets; requests under way end first.</summary>
    internal void Close()
    {
        HttpMessageInvoker? sockets;
        lock (_gate)
            (sockets, _sockets) = (_sockets, null);
        sockets?.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }
}
