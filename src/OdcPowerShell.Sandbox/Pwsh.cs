namespace OdcPowerShell.Sandbox;

/// <summary>The PowerShell that the sandbox opens.</summary>
internal static class Pwsh
{
    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The pinned one, downloaded at the first use.</summary>
    /// <exception cref="SandboxException">It can't be downloaded.</exception>
    public static async Task<ProcessStartInfo> PinnedAsync()
    {
        var file = Metadata("Pwsh");
        // The build recorded the package folder of its own environment. The present environment may have another one.
        if (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages)
            file = Path.Combine(packages, Path.GetRelativePath(Metadata("NuGetPackageRoot"), file));
        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"Downloading PowerShell {Metadata("PwshVersion")} (43 MB, only once)...");
            var (code, output) = await RunAsync(Dotnet, AppContext.BaseDirectory, "tool", "restore");
            if (code != 0 || !File.Exists(file))
                throw new SandboxException(code == 0
                    ? $"PowerShell {Metadata("PwshVersion")} is not in the package folder '{Path.GetFullPath(Path.Combine(file, "../../../../../../.."))}': dotnet has it in another one. Unset NUGET_PACKAGES, or delete the folder .dotnet/toolResolverCache in your home folder."
                    : $"PowerShell {Metadata("PwshVersion")} can't be downloaded: {Reason(output)} Check the network and the package folder, or add -UseInstalled to use the pwsh of this machine.");
        }

        return Start(Dotnet, file);
    }

    /// <summary>The one on the PATH.</summary>
    /// <exception cref="SandboxException">There is none, or it is too old.</exception>
    public static ProcessStartInfo Installed()
    {
        try
        {
            var answer = RunAsync("pwsh", ".", "-NoLogo", "-NoProfile", "-Version").GetAwaiter().GetResult().Output.Trim();
            return Version.TryParse(answer.Split(' ')[^1].Split('-')[0], out var version) && version >= new Version(7, 4)
                ? Start("pwsh")
                : throw new SandboxException($"The pwsh of this machine is {answer}; the sandbox needs 7.4 or later. Omit -UseInstalled to use the pinned one.");
        }
        catch (Win32Exception)
        {
            throw new SandboxException("There is no pwsh on the PATH. Omit -UseInstalled to use the pinned one.");
        }
    }

    private static ProcessStartInfo Start(string program, params string[] first)
    {
        var start = new ProcessStartInfo(program, first);
        // If another PowerShell set the variable, it would point to the modules of that PowerShell.
        start.Environment.Remove("PSModulePath");
        return start;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    private static string Reason(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .OrderByDescending(l => l.Contains("error", StringComparison.OrdinalIgnoreCase) || l.Contains("denied", StringComparison.OrdinalIgnoreCase)).FirstOrDefault("no reason is known.");

    private static string Metadata(string key) => typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
