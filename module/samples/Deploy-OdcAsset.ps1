<#
.SYNOPSIS
    Promotes assets from one ODC stage to the next, for a job of GitHub Actions, Azure DevOps or any other runner.
.DESCRIPTION
    The impact of all assets is analysed first, and nothing is deployed when one has a conflict. Then they are deployed in the order that their
    dependencies ask for. The exit code is 0 when all are deployed or ran there already, and 1 otherwise; then the log says how to go back. A job
    that was interrupted is completed by running it again.
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
    [Parameter(Mandatory)] [string] $To,
    # The outcome as JUnit XML, for the test tab of the runner.
    [string] $OutFile = 'deployments.xml'
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
    # Errors are gathered, so that the log has those of all assets and not of the first alone.
    $Asset | ForEach-Object { Get-OdcDeployedAsset -Name $_ -Stage $From -Flat } |
        Test-OdcDeployment -Stage $To -ErrorOnConflict -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null
    foreach ($problem in $problems) { Write-Failure $problem }
    if ($problems) { throw "Nothing was deployed to $To." }

    $deployed = @(Start-OdcDeployment -FromStage $From -Stage $To -Asset $Asset -BuildIfMissing -Wait -Confirm:$false -OutFile $OutFile -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($one in $deployed) { "Deployed $($one.AssetName), revision $($one.Revision), to $To." }
    foreach ($problem in $problems) { Write-Failure $problem }
    if ($problems) {
        if ($deployed) { "To go back: Undo-OdcDeployment '$($deployed.AssetName -join "', '")' -Stage '$To' -Wait" }
        throw "Not all was deployed to $To."
    }
} catch {
    Write-Failure $_
    exit 1
}
