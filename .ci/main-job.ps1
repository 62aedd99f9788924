<#
.SYNOPSIS
    Installs the package that dotnet pack made, does the README's main job with it, and uninstalls it: in any PowerShell from 5.1 on.
.DESCRIPTION
    The tenant is the one of the variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET. Without them an emulator is started, from its own package.
    The module is installed for the current user: run this on a runner, or where the module is not installed.
.EXAMPLE
    dotnet pack; ./.ci/main-job.ps1
#>
[CmdletBinding()]
param(
    # The folder that dotnet pack fills.
    [string] $Artifacts = "$PSScriptRoot/../artifacts",

    # Only the job, in a process that ends before the module is uninstalled.
    [switch] $Job
)

$ErrorActionPreference = 'Stop'

if ($Job) {
    Connect-Odc -EnvironmentVariable
    $module = Get-Module -Name OdcPowerShell
    $null = Test-ModuleManifest -Path "$($module.ModuleBase)/OdcPowerShell.psd1"
    Start-OdcDeployment -FromStage QA -Stage Production -Asset 'Order Desk' -Wait -Confirm:$false | ForEach-Object -Process { "$($_.AssetName): $($_.Status)" }
    if (Compare-OdcStage -ReferenceStage QA -DifferenceStage Production | Where-Object -FilterScript { $_.AssetName -eq 'Order Desk' -and $_.Behind -eq 'Production' }) { throw 'Production does not have what QA has.' }
    $build = Split-Path -Path (Split-Path -Path (Get-Command -Name Get-OdcUser).ImplementingType.Assembly.Location) -Leaf
    "PowerShell $($PSVersionTable.PSVersion), build $build, $(@(Get-OdcUser).Count) users"
    return
}

$work = New-Item -Path (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "odc-job-$([guid]::NewGuid())") -ItemType Directory
$emulator = $null
try {
    if (-not $env:ODC_TENANT_URL) {
        dotnet tool install OdcPowerShell.Emulator --prerelease --tool-path "$work/tool" --add-source "$Artifacts/tool"
        if ($LASTEXITCODE -ne 0) { throw 'The emulator was not installed.' }
        $emulator = Start-Process -FilePath "$work/tool/odc-emulator" -ArgumentList '--users', '60' -RedirectStandardOutput "$work/emulator.txt" -PassThru
        while (-not ($line = Get-Content -Path "$work/emulator.txt" -TotalCount 1)) {
            if ($emulator.HasExited) { throw "The emulator ended with $($emulator.ExitCode)." }
            Start-Sleep -Milliseconds 100
        }
        # The first line is "acme  http://127.0.0.1:54321/".
        $env:ODC_TENANT_URL = ($line -split '\s+')[1]
        $client = (Invoke-RestMethod -Uri "${env:ODC_TENANT_URL}_emulator").tenants[0].clients.admin
        $env:ODC_CLIENT_ID, $env:ODC_CLIENT_SECRET = $client.clientId, $client.secret
    }

    $installer = Get-Command -Name Install-PSResource -ErrorAction Ignore
    if ($installer) {
        Register-PSResourceRepository -Name odc -Uri (Resolve-Path -Path "$Artifacts/module").Path -Trusted
        Install-PSResource -Name OdcPowerShell -Repository odc -Prerelease
    }
    else {
        # Without a package manager: the zip, in a folder of PSModulePath.
        Expand-Archive -Path "$Artifacts/automation/OdcPowerShell.zip" -DestinationPath "$work/modules"
        $env:PSModulePath = "$work/modules", $env:PSModulePath -join [System.IO.Path]::PathSeparator
    }
    if (-not (Get-Module -Name OdcPowerShell -ListAvailable)) { throw 'The module was not installed.' }

    $program = Join-Path -Path $PSHOME -ChildPath $(if ($PSVersionTable.PSEdition -eq 'Desktop') { 'powershell.exe' } elseif ($IsWindows) { 'pwsh.exe' } else { 'pwsh' })
    & $program -NoProfile -NonInteractive -File $PSCommandPath -Job
    if ($LASTEXITCODE -ne 0) { throw "The job ended with $LASTEXITCODE." }

    if ($installer) {
        Uninstall-PSResource -Name OdcPowerShell -Prerelease
        Unregister-PSResourceRepository -Name odc
    }
    else {
        Remove-Item -Path "$work/modules/OdcPowerShell" -Recurse -Force
    }
    if (Get-Module -Name OdcPowerShell -ListAvailable) { throw 'The module is still there.' }
    'Installed, used and uninstalled.'
}
finally {
    if ($emulator) { $emulator.Kill() }
    Remove-Item -Path $work -Recurse -Force -ErrorAction Ignore
}
