using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The package as its user has it: installed below a folder of PSModulePath, and known by name alone.</summary>
[Collection("Package")]
public sealed class InstalledModuleTests : IDisposable
{
    private readonly PackageFixture _package;
    private readonly string? _before = Environment.GetEnvironmentVariable("PSModulePath");
    private readonly Shell _shell = new(bare: true);

    public InstalledModuleTests(PackageFixture package)
    {
        _package = package;
        // After the runspace was opened, which adds folders of its own.
        Environment.SetEnvironmentVariable("PSModulePath", Path.Combine(package.Folder, "Modules"));
    }

    [Fact]
    public async Task It_is_imported_by_name_and_does_the_main_job()
    {
        await using var lab = await Lab.StartAsync();
        _shell.Run("Import-Module OdcPowerShell").ThrowOnError();
        Assert.Equal(Path.Combine(_package.Installed, "module", "OdcPowerShell.psm1"), _shell.Run("(Get-Module OdcPowerShell).Path").Single<string>());
        _shell.Connect(lab["acme"]).ThrowOnError();
        Assert.Equal(60, _shell.Run("Get-OdcUser").ThrowOnError().Output.Count);

        var deployed = _shell.Run("""
            Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false |
                Select-Object AssetName, StageName, Status | ConvertTo-Csv -NoHeader -UseQuotes AsNeeded
            """);
        Assert.Equal("Order Desk,Production,Finished", deployed.Single<string>());
    }

    [Fact]
    public async Task Its_first_command_imports_it_and_its_rows_are_in_tables()
    {
        await using var lab = await Lab.StartAsync();
        _shell.Connect(lab["acme"]).ThrowOnError();
        _shell.Run("Get-OdcStage | Out-Default").ThrowOnError();
        var lines = _shell.Host.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith("Name", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void Its_help_and_its_topics_are_there()
    {
        Assert.StartsWith("TOPIC", _shell.Run("Get-Help about_OdcErrors").Single<string>(), StringComparison.Ordinal);
        Assert.Equal("Gets users of the organization.", _shell.Run("(Get-Help Get-OdcUser).Synopsis").Single<string>());
        Assert.True(_shell.Run("(Get-Help Get-OdcUser -Full).examples.example.code").All<string>().Count >= 2);
        Assert.StartsWith("TOPIC", _shell.Run("Get-Help about_Odc").Single<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_manifest_is_valid_there()
    {
        _shell.Set("manifest", Path.Combine(_package.Installed, "OdcPowerShell.psd1"));
        Assert.Equal(ManifestFile.Version, _shell.Run("$m = Test-ModuleManifest $manifest; ($m.Version, $m.PrivateData.PSData.Prerelease | Where-Object { $_ }) -join '-'").Single<string>());
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PSModulePath", _before);
        _shell.Dispose();
    }
}
