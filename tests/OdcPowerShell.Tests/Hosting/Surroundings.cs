using System.Runtime.CompilerServices;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>
/// A home of the tests' own. It is set when this assembly is loaded, before anything asks for a home, and passed on to the processes that are
/// started: nobody's modules, profile, history, caches, vaults or tenant are seen or changed.
/// </summary>
internal static class Surroundings
{
    private static readonly string[] Homes = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"];
    private static readonly string[] Unset = ["ODC_TENANT_URL", "ODC_PORTAL_DOMAIN", "ODC_CLIENT_ID", "ODC_CLIENT_SECRET", "GITHUB_ACTIONS", "TF_BUILD"];

    internal static string Home { get; } = Directory.CreateTempSubdirectory("odc-tests-").FullName;

    /// <summary>PowerShell's own modules and no others.</summary>
    internal static string Modules { get; } =
        Path.Combine(Path.GetDirectoryName(typeof(System.Management.Automation.PowerShell).Assembly.Location)!, "Modules");

    [ModuleInitializer]
    internal static void Enter()
    {
        // The SDK's packages and feeds are the developer's: dotnet pack would fetch them again.
        var developer = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DOTNET_CLI_HOME")))
            Environment.SetEnvironmentVariable("DOTNET_CLI_HOME", developer);
        foreach (var name in Homes)
            Environment.SetEnvironmentVariable(name, Home);
        foreach (var kind in new[] { "CONFIG", "DATA", "CACHE", "STATE" })
            Environment.SetEnvironmentVariable($"XDG_{kind}_HOME", Path.Combine(Home, kind));
        foreach (var name in Unset)
            Environment.SetEnvironmentVariable(name, null);
        // Tests that run at the same time have budgets of their own.
        Environment.SetEnvironmentVariable("ODC_RATE_LIMIT_FOLDER", "none");
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", Path.Combine(Home, "ModuleAnalysisCache"));
        ShowOnlyOwnModules();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave();
    }

    /// <summary>Takes away the folders of all users and of this one, which the engine adds whenever a runspace is opened.</summary>
    internal static void ShowOnlyOwnModules() => Environment.SetEnvironmentVariable("PSModulePath", Modules);

    private static void Leave()
    {
        try
        {
            Directory.Delete(Home, recursive: true);
        }
        catch (IOException)
        {
            // A thread of the engine still writes its cache of modules there: the folder is one of the temporary ones.
        }
    }
}
