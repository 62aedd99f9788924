using System.Globalization;
using OdcPowerShell.Tests.Conventions;

namespace OdcPowerShell.Tests.Packaging;

/// <summary>The package as its user has it: installed below a folder of PSModulePath, and known by name alone.</summary>
[Collection("Package")]
public sealed class InstalledModuleTests : IDisposable
{
    private readonly PackageFixture _package;
    private readonly Pwsh _user = new();

    public InstalledModuleTests(PackageFixture package)
    {
        _package = package;
        _user.Variables["PSModulePath"] = Path.Combine(package.Folder, "Modules");
    }

    [Fact]
    public async Task It_is_imported_by_name_and_does_the_main_job()
    {
        await using var lab = await Lab.StartAsync();
        var lines = await LinesAsync($"""
            Import-Module OdcPowerShell
            (Get-Module OdcPowerShell).Path
            $m = Test-ModuleManifest (Join-Path (Get-Module OdcPowerShell).ModuleBase OdcPowerShell.psd1); ($m.Version, $m.PrivateData.PSData.Prerelease | Where-Object {"{ $_ }"}) -join '-'
            {Connect(lab["acme"])}
            @(Get-OdcUser).Count
            Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false |
                Select-Object AssetName, StageName, Status | ConvertTo-Csv -NoHeader -UseQuotes AsNeeded
            """);
        Assert.Equal([Path.Combine(_package.Installed, "module", "OdcPowerShell.psm1"), ManifestFile.Version, "60", "Order Desk,Production,Finished"], lines);
    }

    [Fact]
    public async Task Its_first_command_imports_it_and_its_rows_are_in_tables()
    {
        await using var lab = await Lab.StartAsync();
        var lines = await LinesAsync(Connect(lab["acme"]) + "\nGet-OdcStage");
        Assert.StartsWith("Name", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public async Task Its_help_and_its_topics_are_there()
    {
        var lines = await LinesAsync("""
            (Get-Help Get-OdcUser).Synopsis
            @((Get-Help Get-OdcUser -Full).examples.example.code).Count
            'about_Odc', 'about_OdcErrors' | ForEach-Object { (Get-Help $_).Substring(0, 5) }
            """);
        Assert.Equal(("Gets users of the organization.", "TOPIC", "TOPIC"), (lines[0], lines[2], lines[3]));
        Assert.InRange(int.Parse(lines[1], CultureInfo.InvariantCulture), 2, 20);
    }

    public void Dispose() => _user.Dispose();

    private static string Connect(EmulatedTenant tenant) =>
        $"Connect-Odc -Tenant {tenant.Url} -Credential ([pscredential]::new('{tenant.Clients["admin"].ClientId}', (ConvertTo-SecureString '{tenant.Clients["admin"].Secret}' -AsPlainText -Force)))";

    private async Task<string[]> LinesAsync(string script) =>
        (await _user.RunAsync("$ErrorActionPreference = 'Stop'\n" + script)).Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
