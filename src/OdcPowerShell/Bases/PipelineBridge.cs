using System.Collections.Concurrent;
using System.Management.Automation.Host;

namespace OdcPowerShell.Bases;

/// <summary>
/// Lets a cmdlet wait on its pipeline thread for Core's tasks. A queue brings messages and work to that thread, and
/// the cmdlet processes the queue while it waits. Ctrl+C ends every wait at once.
/// </summary>
internal sealed class PipelineBridge(Cmdlet cmdlet, Func<PSHost?> host) : ICaller, IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly CancellationTokenSource _stop = new();

    internal CancellationToken Stopped => _stop.Token;

    internal T Wait<T>(Task<T> task)
    {
        try
        {
            if (!task.IsCompleted)
                Serve(task);
            while (_queue.TryTake(out var action))
                action();
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Serve(Task task)
    {
        _ = task.ContinueWith(_ => Enqueue(() => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
            _queue.Take(_stop.Token)();
    }

    public bool IsWaiting => true;

    public void Verbose(string message) => Enqueue(() => cmdlet.WriteVerbose(message));

    public void Warning(string message) => Enqueue(() => cmdlet.WriteWarning(message));

    public void Incomplete(string message) => Warning(message);

    public void Progress(CallerProgress progress) => Enqueue(() =>
    {
        if (ProgressBars.AreSeen(host()?.Name, Console.IsOutputRedirected, Environment.GetEnvironmentVariable))
            cmdlet.WriteProgress(Record(progress));
    });

    /// <summary>What to do when an answer was used again; nothing unless the command can read it anew.</summary>
    internal Action<TimeSpan>? WhenReused { get; set; }

    public void Reused(TimeSpan age)
    {
        if (WhenReused is { } reused)
            Enqueue(() => reused(age));
    }

    private static ProgressRecord Record(CallerProgress progress) => new(progress.Id, progress.Activity, progress.Status ?? "Waiting")
    {
        ParentActivityId = progress.ParentId ?? -1,
        PercentComplete = progress.Percent ?? -1,
        RecordType = progress is { Left: null, Status: null } ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        SecondsRemaining = (int)(progress.Left?.TotalSeconds ?? -1),
    };

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        _ = done.Task.ContinueWith(_ => stopping.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Enqueue(() =>
        {
            try
            {
                if (!cancellationToken.IsCancellationRequested)
                    done.TrySetResult(work(cancellationToken));
            }
            catch (Exception e) when (done.TrySetException(e))
            {
                // The task that is awaited has the exception.
            }
        });
        return done.Task;
    }

    /// <summary>The message for the user when Ctrl+C, or a later command that needs no more input, ends the current wait.</summary>
    internal Func<string?>? WhenStopped { get; set; }

    internal void Stop()
    {
        _stop.Cancel();
        var message = WhenStopped?.Invoke();
        WhenStopped = null;
        if (message is not null)
            host()?.UI?.WriteWarningLine(message);
    }

    /// <summary>Ends the work that still runs. PowerShell only disposes a cmdlet when a later command needs no more input; it does not stop it.</summary>
    public void Dispose() => Stop();

    // A task that was abandoned may still add messages. Nothing reads them any more.
    private void Enqueue(Action action) => _queue.Add(action);
}

/// <summary>Whether progress bars are visible. Hosts other than the console handle progress records themselves.</summary>
internal static class ProgressBars
{
    /// <summary>
    /// A console whose output goes to a file or a pipe shows no bars; with <c>-EncodedCommand</c> it writes the records to the error stream as XML
    /// instead. A CI runner that emulates a terminal fills its log with them.
    /// </summary>
    internal static bool AreSeen(string? host, bool isOutputRedirected, Func<string, string?> environment) =>
        host != "ConsoleHost" || (!isOutputRedirected && !IsSet(environment("CI")) && !IsSet(environment("GITHUB_ACTIONS")) && !IsSet(environment("TF_BUILD")));

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value) && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
}
