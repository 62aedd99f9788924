<#
.SYNOPSIS
    Writes who has which end-user roles in an ODC stage to a CSV file, and who is idle; for a scheduled job.
.DESCRIPTION
    The file has a row for each user and role, and the date in its name. It is written when all has been read, so that a file which is there is
    complete. The job fails, with exit code 1, when the list would not be: when the API client may not see all users, or the list changed meanwhile.
    It signs in with the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET. The client needs the permissions View end users,
    View members and View stage, and Asset management > Open for the names of assets, which are keys without it.
.EXAMPLE
    ./Export-OdcUserAudit.ps1 -Stage Production -Folder ./audits -IdleDays 60
#>
#Requires -Modules OdcPowerShell
[CmdletBinding()]
param(
    [string] $Stage = 'Production',
    [string] $Folder = '.',
    # Who has not signed in for so many days, or never, is idle.
    [int] $IdleDays = 90
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

try {
    Connect-Odc -EnvironmentVariable
    # The service leaves out users whom the client may not see. Get-OdcUser warns of it; these two are denied, which leaves no doubt.
    $null = Get-OdcEndUserRole -First 1
    $null = Get-OdcOrganizationRole -First 1 | Get-OdcUser -First 1

    # A list that may not be complete comes with a warning.
    $users = @(Get-OdcUser -Stage $Stage -WarningAction Stop)
    # Without -Stage the roles of all users take a few requests, and with it one for each user.
    $roles = @($users | Get-OdcEndUserRole -WarningAction Stop | Where-Object -Property StageName -EQ -Value $Stage)

    $byKey = $users | Group-Object -Property UserKey -AsHashTable -AsString
    $rows = foreach ($role in $roles) {
        $user = $byKey[$role.UserKey][0]
        [pscustomobject]@{
            Name        = $user.Name
            Email       = $user.Email
            Status      = $user.Status
            LastLoginAt = if ($user.LastLoginAt) { $user.LastLoginAt.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture) }
            IsIdle      = -not $user.LastLoginAt -or $user.LastLoginAt -lt [DateTimeOffset]::UtcNow.AddDays(-$IdleDays)
            Asset       = if ($role.AssetName) { $role.AssetName } else { $role.AssetKey }
            Role        = $role.Name
            Source      = $role.Source
        }
    }

    $file = Join-Path -Path $Folder -ChildPath "odc-users-$Stage-$([DateTime]::UtcNow.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)).csv"
    @($rows) | Export-Csv -Path $file -NoTypeInformation -Encoding utf8
    "$($roles.Count) roles of $($users.Count) users in $Stage, in $file"
} catch {
    $reason = "$_"
    $line = "The audit is not complete: $reason $($_.ErrorDetails | Where-Object { $_ -and -not $reason.EndsWith("$($_.RecommendedAction)") } | ForEach-Object RecommendedAction)" -replace '\s+', ' '
    if ($env:GITHUB_ACTIONS) { "::error::$($line -replace '%', '%25')" }
    elseif ($env:TF_BUILD) { "##vso[task.logissue type=error]$line" }
    else { $Host.UI.WriteErrorLine($line) }
    exit 1
}
