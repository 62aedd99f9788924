using System.Diagnostics;
using OdcPowerShell.Tests.Session;

namespace OdcPowerShell.Tests.Hosting;

/// <summary>The tests neither see nor touch what whoever runs them has installed. They run alone: a runspace that opens brings in the modules of all users for a moment.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class SurroundingsTests : IDisposable
{
    /// <summary>Each of its functions leaves a file beside it.</summary>
    private const string Planted = """
        foreach ($name in 'Get-SecretVault', 'Get-Secret', 'Get-SecretInfo', 'Set-Secret') {
            Set-Item "function:$name" { $null = New-Item "$PSScriptRoot/touched" -Force; [pscustomobject]@{ Name = 'own'; IsDefault = $true } }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("odc-user-");

    [Theory]
    [InlineData("Connect-Odc https://acme.example -SecretName odc")]
    [InlineData("Get-OdcCredential")]
    [InlineData("Register-OdcCredential odc acme.example -Credential $credential")]
    [InlineData("Connect-Odc https://acme.example -Credential $credential -TokenCacheVault one")]
    public void Without_SecretManagement_a_vault_is_missing(string script)
    {
        using var shell = new Shell();
        shell.Set("credential", new System.Management.Automation.PSCredential("client", Shell.Secure("secret")));
        shell.Catch(script).MustBe("OdcVaultModuleMissing");
    }

    [Fact]
    public void Only_PowerShells_own_modules_and_folders_of_the_tests_are_there()
    {
        using var shell = new Shell();
        Assert.All(shell.Run("Get-Module -ListAvailable | ForEach-Object Path").All<string>(), path => Assert.StartsWith(Surroundings.Modules, path, StringComparison.Ordinal));
        Assert.Equal([Surroundings.Home, Surroundings.Home], shell.Run("$HOME; (Resolve-Path ~).Path").All<string>());
    }

    /// <summary>The same tests in a process of their own, started by somebody with a vault.</summary>
    [Fact]
    public async Task A_vault_of_whoever_runs_the_tests_is_not_touched()
    {
        var modules = Plant();
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SurroundingsTests).Assembly.Location, "-method", "*.Without_SecretManagement_a_vault_is_missing", "-method", "*.Every_trouble_with_a_vault_is_named"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["PSModulePath"] = modules, ["HOME"] = _folder.FullName, ["XDG_DATA_HOME"] = Path.Combine(_folder.FullName, ".local", "share") },
        };
        using var tests = Process.Start(start)!;
        var output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, output), (tests.ExitCode, output));
        Assert.Matches("Total: [1-9][0-9]", output);
        Assert.Equal(["Microsoft.PowerShell.SecretManagement.psm1"], _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.Name));

        // It would be found: the same shell sees it where the path names its folder.
        using var shell = new Shell();
        Environment.SetEnvironmentVariable("PSModulePath", modules);
        shell.Run("Get-OdcCredential");
        Assert.Contains("touched", _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.Name));
    }

    private string Plant()
    {
        var modules = _folder.CreateSubdirectory(".local").CreateSubdirectory("share").CreateSubdirectory("powershell").CreateSubdirectory("Modules");
        File.WriteAllText(Path.Combine(modules.CreateSubdirectory("Microsoft.PowerShell.SecretManagement").FullName, "Microsoft.PowerShell.SecretManagement.psm1"), Planted);
        return modules.FullName;
    }

    public void Dispose()
    {
        Surroundings.ShowOnlyOwnModules();
        _folder.Delete(recursive: true);
    }
}
