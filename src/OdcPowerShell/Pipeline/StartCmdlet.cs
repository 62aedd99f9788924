using System.Management.Automation;
using OdcPowerShell.Http;
using OdcPowerShell.Parameters;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that starts operations which take time, and can wait for them.</summary>
public abstract class StartCmdlet : ChangeCmdlet
{
    private object? _watch;
    private Action? _waitAtEnd;

    private protected StartCmdlet()
    {
    }

    /// <summary>Waits until the operation has ended, and writes it then. The service is asked every 5 seconds at first, and every 30 seconds later. An operation that fails is an error with its own messages.</summary>
    [Parameter]
    [ValueRequired]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait, how many seconds to wait at the most. An operation that takes longer continues, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _waitAtEnd?.Invoke();
    }

    /// <summary>Writes what was started; with -Wait when it has ended, waiting for all together when all input has come.</summary>
    private protected void WriteOrWait<T>(T started, Func<OdcClient, OperationKind<T>> kind)
        where T : OdcResource, ILongRunning
    {
        if (!Wait)
        {
            Write(started);
            return;
        }

        if (_watch is not OperationWatch<T> watch)
        {
            _watch = watch = Watch(kind(Client));
            _waitAtEnd = () => WriteEnded(watch);
        }

        watch.Add(started);
    }

    private protected OperationWatch<T> Watch<T>(OperationKind<T> kind)
        where T : class, ILongRunning => new(Client, kind, TimeSpan.FromSeconds(TimeoutSec));

    /// <summary>Waits for all that is watched, and writes those that end well; the others are errors.</summary>
    private protected void WriteEnded<T>(OperationWatch<T> watch)
        where T : OdcResource, ILongRunning => this.WaitForAll(watch, ended =>
        {
            if (this.EndedWell(watch, ended))
                Write(ended);
        });
}
