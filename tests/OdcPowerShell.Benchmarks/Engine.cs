using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OdcPowerShell.Http;

namespace OdcPowerShell.Benchmarks;

/// <summary>A runspace of the hosted engine with the module imported.</summary>
internal sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    internal Engine()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Import(Files.Module);
    }

    private Engine(string module)
    {
        _runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        _runspace.Open();
        Import(module);
    }

    /// <summary>Nothing but the import, for the process that is measured as a whole.</summary>
    internal static void ImportOnly(string module) => new Engine(module).Dispose();

    /// <summary>Connected, with a budget of the given window; without one the module never waits for a limit.</summary>
    internal static Engine Connected(EmulatorProcess emulator, TimeSpan window = default, string parameters = "")
    {
        RateBudgets.Shared.Set(emulator.Url, window);
        var engine = new Engine();
        engine.Run(
            "param($tenant, $id, $secret) Connect-Odc -Tenant $tenant -ClientId $id -ClientSecret $secret " + parameters,
            emulator.Url.ToString(), emulator.ClientId, new System.Net.NetworkCredential("", emulator.Secret).SecurePassword);
        return engine;
    }

    /// <summary>Runs a script; its first error is thrown.</summary>
    internal IReadOnlyList<PSObject> Run(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript("$ErrorActionPreference = 'Stop'").AddStatement().AddScript(script);
        foreach (var argument in arguments)
            shell.AddArgument(argument);
        return [.. shell.Invoke()];
    }

    /// <summary>How many milliseconds it takes to stop a script that waits, as Ctrl+C does.</summary>
    internal async Task<double> StopAsync(string script, TimeSpan after)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        var running = Task.Run(() => shell.Invoke());
        await Task.Delay(after);
        if (running.IsCompleted)
            throw new InvalidOperationException($"It did not wait: {script}");
        var clock = Stopwatch.StartNew();
        shell.Stop();
        await Task.WhenAny(running);
        return clock.Elapsed.TotalMilliseconds;
    }

    private void Import(string module)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("ErrorAction", ActionPreference.Stop).Invoke();
    }

    public void Dispose() => _runspace.Dispose();
}
