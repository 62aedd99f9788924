<#
.SYNOPSIS
    An Azure Automation runbook that reports the ODC deployments of the last day, and fails when one of them failed.
.DESCRIPTION
    It signs in with a credential asset of the Automation account: client id as user name, secret as password. When the secret is replaced there, a
    running job continues with the new one. An error ends the job in the state Failed.
.EXAMPLE
    ./Runbook-AutomationCredential.ps1 -Tenant acme.outsystems.dev -AssetName odc
#>
#Requires -Modules OdcPowerShell
[CmdletBinding()]
param(
    # The host name of the ODC Portal.
    [string] $Tenant = $env:ODC_TENANT_URL,
    # The name of the credential asset.
    [string] $AssetName = 'odc',
    [string] $Stage = 'Production'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Connect-Odc -Tenant $Tenant -AutomationCredential $AssetName
$deployments = @(Get-OdcDeployment -Stage $Stage -Since (Get-Date).AddDays(-1))
foreach ($one in $deployments) { "$($one.AssetName), revision $($one.Revision): $($one.Operation) $($one.Status)" }

$failed = @($deployments | Where-Object -Property Status -EQ -Value FinishedWithError)
if ($failed) { throw "$($failed.Count) of $($deployments.Count) deployments to $Stage failed: $($failed.AssetName -join ', ')." }
