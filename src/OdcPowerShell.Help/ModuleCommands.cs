using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OdcPowerShell.Help;

/// <summary>The cmdlets as the engine sees them once the module is imported.</summary>
internal static class ModuleCommands
{
    internal static IReadOnlyList<CmdletInfo> Of(string assembly)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Path.GetFullPath(assembly)]);
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        // Parameters are worked out on first use, which needs the runspace.
        Runspace.DefaultRunspace = runspace;
        var module = Path.GetFileNameWithoutExtension(assembly);
        return [.. runspace.SessionStateProxy.InvokeCommand.GetCommands("*", CommandTypes.Cmdlet, nameIsPattern: true)
            .OfType<CmdletInfo>().Where(c => c.ModuleName == module && c.ParameterSets.Count > 0).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }
}
