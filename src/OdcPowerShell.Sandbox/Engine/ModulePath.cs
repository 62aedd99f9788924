namespace OdcPowerShell.Sandbox.Engine;

internal static class ModulePath
{
    private const string Variable = "PSModulePath";

    /// <summary>Takes another PowerShell's own modules off the path: started from a pwsh, this engine would find and fail to load them.</summary>
    public static void LeaveOutOtherEngines()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path) return;
        var folders = path.Split(Path.PathSeparator)
            .Where(folder => !Directory.Exists(Path.Combine(folder, "Microsoft.PowerShell.Utility")));
        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, folders));
    }
}
