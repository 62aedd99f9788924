#Requires -Version 7.4
<#
.SYNOPSIS
    Runs the Pester suites in a pwsh of its own whose HOME is a throwaway folder, so that nobody's SecretStore is touched.
.DESCRIPTION
    The last line is "Pester: N passed, N failed, N skipped"; the exit code is 1 when anything failed.
.EXAMPLE
    pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1 -Suite Vault
#>
[CmdletBinding()]
param([string] $Suite = '*')

$files = @(Get-Item -Path "$PSScriptRoot/$Suite.Tests.ps1" -ErrorAction Ignore)
if (-not $files) { throw "There is no suite named '$Suite'." }

if (-not (Get-Module -Name Pester -ListAvailable | Where-Object -FilterScript { $_.Version.Major -ge 5 })) {
    $isTest = { param($ast) $ast -is [System.Management.Automation.Language.CommandAst] -and $ast.GetCommandName() -eq 'It' }
    $tests = $files.ForEach({ [System.Management.Automation.Language.Parser]::ParseFile($_, [ref] $null, [ref] $null).FindAll($isTest, $true) })
    Write-Output 'Pester 5 is not installed: the suites did not run.'
    Write-Output "Pester: 0 passed, 0 failed, $($tests.Count) skipped"
    exit 0
}

if (Test-Path -Path "$HOME/.odc-pester-home") {
    Import-Module -Name Pester -MinimumVersion 5.0
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $files.FullName
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Detailed'
    $result = Invoke-Pester -Configuration $configuration
    # A block or a file that broke off outside its tests must not pass for success.
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    Write-Output "Pester: $($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
    exit [int]($failed -gt 0 -or $result.TotalCount -eq 0)
}

$folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "odc-pester-$([guid]::NewGuid())"
$null = New-Item -Path "$folder/.odc-pester-home" -ItemType File -Force
$before = $env:HOME
try {
    $env:HOME = $folder
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $PSCommandPath -Suite "$Suite"
    $code = $LASTEXITCODE
} finally {
    $env:HOME = $before
    Remove-Item -Path $folder -Recurse -Force
}

exit $code
