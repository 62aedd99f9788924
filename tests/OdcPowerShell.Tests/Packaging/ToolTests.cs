using System.Diagnostics;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The emulator as the dotnet tool odc-emulator.</summary>
[Collection("Package")]
public sealed class ToolTests(PackageFixture package)
{
    [Fact]
    public async Task It_is_installed_from_a_folder_says_what_it_takes_and_serves()
    {
        // No other source is asked: the package is all there is to install.
        var sources = Path.Combine(package.Folder, "NuGet.config");
        await File.WriteAllTextAsync(sources, $"""<configuration><packageSources><clear /><add key="here" value="{package.Tool}" /></packageSources></configuration>""", TestContext.Current.CancellationToken);
        var installed = Path.Combine(package.Folder, "installed");
        await Program.RunAsync("dotnet", "tool", "install", "OdcPowerShell.Emulator", "--prerelease", "--tool-path", installed, "--configfile", sources);
        var tool = Path.Combine(installed, OperatingSystem.IsWindows() ? "odc-emulator.exe" : "odc-emulator");
        Assert.Contains("--users", await Program.RunAsync(tool, "--help"), StringComparison.Ordinal);

        var home = Directory.CreateDirectory(Path.Combine(package.Folder, "home")).FullName;
        var start = new ProcessStartInfo(tool, ["--users", "3"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["HOME"], start.Environment["LOCALAPPDATA"]) = (home, home);
        using var server = Process.Start(start)!;
        try
        {
            var first = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("acme  http://127.0.0.1:", first, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new Uri(first!["acme  ".Length..]) };
            // A line to copy, and where the switches are.
            string? line;
            while ((line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))?.Contains("To sign in: ", StringComparison.Ordinal) is false)
            {
            }

            Assert.EndsWith("Connect-Odc -EnvironmentVariable", line, StringComparison.Ordinal);
            Assert.Contains("token_endpoint", await client.GetStringAsync("identity/.well-known/openid-configuration", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
        }

        // No keys are left in the home folder, and no warning about them is shown.
        Assert.Empty(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories));
        Assert.Equal("", await server.StandardError.ReadToEndAsync(CancellationToken.None));
    }
}
