using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using OdcPowerShell.Sandbox.Hosting;

namespace OdcPowerShell.Sandbox.Engine;

/// <summary>The PowerShell engine of this process with one runspace: runs lines, shows results, and stops on request.</summary>
internal sealed class PowerShellEngine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SandboxHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _running;
    private bool _stopping;

    private PowerShellEngine(SandboxHost host, InitialSessionState state)
    {
        _host = host;
        _runspace = RunspaceFactory.CreateRunspace(host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
    }

    public static PowerShellEngine Open(SandboxHost host)
    {
        ModulePath.LeaveOutOtherEngines();
        var state = InitialSessionState.CreateDefault2();
        // Windows alone refuses a module's script files by default; the sandbox imports the clone it was built from.
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.Bypass;
        var engine = new PowerShellEngine(host, state);
        engine._runspace.Open();
        return engine;
    }

    public void Set(string variable, object value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Runs a text and formats what it writes, as a prompt does.</summary>
    /// <returns>False when the last statement failed or the text was stopped.</returns>
    public bool Run(string script)
    {
        using var shell = Shell().AddScript(script);
        ShowErrors(shell);
        try
        {
            Invoke(shell);
            return _runspace.SessionStateProxy.GetVariable("?") is true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException exception)
        {
            ShowError(exception.ErrorRecord);
            return false;
        }
    }

    /// <summary>Runs a text and keeps what it writes.</summary>
    public RunResult Collect(string script)
    {
        using var shell = Shell().AddScript(script);
        try
        {
            return new([.. Invoke(shell)], [.. shell.Streams.Error]);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            return new([], [exception.ErrorRecord]);
        }
    }

    /// <summary>Formats results, and errors among them, to the standard output.</summary>
    public void Show(IEnumerable<object> results)
    {
        using var shell = Shell().AddCommand("Out-Default");
        Invoke(shell, results);
    }

    public CommandCompletion Complete(string text, int cursor)
    {
        using var shell = Shell();
        return CommandCompletion.CompleteInput(text, cursor, options: null, shell);
    }

    public ErrorRecord? LastError() =>
        _runspace.SessionStateProxy.GetVariable("Error") is ArrayList { Count: > 0 } errors ? errors[0] as ErrorRecord : null;

    /// <returns>False when nothing is running.</returns>
    public bool TryStop()
    {
        lock (_gate)
        {
            if (_running is null) return false;
            _stopping = true;
            _running.BeginStop(callback: null, state: null);
            return true;
        }
    }

    public void Dispose() => _runspace.Dispose();

    private PowerShell Shell()
    {
        var shell = PowerShell.Create();
        shell.Runspace = _runspace;
        return shell;
    }

    private Collection<PSObject> Invoke(PowerShell shell, IEnumerable<object>? input = null)
    {
        lock (_gate) (_running, _stopping) = (shell, false);
        try
        {
            var results = shell.Invoke(input, new PSInvocationSettings { AddToHistory = input is null });
            // A method that could not be interrupted ends the invocation as if nobody had asked.
            return _stopping ? throw new PipelineStoppedException() : results;
        }
        finally
        {
            lock (_gate) _running = null;
        }
    }

    // Out-Default sends to the host's error stream only what a command wrote as an error, so a command writes it.
    private void ShowError(ErrorRecord error)
    {
        // A parse error has no command to point at; its message shows the place.
        if (error.Exception is ParseException parse)
        {
            _host.UI.WriteErrorLine(PSStyle.Instance.Formatting.Error + parse.Message + PSStyle.Instance.Reset);
            return;
        }

        using var shell = Shell().AddScript("[CmdletBinding()] param($Record) $PSCmdlet.WriteError($Record); $Error.RemoveAt(0)");
        shell.AddParameter("Record", error);
        ShowErrors(shell);
        shell.Invoke();
    }

    private static void ShowErrors(PowerShell shell)
    {
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
    }
}
