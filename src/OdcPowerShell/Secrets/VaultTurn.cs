namespace OdcPowerShell.Secrets;

/// <summary>One caller's turn at the vaults. It lasts as long as the work, even when nobody waits for that any more.</summary>
internal sealed class VaultTurn(SemaphoreSlim gate)
{
    private int _isTaken;

    internal T Take<T>(Func<T> work)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new OperationCanceledException();
        try
        {
            return work();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends a turn that was not taken, and will not be.</summary>
    internal void GiveUp()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            gate.Release();
    }
}
