namespace OdcPowerShell.Core.Tests;

/// <summary>A caller that keeps its messages and lends whatever thread it is on.</summary>
internal sealed class Caller : ICaller
{
    internal List<string> Messages { get; } = [];

    internal List<string> Warnings { get; } = [];

    internal List<CallerProgress> Progresses { get; } = [];

    public bool IsWaiting => true;

    public void Progress(CallerProgress progress)
    {
        lock (Progresses)
            Progresses.Add(progress);
    }

    internal List<TimeSpan> Ages { get; } = [];

    public void Incomplete(string message) => Warning(message);

    public void Reused(TimeSpan age) => Ages.Add(age);

    public void Verbose(string message)
    {
        lock (Messages)
            Messages.Add(message);
    }

    public void Warning(string message)
    {
        lock (Warnings)
            Warnings.Add(message);
    }

    public Task<T> RunOnCallerThreadAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => Task.FromResult(work(cancellationToken));
}
