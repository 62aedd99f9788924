#Requires -Version 7.4
# The examples in the help that go to other runspaces, as they are written: those find the module where it is installed. The hosted engine's ExampleTests run all others.

BeforeDiscovery {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Examples = foreach ($command in (Import-PowerShellDataFile -Path $Manifest).CmdletsToExport) {
        $number = 0
        foreach ($code in (Get-Help -Name $command -Full).examples.example.code) {
            $number++
            if ($code -match '-Parallel') { @{ Command = $command; Number = $number; Code = $code } }
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
    }

    AfterEach {
        Get-OdcConnection | Disconnect-Odc
        Close-Lab -Lab $Lab
    }

    It 'of <Command>: <Number>' -ForEach $Examples {
        $ErrorActionPreference = 'Stop'
        # The tenant of the examples stands for the reader's own.
        $null = . ([scriptblock]::Create($Code.Replace('acme.outsystems.dev', $Lab.Acme.url)))
    }
}
