using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OdcPowerShell.Tests.Session;

/// <summary>The module beside another copy of itself, removed, and imported by many threads at once.</summary>
public sealed class BesideTests
{
    [Fact]
    public async Task A_second_path_and_version_are_imported_and_a_token_stays_hidden()
    {
        await using var lab = await Lab.StartAsync(hasGlobex: false);
        using var pwsh = new Pwsh();
        foreach (var (name, value) in new[] { ("ODC_TENANT_URL", lab["acme"].Url.ToString()), ("ODC_CLIENT_ID", lab["acme"].Clients["admin"].ClientId), ("ODC_CLIENT_SECRET", lab["acme"].Clients["admin"].Secret) })
            pwsh.Variables[name] = value;
        foreach (var version in new[] { "0.1.0", "0.2.0" })
            Copy(Path.Combine(pwsh.Folder, version, "OdcPowerShell"), version);
        var output = (await pwsh.RunAsync(
            """
            $ErrorActionPreference = 'Stop'
            Import-Module ./0.1.0/OdcPowerShell/OdcPowerShell.psd1
            Import-Module ./0.2.0/OdcPowerShell/OdcPowerShell.psd1
            Import-Module ./0.2.0/OdcPowerShell/OdcPowerShell.psd1 -Force
            Connect-Odc -EnvironmentVariable
            $token = Get-OdcAccessToken
            $plain = Get-OdcAccessToken -AsPlainText
            "modules $((Get-Module OdcPowerShell).Count)"
            $organization = Get-OdcOrganization
            Get-Module OdcPowerShell | Remove-Module
            # Where nothing of the module is left but the object.
            $copies = [ordered]@{
                CliXml = { $token | Export-Clixml t.xml; Get-Content -Raw t.xml }
                Other = { $shell = [powershell]::Create(); $shell.AddScript('param($t) Export-Clixml -InputObject $t -Path o.xml').AddArgument($token).Invoke(); Get-Content -Raw o.xml }
                Parallel = { 1 | ForEach-Object -Parallel { [System.Management.Automation.PSSerializer]::Serialize($using:token) } }
                Selected = { $token | Select-Object * | Export-Clixml s.xml; Get-Content -Raw s.xml }
                Json = { $token | ConvertTo-Json -Depth 9; $token | Select-Object * | ConvertTo-Json -Depth 9 }
                Csv = { $token | ConvertTo-Csv }
                Shown = { $token | Format-List * -Force | Out-String -Width 9999; $token.Token; "$($token.Token)" }
                Job = { Start-Job { $using:token | Format-List * -Force | Out-String -Width 9999; [System.Management.Automation.PSSerializer]::Serialize($using:token) } | Receive-Job -Wait }
            }
            $hex = -join ([System.Text.Encoding]::Unicode.GetBytes($plain) | ForEach-Object { $_.ToString('x2') })
            foreach ($name in $copies.Keys) {
                $text = & $copies[$name] | Out-String -Width 99999
                "$name $(if ($text.Contains($plain) -or $text.Contains($hex.Substring(0, 60))) { 'SHOWN' } elseif ($text.Trim()) { 'hidden' } else { 'nothing' })"
            }
            """)).Succeeded();
        Assert.Contains("modules 2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("SHOWN", output, StringComparison.Ordinal);
        foreach (var name in new[] { "CliXml", "Other", "Parallel", "Selected", "Json", "Csv", "Shown", "Job" })
            Assert.Contains(name + " hidden", output, StringComparison.Ordinal);
    }

    /// <summary>
    /// PowerShell shares the types and the views of a pool between its runspaces. A file of types that is read while another reads it would end the import. The list of
    /// files of views has the same fault, in PowerShell itself and for every module with views: such an import fails with this one error, and works when it is repeated.
    /// </summary>
    [Fact]
    public async Task Runspaces_of_a_pool_import_it_at_once()
    {
        for (var round = 0; round < 4; round++)
        {
            var counts = await InPoolAsync(InitialSessionState.CreateDefault2(), """
                Import-Module $manifest -ErrorAction SilentlyContinue -ErrorVariable failed
                if ($failed -and "$failed" -like '*Collection was modified*') { Import-Module $manifest -ErrorAction Stop } elseif ($failed) { throw $failed[0] }
                """);
            Assert.All(counts, count => Assert.True(count > 80));
        }
    }

    /// <summary>A pool that imports the module by itself does so without that fault.</summary>
    [Fact]
    public async Task A_pool_imports_it_into_each_runspace()
    {
        for (var round = 0; round < 4; round++)
        {
            var state = InitialSessionState.CreateDefault2();
            state.ImportPSModule(ModuleFiles.Manifest);
            Assert.All(await InPoolAsync(state, ""), count => Assert.True(count > 80));
        }
    }

    private static async Task<int[]> InPoolAsync(InitialSessionState state, string import)
    {
        using var pool = RunspaceFactory.CreateRunspacePool(8, 8, state, new RecordingHost());
        pool.Open();
        using var start = new Barrier(8);
        return await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var shell = PowerShell.Create();
                shell.RunspacePool = pool;
                shell.AddScript($"param($start, $manifest) $start.SignalAndWait(); {import}\n(Get-Command -Module OdcPowerShell).Count").AddArgument(start).AddArgument(ModuleFiles.Manifest);
                return (int)shell.Invoke().Last().BaseObject;
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private static void Copy(string to, string version)
    {
        foreach (var file in new[] { "OdcPowerShell.psd1", "module/OdcPowerShell.psm1" }.Concat(
            Directory.EnumerateFiles(Path.Combine(ModuleFiles.Repository, "module", "bin"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(ModuleFiles.Repository, f))))
        {
            var target = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(ModuleFiles.Repository, file), target);
        }

        var manifest = Path.Combine(to, "OdcPowerShell.psd1");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("'0.1.0'", $"'{version}'", StringComparison.Ordinal));
    }
}
