<#
.SYNOPSIS
    An Azure Automation runbook that reports active ODC users who have not signed in for some time, or never; its secret is in a Key Vault.
.DESCRIPTION
    The managed identity of the Automation account reads the secret, so that nothing secret is stored there; it needs the role Key Vault Secrets User.
    The Key Vault stores the secret alone: tenant and client id are parameters.
.EXAMPLE
    ./Runbook-KeyVault.ps1 -Tenant acme.outsystems.dev -ClientId 5f0c1b3e-1d0e-4b8e-9c1c-2f6f3f6f0c11 -KeyVault contoso-kv -SecretName odc-prod
#>
#Requires -Modules OdcPowerShell, Az.Accounts, Az.KeyVault, Microsoft.PowerShell.SecretManagement
[CmdletBinding()]
param(
    # The host name of the ODC Portal.
    [string] $Tenant = $env:ODC_TENANT_URL,
    [string] $ClientId = $env:ODC_CLIENT_ID,
    # The name of the Key Vault.
    [Parameter(Mandatory)] [string] $KeyVault,
    [string] $SecretName = 'odc',
    [int] $IdleDays = 90
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$azure = (Connect-AzAccount -Identity).Context
$vault = @{ AZKVaultName = $KeyVault; SubscriptionId = $azure.Subscription.Id }
Register-SecretVault -Name $KeyVault -ModuleName Az.KeyVault -VaultParameters $vault -AllowClobber
Connect-Odc -Tenant $Tenant -ClientId $ClientId -SecretName $SecretName -VaultName $KeyVault

# -LastLoginTo would leave out those who have never signed in: they have no last sign-in to compare.
$since = [DateTimeOffset]::UtcNow.AddDays(-$IdleDays)
$idle = @(Get-OdcUser -Status Active | Where-Object { -not $_.LastLoginAt -or $_.LastLoginAt -lt $since })
$never = @($idle | Where-Object { -not $_.LastLoginAt }).Count
"$($idle.Count) active users have not signed in for $IdleDays days; $never of them never."
$idle | Select-Object -Property Name, Email, LastLoginAt
