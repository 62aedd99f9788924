#Requires -Version 7.4
# The package as its users meet it: installed by a package manager or unpacked, and imported by name in a pwsh that knows no clone.

Describe 'The package' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        # Of the last whole build: one of its own would replace assemblies that this process has loaded.
        $built = Get-Item -Path "$Repository/src/OdcPowerShell/bin/*/netstandard2.0/OdcPowerShell.dll" | Sort-Object -Property LastWriteTime | Select-Object -Last 1
        $configuration = $built.Directory.Parent.Name
        $project = "$Repository/src/OdcPowerShell/OdcPowerShell.csproj"
        $said = dotnet pack $project --no-build --configuration $configuration -maxCpuCount:1 "-property:PackageRoot=$TestDrive/packed/"
        if ($LASTEXITCODE) { throw ($said -join "`n") }

        $script:Feed = Join-Path -Path $TestDrive -ChildPath 'packed/module'
        [System.IO.Compression.ZipFile]::ExtractToDirectory("$TestDrive/packed/automation/OdcPowerShell.zip", "$TestDrive/modules")
        $script:Lab = Open-Lab -Users 60
        # The build that was compiled ahead for this system.
        $script:Compiled = ('linux-x64', 'osx-arm64', 'win-x64').Where({ $_ -eq [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier })[0]
        $script:Job = @{ LAB_FOLDER = "$TestDrive/modules"; LAB_FEED = $Feed } + (Get-LabEnvironment -Tenant $Lab.Acme)
    }

    AfterAll { Close-Lab -Lab $Lab }

    It 'does the main job where only its folder is in PSModulePath' {
        $shown = Invoke-Child -Environment $Job -Script {
            $env:PSModulePath = $env:LAB_FOLDER
            Import-Module -Name OdcPowerShell
            Import-Module -Name "$PSHOME/Modules/Microsoft.PowerShell.Utility"
            (Get-Module -Name OdcPowerShell).Path.Substring($env:LAB_FOLDER.Length)
            . ([scriptblock]::Create($env:LAB_HURRY))
            Connect-Odc -EnvironmentVariable
            "$(@(Get-OdcUser).Count) users"
            Get-OdcDeployedAsset -Name 'Order Desk' -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Confirm:$false | ForEach-Object { "$($_.AssetName): $($_.Status)" }
            (Get-Help Get-OdcUser).Synopsis
            Get-OdcStage | Out-String -Stream | Where-Object { $_ } | Select-Object -First 1
            Split-Path -Path (Split-Path -Path (Get-Command -Name Get-OdcUser).ImplementingType.Assembly.Location) -Leaf
        }
        $shown[0..3] | Should -Be '/OdcPowerShell/module/OdcPowerShell.psm1', '60 users', 'Order Desk: Finished', 'Gets users of the organization.'
        $shown[4] | Should -Match 'Name +Purpose +Order'
        $shown[5] | Should -Be ($Compiled ?? 'net8.0')
    }

    It 'has a build for <_> that does it' -ForEach 'net8.0', 'netstandard2.0' {
        $shown = Invoke-Child -Environment ($Job + @{ LAB_BUILD = $_ }) -Script {
            Import-Module -Name "$env:LAB_FOLDER/OdcPowerShell/module/bin/$env:LAB_BUILD/OdcPowerShell.dll"
            . ([scriptblock]::Create($env:LAB_HURRY))
            Connect-Odc -EnvironmentVariable
            [Environment]::GetEnvironmentVariable('LAB_BUILD') -eq (Split-Path -Path (Split-Path -Path (Get-Command -Name Get-OdcUser).ImplementingType.Assembly.Location) -Leaf)
            "$(@(Get-OdcUser).Count) users"
            Get-OdcDeployedAsset -Name Fleet -Stage QA -Flat | Start-OdcDeployment -Stage Production -Wait -Force -Confirm:$false | ForEach-Object { "$($_.AssetName): $($_.Status)" }
            (Get-Help Get-OdcUser).Synopsis
        }
        $shown | Should -Be 'True', '60 users', 'Fleet: Finished', 'Gets users of the organization.'
    }

    It 'does it with the portable build on a system for which none was compiled' {
        $shown = Invoke-Child -Environment $Job -Script {
            [System.AppContext]::SetData('RUNTIME_IDENTIFIER', 'linux-riscv64')
            Import-Module -Name "$env:LAB_FOLDER/OdcPowerShell/OdcPowerShell.psd1"
            Connect-Odc -EnvironmentVariable
            "$(@(Get-OdcUser).Count) users"
            Split-Path -Path (Split-Path -Path (Get-Command -Name Get-OdcUser).ImplementingType.Assembly.Location) -Leaf
        }
        $shown | Should -Be '60 users', 'net8.0'
    }

    It 'does it with the IL of the compiled build in a runtime that does not take its code, as a later one may' {
        if (-not $Compiled) { Set-ItResult -Skipped -Because 'none was compiled for this system' }
        $later = "$TestDrive/later/OdcPowerShell"
        Copy-Item -Path "$TestDrive/modules/OdcPowerShell" -Destination $later -Recurse
        foreach ($file in Get-ChildItem -Path "$later/module/bin/$Compiled" -Filter *.dll) {
            $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
            $image = [System.Reflection.PortableExecutable.PEReader]::new([System.IO.MemoryStream]::new($bytes))
            $at = 0
            $null = $image.PEHeaders.TryGetDirectoryOffset($image.PEHeaders.CorHeader.ManagedNativeHeaderDirectory, [ref] $at)
            [System.Text.Encoding]::ASCII.GetString($bytes, $at, 3) | Should -Be 'RTR'
            # The version of the code, of which a runtime takes its own and some before.
            $bytes[$at + 4] = 99
            [System.IO.File]::WriteAllBytes($file.FullName, $bytes)
        }
        $shown = Invoke-Child -Environment ($Job + @{ LAB_BUILD = "$later/OdcPowerShell.psd1" }) -Script {
            Import-Module -Name $env:LAB_BUILD
            Connect-Odc -EnvironmentVariable
            "$(@(Get-OdcUser).Count) users"
            (Get-Command -Name Get-OdcUser).ImplementingType.Assembly.Location
        }
        $shown[0] | Should -Be '60 users'
        $shown[1] | Should -BeLike "*/later/OdcPowerShell/module/bin/$Compiled/OdcPowerShell.dll"
    }

    It 'is installed from a folder by a package manager' {
        # It installs for the current user.
        if ($IsWindows -or -not $env:LAB_HOME) { Set-ItResult -Skipped -Because 'the folder of the user would be the real one' }
        $shown = Invoke-Child -Environment $Job -Script {
            Register-PSResourceRepository -Name lab -Uri $env:LAB_FEED -Trusted
            Install-PSResource -Name OdcPowerShell -Repository lab -Prerelease
            $env:PSModulePath = "$HOME/.local/share/powershell/Modules", $env:PSModulePath -join [System.IO.Path]::PathSeparator
            Connect-Odc -EnvironmentVariable
            $module = Get-Module -Name OdcPowerShell
            $module.Version -eq (Import-PowerShellDataFile -Path $env:LAB_MODULE).ModuleVersion
            $module.Path.StartsWith($HOME)
            "$(@(Get-OdcUser).Count) users"
        }
        $shown | Should -Be 'True', 'True', '60 users'
    }
}

Describe 'build.ps1 -Task Publish' {
    BeforeAll { . $PSScriptRoot/Lab.ps1 }

    It 'says what is missing before it builds: a package manager, the repository, the key' {
        $shown = Invoke-Child -Environment @{ LAB_SCRIPT = "$Repository/build.ps1"; PSGALLERY_API_KEY = $null } -Script {
            # pwsh brings a package manager of its own, which it finds wherever PSModulePath points. Without dotnet too: what is missing must be said first.
            Import-Module -Name Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
            $PSModuleAutoLoadingPreference = 'None'
            $env:PATH = ''
            try { & $env:LAB_SCRIPT -Task Publish } catch { "$_" }
            function Publish-PSResource { }
            function Get-PSResourceRepository { }
            try { & $env:LAB_SCRIPT -Task Publish } catch { "$_" }
            function Get-PSResourceRepository { 'PSGallery' }
            try { & $env:LAB_SCRIPT -Task Publish } catch { "$_" }
        }
        $shown | Should -HaveCount 3
        $shown[0] | Should -BeLike '*install Microsoft.PowerShell.PSResourceGet*'
        $shown[1] | Should -BeLike '*PSGallery is not registered*'
        $shown[2] | Should -BeLike '*-ApiKey or the environment variable*'
    }

    It 'only says what it would push, with -WhatIf: no key is asked for and nothing is made' {
        $shown = Invoke-Child -Environment @{ LAB_SCRIPT = "$Repository/build.ps1"; PSGALLERY_API_KEY = $null } -Script {
            Import-Module -Name Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
            $PSModuleAutoLoadingPreference = 'None'
            $env:PATH = ''
            function Publish-PSResource { 'pushed' }
            try { & $env:LAB_SCRIPT -Task Publish -WhatIf } catch { "$_" }
        }
        $shown -join ' ' | Should -BeLike '*Publish-PSResource OdcPowerShell.*.nupkg*PSGallery*'
        $shown -join ' ' | Should -Not -BeLike '*pushed*'
    }
}
