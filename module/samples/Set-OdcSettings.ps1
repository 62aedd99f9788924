<#
.SYNOPSIS
    Promotes the settings of a CSV file to an ODC stage and applies them, for a job of GitHub Actions, Azure DevOps or any other runner.
.DESCRIPTION
    The file has the columns Asset, Name and Value, and SecretName for secrets: the name of an entry in the default vault. It has no column
    Stage, so that the same file serves each stage, or one file for each stage lies in the repository. Rows that have their value already are
    not sent. Nothing is applied for an asset with a wrong row. The exit code is 0 when all settings are applied, and 1 otherwise.
    It signs in with the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, and never asks.
.EXAMPLE
    ./Set-OdcSettings.ps1 -Path settings.csv -Stage QA -WhatIf
    Shows the old and the new values.
.EXAMPLE
    ./Set-OdcSettings.ps1 -Path settings.csv -Stage Production
#>
#Requires -Modules OdcPowerShell
[CmdletBinding(SupportsShouldProcess)]
param(
    # The CSV file with the settings.
    [Parameter(Mandatory)] [string] $Path,
    # The stage to change.
    [Parameter(Mandatory)] [string] $Stage
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Write-Failure([System.Management.Automation.ErrorRecord] $Failure) {
    $line = "$Failure" -replace '\s+', ' '
    if ($env:GITHUB_ACTIONS) { "::error::$($line -replace '%', '%25')" }
    elseif ($env:TF_BUILD) { "##vso[task.logissue type=error]$line" }
    else { $Host.UI.WriteErrorLine($line) }
}

try {
    Connect-Odc -EnvironmentVariable
    # Errors are gathered, so that the log has those of all rows and not of the first alone.
    $applied = @(Import-Csv -LiteralPath $Path | Set-OdcAssetSetting -Stage $Stage -Apply -Wait -Confirm:$false -WhatIf:$WhatIfPreference -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($one in $applied) { "Applied the settings of $($one.AssetName) in $Stage." }
    foreach ($problem in $problems) { Write-Failure $problem }
    if ($problems) { throw "Not all settings of $Path are applied in $Stage." }
    if (-not $applied -and -not $WhatIfPreference) { "All settings of $Path had their value in $Stage already." }
} catch {
    Write-Failure $_
    exit 1
}
