<#
.SYNOPSIS
    Tests the code of a mobile app, builds and deploys it, and packages it for Android and iOS, for a job of any runner.
.DESCRIPTION
    The latest revision must have no critical finding and a sufficient score; otherwise nothing is built. Then its Release build is deployed to the stage, and the
    packages that are not up to date are built with the suggested version and saved. quality.sarif has the findings, for the code scanning page
    of a repository. The exit code is 0 when all packages are saved or were up to date, and 1 otherwise.
    It signs in with the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, and never asks.
.EXAMPLE
    ./Publish-OdcMobileApp.ps1 -Asset 'Driver Go' -Stage QA -MinimumScore 70 -Folder ./packages
#>
#Requires -Modules OdcPowerShell
[CmdletBinding()]
param(
    # The mobile app, by name.
    [Parameter(Mandatory)] [string] $Asset,
    # The stage to deploy it to, and to build the packages for.
    [Parameter(Mandatory)] [string] $Stage,
    # The lowest score that passes.
    [double] $MinimumScore = 80,
    # The platforms.
    [string[]] $Platform = @('Android', 'iOS'),
    # The folder for the packages and quality.sarif.
    [string] $Folder = '.'
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
    $null = New-Item -Path $Folder -ItemType Directory -Force
    $tested = Get-OdcAsset -Name $Asset | Get-OdcAssetRevision -Latest |
        Test-OdcCodeQuality -MaximumCritical 0 -MinimumScore $MinimumScore -ErrorOnFailure -OutFile (Join-Path $Folder 'quality.sarif')
    "Revision $($tested.Revision) of $Asset has the score $($tested.QualityScore)."

    $deployed = $tested | Start-OdcDeployment -Stage $Stage -BuildIfMissing -Wait -Confirm:$false
    if ($deployed) { "Deployed revision $($deployed.Revision) to $Stage." } else { "Revision $($tested.Revision) runs in $Stage already." }

    $packages = @(Test-OdcMobileBuild $Asset -Stage $Stage -Platform $Platform | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Save-OdcContent -Path $Folder -PassThru)
    foreach ($package in $packages) { "Saved $($package.Name)." }
} catch {
    Write-Failure $_
    exit 1
}
