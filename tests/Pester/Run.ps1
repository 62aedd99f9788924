#Requires -Version 7.4
# Runs the suites, each result a line of JSON; PwshRun.cs starts it in a throwaway home. To run one suite: dotnet test --project tests/Pester -- --suite Vault

$ErrorActionPreference = 'Stop'
$mark = $env:LAB_MARK
$env:LAB_MARK = $null
# At its start pwsh adds the folders of all users to what it was told.
$env:PSModulePath = "$env:LAB_HOME/modules", "$PSHOME/Modules" -join [System.IO.Path]::PathSeparator
Copy-Item -Path $env:LAB_PESTER -Destination "$env:LAB_HOME/modules/Pester" -Recurse
Import-Module -Name Pester

function Write-Result {
    param([string] $Name, [string] $Outcome, [string] $Message, [string] $Detail, [timespan] $Duration = 0)

    $result = @{ name = $Name; outcome = $Outcome; message = $Message; detail = $Detail; milliseconds = $Duration.TotalMilliseconds }
    [Console]::Out.WriteLine($mark + (ConvertTo-Json -InputObject $result -Compress))
}

# Suite > Describe > Context > It.
function Get-FullName {
    param([string] $Suite, $Item)

    $names = for (; $Item -and -not $Item.IsRoot; $Item = $Item.Block ?? $Item.Parent) {
        # Pester leaves <Name> as it is where a test did not start.
        $data = $Item.Data
        ($Item.ExpandedName ?? $Item.Name) -replace '<(\w+)>', { $key = $_.Groups[1].Value; if ($key -eq '_') { $data } elseif ($data -is [System.Collections.IDictionary] -and $data.Contains($key)) { $data[$key] } else { $_.Value } }
    }
    if ($names) { [array]::Reverse(($names = @($names))) }
    @($Suite) + $names -join ' > '
}

function Write-Failure {
    param([string] $Name, $ErrorRecord)

    Write-Result -Name $Name -Outcome Failed -Message ($ErrorRecord.DisplayErrorMessage -join "`n") -Detail ($ErrorRecord.DisplayStackTrace -join "`n")
}

foreach ($file in Get-Item -Path "$PSScriptRoot/$env:LAB_SUITE.Tests.ps1") {
    $suite = $file.Name -replace '\.Tests\.ps1$'
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $file.FullName
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = [bool] $env:LAB_LIST
    # What is printed is shown when the run breaks off.
    $configuration.Output.Verbosity = 'Detailed'
    $run = Invoke-Pester -Configuration $configuration

    foreach ($test in $run.Tests) {
        $name = Get-FullName -Suite $suite -Item $test
        if ($env:LAB_LIST) { Write-Result -Name $name -Outcome Listed; continue }
        $reason = if ($test.Skipped) { "$($test.ErrorRecord)" -replace '^is skipped(, because )?' }
        if ($test.Result -eq 'Passed') { Write-Result -Name $name -Outcome Passed -Duration $test.Duration }
        elseif ($reason) { Write-Result -Name $name -Outcome Skipped -Message $reason }
        elseif ($test.Skipped) { Write-Result -Name $name -Outcome Failed -Message 'It was skipped without a reason: use Set-ItResult -Skipped -Because.' }
        else { Write-Failure -Name $name -ErrorRecord $test.ErrorRecord }
    }

    # What broke off outside the tests: discovery, BeforeAll, AfterAll.
    foreach ($block in $run.FailedBlocks) { Write-Failure -Name "$(Get-FullName -Suite $suite -Item $block) > before or after its tests" -ErrorRecord $block.ErrorRecord }
    foreach ($container in $run.FailedContainers) { Write-Failure -Name "$suite > the file" -ErrorRecord $container.ErrorRecord }
}

Write-Result -Outcome End
exit 0
