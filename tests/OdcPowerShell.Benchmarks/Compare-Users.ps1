<#
.SYNOPSIS
All users through the module and through a loop over Invoke-RestMethod, in this one process: medians of alternating runs, as JSON.
#>
param([string] $Manifest, [int] $Runs, [int] $Warm)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Connect-Odc -EnvironmentVariable

# The emulator has no limits here: the budget would make this a matter of minutes.
$budgets = [OdcPowerShell.OdcException].Assembly.GetType('OdcPowerShell.Http.RateBudgets')
$shared = $budgets.GetProperty('Shared', [System.Reflection.BindingFlags]'Static, NonPublic').GetValue($null)
$null = $budgets.GetMethod('Set', [System.Reflection.BindingFlags]'Instance, NonPublic').Invoke($shared, @([uri] $env:ODC_TENANT_URL, [timespan]::Zero, $null))

$headers = Get-OdcAccessToken -AsHeader
$users = [uri]::new([uri] $env:ODC_TENANT_URL, '/api/identity/v1/users').AbsoluteUri
$sides = [ordered]@{
    module = { Get-OdcUser }
    loop   = {
        $offset = 0
        while ($null -ne $offset) {
            $page = Invoke-RestMethod "${users}?limit=100&offset=$offset" -Headers $headers
            $page.results
            $offset = $page.page.nextPageOffset
        }
    }
}
$process = [System.Diagnostics.Process]::GetCurrentProcess()
$found = [ordered]@{}
foreach ($name in $sides.Keys) { $found[$name] = @{ count = (& $sides[$name] | Measure-Object).Count; wall = @(); cpu = @() } }
# Both sides warm: the runtime compiles what runs often a second time.
foreach ($run in 1..$Warm) { foreach ($name in $sides.Keys) { & $sides[$name] | Out-Null } }
foreach ($run in 1..$Runs) {
    foreach ($name in $sides.Keys) {
        [gc]::Collect()
        $process.Refresh()
        $cpu = $process.TotalProcessorTime
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        & $sides[$name] | Out-Null
        $found[$name].wall += $clock.Elapsed.TotalMilliseconds
        $process.Refresh()
        $found[$name].cpu += ($process.TotalProcessorTime - $cpu).TotalMilliseconds
    }
}
foreach ($side in $found.Values) {
    foreach ($figure in 'wall', 'cpu') { $side[$figure] = ($side[$figure] | Sort-Object)[[math]::Floor($Runs / 2)] }
}
$found | ConvertTo-Json -Compress
