#Requires -Version 7.4
# The examples in the help that use commands of a full pwsh or other runspaces, as they are written. All others are run by the hosted engine's ExampleTests,
# which also sees to it that this list leaves none out.

BeforeDiscovery {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Borrowed = 'ConvertTo-Json', 'Format-List', 'Format-Table', 'Get-ChildItem', 'Get-Date', 'Group-Object', 'Import-Csv', 'Select-Object', 'Sort-Object'
    $isCommand = { param($ast) $ast -is [System.Management.Automation.Language.CommandAst] }
    $script:Examples = foreach ($command in (Import-PowerShellDataFile -Path $Manifest).CmdletsToExport) {
        $number = 0
        foreach ($code in (Get-Help -Name $command -Full).examples.example.code) {
            $number++
            $calls = @([scriptblock]::Create($code).Ast.FindAll($isCommand, $true)) | ForEach-Object -Process { $_.GetCommandName() }
            if (($calls | Where-Object -FilterScript { $_ -in $Borrowed }) -or $code -match '-Parallel') { @{ Command = $command; Number = $number; Code = $code } }
        }
    }
}

Describe 'The examples' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        # Other runspaces find the module where it is installed.
        $script:ModulePath = $env:PSModulePath
        $null = New-Item -Path "$TestDrive/modules" -ItemType Directory
        $null = New-Item -Path "$TestDrive/modules/OdcPowerShell" -ItemType SymbolicLink -Target $Repository
        $env:PSModulePath = "$TestDrive/modules", $env:PSModulePath -join [System.IO.Path]::PathSeparator
        Remove-Module -Name OdcPowerShell
        Import-Module -Name OdcPowerShell
        & $Hurry
    }

    AfterAll {
        $env:PSModulePath = $ModulePath
        # It was imported from a folder that is gone after this suite, and no module can be loaded while its views are missing.
        Remove-Module -Name OdcPowerShell
        Import-Module -Name $Manifest
    }

    BeforeEach {
        $script:Lab = Open-Lab -Users 60
        $script:credential = Get-LabCredential -Tenant $Lab.Acme
        Connect-Odc -Tenant $Lab.Acme.url -Credential $credential -Name acme
        # What the reader of an example has: a file of users, a group, and a file of Studio.
        New-Item -Path $TestDrive/reader -ItemType Directory -Force | Set-Location
        'ana@new.example', 'ben@new.example', 'eva@new.example' | ForEach-Object -Process { [pscustomobject]@{ Email = $_; Name = "The user $_" } } | Export-Csv -Path users.csv
        Set-Content -Path Orders.oml -Value "OML $([guid]::NewGuid()) WebApplication Orders"
        $null = New-OdcGroup -Name Clerks -Stage Production
    }

    AfterEach {
        Set-Location -Path $PSScriptRoot
        Get-OdcConnection | Disconnect-Odc
        Close-Lab -Lab $Lab
    }

    It 'of <Command>: <Number>' -ForEach $Examples {
        $ErrorActionPreference = 'Stop'
        # The tenant of the examples stands for the reader's own.
        $null = . ([scriptblock]::Create($Code.Replace('acme.outsystems.dev', $Lab.Acme.url)))
    }
}
