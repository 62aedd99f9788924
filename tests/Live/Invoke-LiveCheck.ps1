<#
.SYNOPSIS
    Builds the live checks and runs them: build.ps1 -Task Live.
.DESCRIPTION
    The secret is never an argument: the program reads ODC_CLIENT_ID and ODC_CLIENT_SECRET. For a secret in a vault, the module signs in, and the program gets the token.
    Exit code: 0 without deviations, 1 with some, 2 if the checks could not run.
#>
[CmdletBinding()]
param(
    [string] $Configuration = 'Debug',
    [string] $Tenant,
    [string] $SecretName,
    [string] $VaultName,
    [switch] $AllowChanges,
    [string] $Stage,
    [switch] $MeasureLimits,
    [double] $RateShare = 0.5,
    [string] $Specifications,
    [string] $ReportPath = 'artifacts/live'
)

$ErrorActionPreference = 'Stop'
$repository = Split-Path (Split-Path $PSScriptRoot)
$before = $env:ODC_LIVE_ACCESS_TOKEN, $env:ODC_TENANT_URL

function Invoke-Build {
    param([string] $Project)
    dotnet build (Join-Path $repository $Project) --configuration $Configuration --verbosity quiet
    if ($LASTEXITCODE -ne 0) { throw "$Project could not be built." }
}

# A process can't load a second build of the module.
$own = Join-Path $repository 'module/bin/'
$loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'OdcPowerShell' }
if ($SecretName -and ($loaded | Where-Object { -not $_.Location.StartsWith($own, [StringComparison]::OrdinalIgnoreCase) })) {
    'Another copy of OdcPowerShell is loaded in this session: run this in a new PowerShell.'
    exit 2
}

try {
    Invoke-Build tests/Live
    if ($SecretName) {
        Invoke-Build src/OdcPowerShell
        Import-Module (Join-Path $repository OdcPowerShell.psd1)
        $where = @{ SecretName = $SecretName }
        if ($VaultName) { $where.VaultName = $VaultName }
        if ($Tenant) { $where.Tenant = $Tenant }
        $connection = Connect-Odc @where -PassThru
        $env:ODC_LIVE_ACCESS_TOKEN = Get-OdcAccessToken -Connection $connection -AsPlainText
        if (-not $Tenant) { $env:ODC_TENANT_URL = $connection.Url }
    }

    $arguments = @('--report', $ReportPath, '--rate-share', $RateShare.ToString([cultureinfo]::InvariantCulture))
    if ($Tenant) { $arguments += '--tenant', $Tenant }
    if ($Specifications) { $arguments += '--specifications', $Specifications }
    if ($Stage) { $arguments += '--stage', $Stage }
    if ($AllowChanges) { $arguments += '--allow-changes' }
    if ($MeasureLimits) { $arguments += '--measure-limits' }
    dotnet run --no-build --project (Join-Path $repository tests/Live) --configuration $Configuration '--' @arguments
    $code = $LASTEXITCODE
}
catch {
    "Could not run: $_"
    $code = 2
}
finally {
    $env:ODC_LIVE_ACCESS_TOKEN, $env:ODC_TENANT_URL = $before
}

exit $code
