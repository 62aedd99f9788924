<#
.SYNOPSIS
    A front for the dotnet commands, for people who live in PowerShell.
.EXAMPLE
    ./build.ps1
    Builds the module into module/bin, so that the clone can be imported.
.EXAMPLE
    ./build.ps1 -Task Test
    Runs all tests, and the Pester suites where Pester is installed.
#>
[CmdletBinding()]
param(
    # Build, Test (all tests) or Analyze (PSScriptAnalyzer). Packaging is not there yet.
    [ValidateSet('Build', 'Test', 'Analyze')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'

function Invoke-Native {
    param([string] $Command, [string[]] $Arguments)
    & $Command @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Command $($Arguments -join ' ') ended with $LASTEXITCODE." }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Native dotnet @('build', '--configuration', $Configuration) }
        'Test' {
            Invoke-Native dotnet @('test', '--configuration', $Configuration)
            & (Join-Path $PSScriptRoot 'tests/Pester/Invoke-Suite.ps1')
        }
        'Analyze' {
            $findings = 'module', 'tests/Pester', 'build.ps1', 'OdcPowerShell.psd1' | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse }
            $findings
            if ($findings) { throw "PSScriptAnalyzer has $(@($findings).Count) findings." }
        }
    }
}
finally {
    Pop-Location
}
