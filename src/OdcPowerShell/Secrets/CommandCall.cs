using System.Management.Automation;

namespace OdcPowerShell.Secrets;

/// <summary>Runs another module's command in the current runspace, on its pipeline thread.</summary>
internal static class CommandCall
{
    /// <summary>The command's output; its first error is thrown.</summary>
    internal static IReadOnlyList<PSObject> Invoke(string command, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(command).AddParameter("ErrorAction", ActionPreference.Stop);
        foreach (var parameter in parameters.Where(p => p.Value is not null))
            shell.AddParameter(parameter.Name, parameter.Value);
        using (cancellationToken.Register(() => shell.BeginStop(callback: null, state: null)))
            return [.. shell.Invoke()];
    }
}
