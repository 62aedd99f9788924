using System.Collections;

namespace OdcPowerShell.Secrets;

/// <summary>Runs another module's command in the current runspace, on its pipeline thread.</summary>
internal static class CommandCall
{
    /// <summary>The command's output; its first error is thrown.</summary>
    /// <exception cref="CommandStoppedException">It ended itself: it asked a question and got no answer.</exception>
    internal static IReadOnlyList<PSObject> Invoke(string command, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("ErrorAction", ActionPreference.Stop);
        foreach (var parameter in parameters.Where(p => p.Value is not null))
            shell.AddParameter(parameter.Name, parameter.Value);
        var errors = Errors();
        var newest = errors is { Count: > 0 } ? errors[0] : null;
        try
        {
            using (cancellationToken.Register(() => shell.BeginStop(callback: null, state: null)))
            {
                IReadOnlyList<PSObject> output = [.. shell.Invoke()];
                cancellationToken.ThrowIfCancellationRequested();
                return shell.InvocationStateInfo.State == PSInvocationState.Completed ? output : throw new CommandStoppedException(command);
            }
        }
        catch (PipelineStoppedException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandStoppedException(command);
        }
        finally
        {
            Forget(errors, newest);
        }
    }

    // The command's own records would stand in $Error beside the module's, which says the same and more.
    private static void Forget(ArrayList? errors, object? newest)
    {
        for (var count = 0; count < 5 && errors is { Count: > 0 } && !ReferenceEquals(errors[0], newest); count++)
            errors.RemoveAt(0);
    }

    private static ArrayList? Errors()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            return shell.AddScript(", $global:Error").Invoke().FirstOrDefault()?.BaseObject as ArrayList;
        }
        catch (RuntimeException)
        {
            // A runspace that runs no scripts keeps the records.
            return null;
        }
    }
}

/// <summary>A command of another module ended without a result and without an error.</summary>
internal sealed class CommandStoppedException(string command) : Exception($"{command} was stopped before it had an answer.");
