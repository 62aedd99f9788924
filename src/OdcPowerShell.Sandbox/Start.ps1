# Prepares the sandbox's pwsh: the module, $acme and $globex with their addresses and credentials, and a connection or the tour that makes one.
param([switch] $Tour, [switch] $NoPrompt)

& {
    param($WithTour, $WithoutPrompt)

    $ErrorActionPreference = 'Stop'
    Update-TypeData -TypeName OdcSandbox.Tenant -DefaultDisplayPropertySet Url, Clients
    $clients = $env:ODC_SANDBOX | ConvertFrom-Json
    $env:ODC_SANDBOX = $null
    foreach ($tenant in $clients | Group-Object -Property Tenant) {
        $variable = [ordered] @{ PSTypeName = 'OdcSandbox.Tenant'; Url = $tenant.Group[0].Url; Clients = $tenant.Group.Client }
        foreach ($client in $tenant.Group) {
            $variable[$client.Client] = [pscredential]::new($client.Id, [System.Net.NetworkCredential]::new('', $client.Secret).SecurePassword)
        }
        Set-Variable -Name $tenant.Name -Value ([pscustomobject] $variable) -Scope Global
    }

    $folder = $PSScriptRoot
    while (-not (Test-Path -Path "$folder/OdcPowerShell.psd1")) { $folder = Split-Path -Path $folder }
    Import-Module -Name "$folder/OdcPowerShell.psd1" -Global
    if ($WithTour) { & "$PSScriptRoot/Tour.ps1" } else { Connect-Odc -EnvironmentVariable -Name acme }
    if ($WithoutPrompt) { 'Without a terminal there is no prompt. -Command and -File run lines and scripts.' }
} $Tour $NoPrompt
