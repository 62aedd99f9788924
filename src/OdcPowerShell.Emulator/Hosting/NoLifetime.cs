namespace OdcPowerShell.Emulator;

/// <summary>Leaves Ctrl+C and termination to the process the emulator runs in.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
