#Requires -Version 7.4
# The module as people find it in a full pwsh: imported by its manifest, with help, and with scripts that PSScriptAnalyzer accepts.

BeforeDiscovery {
    . $PSScriptRoot/Lab.ps1
    $script:Commands = (Import-PowerShellDataFile -Path $Manifest).CmdletsToExport
    $patterns = 'module/*.psm1', 'module/samples/*.ps1', '*.psd1', 'tests/Pester/*.ps1', 'tests/Live/*.ps1', 'tests/Readme/*.ps1', 'src/OdcPowerShell.Packaging/*.ps1', 'src/OdcPowerShell.Sandbox/*.ps1', '.ci/*.ps1', 'build.ps1'
    $script:Scripts = $patterns.ForEach({ Get-ChildItem -Path "$Repository/$_" -ErrorAction Ignore }).FullName.ForEach({ [System.IO.Path]::GetRelativePath($Repository, $_) })
}

Describe 'The module' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        Import-Module -Name $Manifest
    }

    It 'has a valid manifest and exports what it lists' {
        $manifest = Test-ModuleManifest -Path $Manifest
        $module = Get-Module -Name OdcPowerShell
        $module.Version | Should -Be $manifest.Version
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
        $module.ExportedAliases.Keys | Sort-Object | Should -Be ($manifest.ExportedAliases.Keys | Sort-Object)
    }

    It 'is found through PSModulePath and removed again' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'modules'
        $null = New-Item -Path $folder -ItemType Directory
        $null = New-Item -Path "$folder/OdcPowerShell" -ItemType SymbolicLink -Target $Repository
        $shown = Invoke-Child -Environment @{ LAB_FOLDER = $folder } -Script {
            $env:PSModulePath = $env:LAB_FOLDER
            try { Get-OdcOrganization } catch { $_.FullyQualifiedErrorId }
            Remove-Module -Name OdcPowerShell
            "left: $(@(Get-Module -Name OdcPowerShell).Count)"
        }
        $shown -join ' ' | Should -BeLike 'OdcNotConnected,* left: 0'
    }

    It 'has help for <_>' -ForEach $Commands {
        $help = Get-Help -Name $_ -Full
        $help.Name | Should -Be $_
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $own = (Get-Command -Name $_).Parameters.Keys.Where({ $_ -notin [System.Management.Automation.PSCmdlet]::CommonParameters })
        $own.Where({ $_ -notin 'WhatIf', 'Confirm', 'First', 'Skip', 'IncludeTotalCount' }) | Should -BeIn $help.parameters.parameter.name
    }
}

Describe 'The scripts' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        $script:Obstacle = Get-ModuleObstacle -Name PSScriptAnalyzer
    }

    BeforeEach { if ($Obstacle) { Set-ItResult -Skipped -Because $Obstacle } }

    It 'hold nothing that PSScriptAnalyzer finds: <_>' -ForEach $Scripts {
        Invoke-ScriptAnalyzer -Path "$Repository/$_" | ForEach-Object -Process { "$($_.RuleName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
