<#
.SYNOPSIS
    Writes what each portfolio used in a month in an ODC stage to a CSV file; for a scheduled job, such as one that charges costs.
.DESCRIPTION
    The file has a row for each portfolio and entitlement, with the sum of its assets, and the month in its name. It is written when all has been
    read. Usage is by asset; the portfolio is that of the asset today, and is empty for an asset that was deleted or that the client may not see.
    It signs in with the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET. The client needs the permissions View stage,
    Subscriptions > View subscription and Asset management > Open.
.EXAMPLE
    ./Export-OdcUsageReport.ps1 -Stage Production -Month 2026-01-01 -Folder ./usage
#>
#Requires -Modules OdcPowerShell
[CmdletBinding()]
param(
    [string] $Stage = 'Production',
    # Any day of the month: without it, last month.
    [datetime] $Month = (Get-Date).AddMonths(-1),
    [string] $Folder = '.'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

try {
    Connect-Odc -EnvironmentVariable
    $from = [datetime]::new($Month.Year, $Month.Month, 1, 0, 0, 0, [DateTimeKind]::Utc)
    $name = $from.ToString('yyyy-MM', [cultureinfo]::InvariantCulture)

    # A list that may not be complete comes with a warning. Peaks, such as maxComputeReplicas, are left out: their sum is not the peak of a portfolio.
    $usage = @(Get-OdcAssetUsage -Stage $Stage -Entitlement applicationObjects, maxCustomCodeTotalDuration, agentExecutions -Aggregation Total -Since $from -To $from.AddMonths(1).AddSeconds(-1) -WarningAction Stop)
    $portfolioNames = @{}
    Get-OdcPortfolio | ForEach-Object { $portfolioNames[$_.PortfolioKey] = $_.Name }
    $portfolios = @{}
    Get-OdcAsset -WarningAction Stop | ForEach-Object { $portfolios[$_.AssetKey] = $portfolioNames[$_.PortfolioKey] }

    $rows = $usage | Group-Object -Property { $portfolios[$_.AssetKey] }, EntitlementId | ForEach-Object {
        [pscustomobject]@{
            Month         = $name
            Stage         = $Stage
            Portfolio     = $portfolios[$_.Group[0].AssetKey]
            EntitlementId = $_.Group[0].EntitlementId
            Value         = [math]::Round(($_.Group | Measure-Object -Property Value -Sum).Sum, 2).ToString([cultureinfo]::InvariantCulture)
            AssetCount    = $_.Count
        }
    }

    $file = Join-Path -Path $Folder -ChildPath "odc-usage-$Stage-$name.csv"
    @($rows) | Sort-Object -Property Portfolio, EntitlementId | Export-Csv -Path $file -NoTypeInformation -Encoding utf8
    "$(@($rows).Count) rows of $name in $Stage, in $file"
} catch {
    $line = "The report was not written: $_" -replace '\s+', ' '
    if ($env:GITHUB_ACTIONS) { "::error::$($line -replace '%', '%25')" } elseif ($env:TF_BUILD) { "##vso[task.logissue type=error]$line" } else { $Host.UI.WriteErrorLine($line) }
    exit 1
}
