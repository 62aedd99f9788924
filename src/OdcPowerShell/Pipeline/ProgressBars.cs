namespace OdcPowerShell.Pipeline;

/// <summary>Whether somebody looks at progress bars. Other hosts than the console's own keep or show records themselves.</summary>
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
