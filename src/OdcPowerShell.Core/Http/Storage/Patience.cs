namespace OdcPowerShell.Http;

/// <summary>The time limit of a transfer: not of the whole, which may be large, but of each pause in which no byte moves.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;
    private readonly TimeSpan _span;

    internal Patience(TimeSpan span, CancellationToken caller)
    {
        _span = span;
        _caller = caller;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Renew();
    }

    internal CancellationToken Token => _limit.Token;

    internal void Renew() => _limit.CancelAfter(_span);

    /// <summary>Runs a part of a transfer with an address, and says what a failure of it means.</summary>
    internal async Task<T> RunAsync<T>(StorageAddress address, Func<StorageAddress, Uri?> proxyFor, Func<Task<T>> part)
    {
        try
        {
            return await part().ConfigureAwait(false);
        }
        catch (Exception e) when (!_caller.IsCancellationRequested && _limit.IsCancellationRequested && NetworkFailure.IsCancellation(e))
        {
            throw NetworkFailure.TimedOut(address.Uri, _span, e);
        }
        catch (OperationCanceledException e) when (!_caller.IsCancellationRequested && e.InnerException is TimeoutException)
        {
            throw NetworkFailure.NotReached(address.Uri, _span, proxyFor(address), e);
        }
        catch (Exception e) when (!_caller.IsCancellationRequested && e is HttpRequestException or IOException)
        {
            throw e.InnerException as OdcException ?? OfStorage(NetworkFailure.Explain(e, address.Uri, proxyFor(address)));
        }
    }

    private static OdcException OfStorage(OdcException e) => e.Cause != OdcErrorCause.DnsFailed ? e : new OdcException(
        e.Cause, e.Message, "Files are on a host of their own, besides the tenant's: check this machine's DNS, and that firewall and proxy let it through.", e);

    public void Dispose() => _limit.Dispose();
}
