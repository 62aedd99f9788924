<#
.SYNOPSIS
The first steps of a new process, with the module or, without -Manifest, with PowerShell's own commands: milliseconds of each, as JSON.
#>
param([string] $Manifest)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not $Manifest) { Import-Module Microsoft.PowerShell.ThreadJob }
$steps = [ordered]@{
    first = {
        if ($Manifest) {
            Import-Module $Manifest
            Connect-Odc -EnvironmentVariable
            $script:user = Get-OdcUser -First 1
        } else {
            $body = @{ grant_type = 'client_credentials'; client_id = $env:ODC_CLIENT_ID; client_secret = $env:ODC_CLIENT_SECRET }
            $token = (Invoke-RestMethod $env:ODC_TOKEN_ENDPOINT -Method Post -Body $body).access_token
            $users = [uri]::new([uri] $env:ODC_TENANT_URL, '/api/identity/v1/users?limit=1').AbsoluteUri
            $script:user = (Invoke-RestMethod $users -Headers @{ Authorization = "Bearer $token" }).results
        }
    }
    table = { if ($Manifest) { $user | Out-String } else { $user | Format-Table email, name, status | Out-String } }
    tab   = { $line = if ($Manifest) { 'Get-OdcUser -' } else { 'Invoke-RestMethod -' }; TabExpansion2 $line $line.Length }
    # Of a command that has a file of help, as few of PowerShell's own have.
    help  = { if ($Manifest) { Get-Help Get-OdcUser } else { Get-Help Start-ThreadJob } }
}
$found = [ordered]@{}
foreach ($name in $steps.Keys) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $null = . $steps[$name]
    $found[$name] = $clock.Elapsed.TotalMilliseconds
}
$found | ConvertTo-Json -Compress
