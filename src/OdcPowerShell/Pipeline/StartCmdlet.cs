namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that starts long-running operations, and can wait for them.</summary>
public abstract class StartCmdlet : ChangeCmdlet
{
    private WaitingLoop? _loop;

    private protected StartCmdlet()
    {
    }

    /// <summary>Waits until the operations have ended, and writes each as soon as it has. The service is asked every 5 seconds at first, and every 30 seconds later; the wait outlives outages. An operation that fails is an error with its own messages.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait, how many seconds to wait at most, for all operations together. An operation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <summary>With -Wait, after how many seconds without a new status or message an operation is not waited for any longer. Without it, only -TimeoutSec counts.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ValueRequired]
    public int StallTimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_loop is not null)
            this.WaitForAll(_loop, WriteEnded);
    }

    /// <summary>Writes what was started; with -Wait when it has ended, waiting for all together when all input has come.</summary>
    private protected void WriteOrWait<T>(T started)
        where T : OdcResource, ILongRunning
    {
        if (Wait)
            WaitAtEnd(started);
        else
            Write(started);
    }

    private protected void WaitAtEnd(ILongRunning started) => (_loop ??= NewLoop(TimeoutSec, StallTimeoutSec)).Add(started);

    /// <summary>Writes an operation that ended well; any other is an error.</summary>
    private protected virtual void WriteEnded(WaitOutcome outcome)
    {
        if (this.EndedWell(outcome))
            Write((OdcResource)outcome.Operation);
    }
}
