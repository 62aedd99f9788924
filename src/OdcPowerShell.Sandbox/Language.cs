namespace OdcPowerShell.Sandbox;

/// <summary>The language of the sandbox's PowerShell.</summary>
internal static class Language
{
    /// <summary>The value of LC_ALL. Without a language, which includes C and POSIX, PowerShell breaks lines within words.</summary>
    /// <param name="variable">Returns the value of an environment variable.</param>
    internal static string Of(Func<string, string?> variable)
    {
        var language = ((string?[])[variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG"), "C"]).First(set => !string.IsNullOrEmpty(set))!;
        return language.Split('.')[0] is "C" or "POSIX" ? "en_US.UTF-8" : language;
    }
}
