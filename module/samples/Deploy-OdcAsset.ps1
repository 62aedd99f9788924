<#
.SYNOPSIS
    Promotes assets from one ODC stage to the next, for a job of GitHub Actions, Azure DevOps or any other runner.
.DESCRIPTION
    The impact of all assets is analysed first, and nothing is deployed when one has a conflict. Then they are deployed in the order that their
    dependencies ask for. The exit code is 0 when all are deployed, and 1 otherwise; then the log says how to go back.
    It signs in with the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, and never asks: approvals are a matter of the
    runner's environments.
.EXAMPLE
    ./Deploy-OdcAsset.ps1 -Asset 'Order Desk', 'Claims*' -From QA -To Production
#>
#Requires -Modules OdcPowerShell
[CmdletBinding()]
param(
    # Names of the assets; wildcards are allowed.
    [Parameter(Mandatory)] [string[]] $Asset,
    # The stage that runs the wanted revisions.
    [Parameter(Mandatory)] [string] $From,
    # The stage to deploy them to.
    [Parameter(Mandatory)] [string] $To
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Write-Failure([System.Management.Automation.ErrorRecord] $Failure) {
    $line = "$Failure $($Failure.ErrorDetails | Where-Object { $_ -and -not "$Failure".EndsWith("$($_.RecommendedAction)") } | ForEach-Object RecommendedAction)" -replace '\s+', ' '
    if ($env:GITHUB_ACTIONS) { "::error::$($line -replace '%', '%25')" }
    elseif ($env:TF_BUILD) { "##vso[task.logissue type=error]$line" }
    else { $Host.UI.WriteErrorLine($line) }
}

try {
    Connect-Odc -EnvironmentVariable
    $wanted = foreach ($name in $Asset) {
        $running = @(Get-OdcDeployedAsset -Name $name -Stage $From -Flat)
        if (-not $running) { throw "No asset named '$name' runs in $From." }
        $running
    }
    $before = @($wanted | Get-OdcDeployedAsset -Stage $To -Flat)

    # Errors are gathered, so that the log has those of all assets and not of the first alone.
    $analyses = @($wanted | Test-OdcDeployment -Stage $To -ErrorOnConflict -ErrorAction SilentlyContinue -ErrorVariable problems)
    if ($problems) {
        foreach ($problem in $problems) { Write-Failure $problem }
        throw "Nothing was deployed to $To."
    }

    $deployed = @($analyses | Start-OdcDeployment -BuildIfMissing -Wait -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($one in $deployed) { "Deployed $($one.AssetName), revision $($one.Revision), to $To." }
    if ($problems) {
        foreach ($problem in $problems) { Write-Failure $problem }
        'What ran before is deployed again by:'
        foreach ($one in $before) { "  Start-OdcDeployment '$($one.AssetName)' -Revision $($one.Revision) -Stage '$To' -Wait" }
        throw "Not all was deployed to $To."
    }
} catch {
    Write-Failure $_
    exit 1
}
