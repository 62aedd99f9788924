using System.Management.Automation;
using OdcPowerShell.Http;

namespace OdcPowerShell.Pipeline;

/// <summary>A cmdlet that starts operations which take time, and can wait for them.</summary>
public abstract class StartCmdlet : ChangeCmdlet
{
    private protected StartCmdlet()
    {
    }

    /// <summary>Waits until the operation has ended, and writes it then. The service is asked every 5 seconds at first, and every 30 seconds later.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>With -Wait, how many seconds to wait at the most. An operation that takes longer goes on, and is an error here.</summary>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSec { get; set; } = 3600;

    private protected TimeSpan Limit => TimeSpan.FromSeconds(TimeoutSec);

    /// <summary>Waits for all that is watched; each operation that ended, or took too long, is handed over at once.</summary>
    private protected void WaitForAll<T>(OperationWatch<T> watch, string pickUp, Action<T> ended)
        where T : class, ILongRunning
    {
        WhenStopped = () => $"Not waited for any longer, but still going on: {string.Join(", ", watch.UnderWay.Select(o => o.OperationKey))}. {pickUp}";
        while (Run(stopped => watch.NextAsync(Caller, stopped)) is { Count: > 0 } some)
        {
            foreach (var operation in some)
            {
                if (!operation.IsTerminal)
                    WriteError(ErrorRecords.From(TookTooLong(operation, pickUp), operation));
                ended(operation);
            }
        }

        WhenStopped = null;
        Caller.Progress(new CallerProgress("Waiting for operations", Left: null));
    }

    private OdcException TookTooLong(ILongRunning operation, string pickUp) => new(
        OdcErrorCause.Timeout, $"The operation {operation.OperationKey} is still {operation.Status} after {TimeoutSec} seconds. It goes on.", $"{pickUp} -TimeoutSec gives it more time.");
}
