namespace OdcPowerShell.Sessions;

/// <summary>Tells a CI runner to hide a value in its log. The command is for the runner alone, so it goes to the process's output and not to the host.</summary>
internal static class RunnerMask
{
    internal static void Register(string value, Func<string, string?> environment, TextWriter output)
    {
        if (environment("GITHUB_ACTIONS") == "true")
            output.WriteLine("::add-mask::" + value);
        if (string.Equals(environment("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase))
            output.WriteLine("##vso[task.setsecret]" + value);
    }
}
