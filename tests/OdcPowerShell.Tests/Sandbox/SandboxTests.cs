using System.Diagnostics;

namespace OdcPowerShell.Tests.Sandbox;

/// <summary>The sandbox as a process without a terminal: what a fresh machine and CI see of it.</summary>
public sealed class SandboxTests
{
    [Fact]
    public async Task The_tour_shows_real_output_and_ends_well()
    {
        var (code, output, error) = await RunAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("/protocol/openid-connect/token", output, StringComparison.Ordinal);
        Assert.Contains("PS> Get-OdcUser -HasEndUserRole -First 10", output, StringComparison.Ordinal);
        Assert.Contains("User management > View end users", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", output, StringComparison.Ordinal);
        var tables = output.Split('\n').Where(l => !l.Contains("Recommendation:", StringComparison.Ordinal) && !l.StartsWith("Get-OdcUser:", StringComparison.Ordinal));
        Assert.All(tables, line => Assert.InRange(line.Length, 0, 120));
    }

    [Theory]
    [InlineData(0, "Acme", "-Command", "(Get-OdcOrganization).Name")]
    [InlineData(0, "7", "-Command", "@(Get-OdcUser -First 7).Count")]
    [InlineData(3, "", "-Command", "exit 3")]
    [InlineData(1, "", "-Command", "throw 'no'")]
    [InlineData(2, "", "-Nonsense")]
    public async Task Ones_own_lines_run_connected(int expected, string holds, params string[] arguments)
    {
        var (code, output, _) = await RunAsync(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(holds, output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_script_runs_with_its_arguments()
    {
        var script = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ps1");
        await File.WriteAllTextAsync(script, "param([int] $Count) Connect-Odc -EnvironmentVariable -Name again; (Get-OdcUser -First $Count).Count", TestContext.Current.CancellationToken);
        try
        {
            var (code, output, error) = await RunAsync("-File", script, "-Count", "4");
            Assert.Equal((0, "4", ""), (code, output.Trim(), error));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        // The sandbox is built beside the tests, in the same configuration.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(ModuleFiles.Repository, "src", "OdcPowerShell.Sandbox", "bin", configuration, "net10.0", "OdcPowerShell.Sandbox.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
