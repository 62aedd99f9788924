#Requires -Version 7.4
# The package as its users meet it: installed by a package manager or unpacked, and imported by name in a pwsh that knows no clone.

Describe 'The package' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        # Of the last whole build: one of its own would replace assemblies that this process has loaded.
        $built = Get-Item -Path "$Repository/src/OdcPowerShell/bin/*/netstandard2.0/OdcPowerShell.dll" | Sort-Object -Property LastWriteTime | Select-Object -Last 1
        $configuration = $built.Directory.Parent.Name
        $project = "$Repository/src/OdcPowerShell/OdcPowerShell.csproj"
        # The build that is compiled ahead for this system; the hosted tests look at the others.
        $script:Compiled = ('linux-x64', 'osx-arm64', 'win-x64').Where({ $_ -eq [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier })[0]
        $said = dotnet pack $project --no-build --configuration $configuration -maxCpuCount:1 "-property:PackageRoot=$TestDrive/packed/" "-property:CompiledRuntimes=$($Compiled ?? 'none')"
        if ($LASTEXITCODE) { throw ($said -join "`n") }

        $script:Feed = Join-Path -Path $TestDrive -ChildPath 'packed/module'
        [System.IO.Compression.ZipFile]::ExtractToDirectory("$TestDrive/packed/automation/OdcPowerShell.zip", "$TestDrive/modules")
        $script:Lab = Open-Lab -Users 60
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

    It 'is installed into an empty profile, does the README''s main job and is uninstalled' {
        if ($IsWindows -or -not $env:LAB_HOME) { Set-ItResult -Skipped -Because 'the folder of the user would be the real one' }
        # The script that the workflows run in every PowerShell, in a home of its own.
        $empty = (New-Item -Path "$TestDrive/empty" -ItemType Directory).FullName
        $fresh = Open-Lab -Users 60
        try {
            $set = @{ HOME = $empty; XDG_DATA_HOME = "$empty/.local/share"; XDG_CONFIG_HOME = "$empty/.config"; XDG_CACHE_HOME = "$empty/.cache"; LAB_JOB = "$Repository/.ci/main-job.ps1"; LAB_PACKED = "$TestDrive/packed" }
            $set.PSModulePath = "$empty/.local/share/powershell/Modules", "$PSHOME/Modules" -join ':'
            $shown = Invoke-Child -Environment ((Get-LabEnvironment -Tenant $fresh.Acme) + $set) -Script { & $env:LAB_JOB -Artifacts $env:LAB_PACKED }
        } finally {
            Close-Lab -Lab $fresh
        }
        $shown | Should -Be 'Order Desk: Finished', "PowerShell $($PSVersionTable.PSVersion), build $($Compiled ?? 'net8.0'), 60 users", 'Installed, used and uninstalled.'
        Get-ChildItem -Path $empty -Recurse -File -Filter OdcPowerShell* | Should -BeNullOrEmpty
    }

    It 'has a manifest and scripts without fault' {
        $folder = "$TestDrive/modules/OdcPowerShell"
        $manifest = Test-ModuleManifest -Path "$folder/OdcPowerShell.psd1"
        $manifest.ReleaseNotes | Should -Match 'Sign-in with an API client'
        if ($obstacle = Get-ModuleObstacle -Name PSScriptAnalyzer) { Set-ItResult -Skipped -Because $obstacle }
        Invoke-ScriptAnalyzer -Path $folder -Recurse | ForEach-Object -Process { "$($_.ScriptName), $($_.RuleName), line $($_.Line): $($_.Message)" } | Should -BeNullOrEmpty
    }

    It 'is no trouble for Update-Help' {
        # Nothing is downloaded: PowerShell's own modules can't be updated here, and the error names them.
        $shown = Invoke-Child -Environment ($Job + @{ HTTPS_PROXY = 'http://127.0.0.1:9'; HTTP_PROXY = 'http://127.0.0.1:9' }) -Script {
            Import-Module -Name Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
            $env:PSModulePath = $env:LAB_FOLDER
            Update-Help -UICulture en-US -ErrorAction SilentlyContinue -ErrorVariable failed
            "named: $(@($failed -like '*OdcPowerShell*').Count)"
            "synopsis: $((Get-Help -Name Get-OdcUser).Synopsis)"
            "info: $((Get-Module -Name OdcPowerShell -ListAvailable).HelpInfoUri)"
            "online: $((Get-Command -Name Get-OdcUser).HelpUri)"
        }
        $shown.TrimEnd() | Should -Be 'named: 0', 'synopsis: Gets users of the organization.', 'info:', 'online:'
    }
}

Describe 'build.ps1 -Task Package' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        # dotnet and the commands of Windows only say what they were asked to do.
        $script:StandIns = {
            Import-Module -Name Microsoft.PowerShell.Utility, Microsoft.PowerShell.Management
            function dotnet { $global:LASTEXITCODE = 0; Add-Content -Path $env:LAB_SAID -Value ("dotnet $args" -replace '--?(nologo|verbosity:minimal|configuration|property:Configuration=) ?(Release)? ?') }
            Set-Item -Path Function:Set-AuthenticodeSignature -Value {
                param($FilePath, $Certificate, $HashAlgorithm, $TimestampServer)

                foreach ($file in $FilePath) {
                    Add-Content -Path $env:LAB_SAID -Value ("sign $(Split-Path -Path $file -Leaf) $($Certificate.Subject) $HashAlgorithm $TimestampServer")
                    [pscustomobject]@{ Path = $file; Status = $env:LAB_STATUS; StatusMessage = 'the certificate is not trusted' }
                }
            }
            Set-Item -Path Function:New-FileCatalog -Value {
                param($Path, $CatalogFilePath, $CatalogVersion)

                Add-Content -Path $env:LAB_SAID -Value ("catalog $Path $(Split-Path -Path $CatalogFilePath -Leaf) $CatalogVersion")
            }
            $key = [System.Security.Cryptography.RSA]::Create(2048)
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Lab', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $certificate = $request.CreateSelfSigned([datetimeoffset]::Now, [datetimeoffset]::Now.AddDays(1))
        }
        # A copy, so that the artifacts of this clone stay as they are.
        $copy = New-Item -Path "$TestDrive/clone" -ItemType Directory
        Copy-Item -Path "$Repository/build.ps1" -Destination $copy
        $null = New-Item -Path "$copy/src/OdcPowerShell.Packaging", "$copy/artifacts/stage/OdcPowerShell/module/bin/net8.0" -ItemType Directory
        Copy-Item -Path "$Repository/src/OdcPowerShell.Packaging/Package.ps1" -Destination "$copy/src/OdcPowerShell.Packaging"
        foreach ($file in 'OdcPowerShell.psd1', 'LICENSE', 'module/OdcPowerShell.psm1', 'module/bin/net8.0/OdcPowerShell.dll', 'module/bin/net8.0/System.Text.Json.dll') { $null = New-Item -Path "$copy/artifacts/stage/OdcPowerShell/$file" -ItemType File }
        $script:Set = @{ LAB_SCRIPT = "$copy/build.ps1"; LAB_STANDINS = "$StandIns"; LAB_STATUS = 'Valid'; LAB_SAID = "$TestDrive/said.txt" }
    }

    BeforeEach { Set-Content -Path "$TestDrive/said.txt" -Value @() }

    It 'signs what is its own before it is described, and makes a catalog of all and signs it before it is packed' {
        $shown = Invoke-Child -Environment $Set -Script {
            . ([scriptblock]::Create($env:LAB_STANDINS))
            & $env:LAB_SCRIPT -Task Package -Certificate $certificate -TimestampServer http://time.example -Property RepositoryUrl=https://code.example/odc
        }
        $shown | Should -BeNullOrEmpty
        $said = Get-Content -Path "$TestDrive/said.txt"
        $said[0] | Should -Be 'dotnet build src/OdcPowerShell/OdcPowerShell.csproj '
        $said[1] | Should -BeLike 'dotnet msbuild src/OdcPowerShell/OdcPowerShell.csproj *-property:RepositoryUrl=https://code.example/odc -target:StageModule'
        $said[2..4] | Sort-Object | Should -Be 'sign OdcPowerShell.dll CN=Lab SHA256 http://time.example', 'sign OdcPowerShell.psd1 CN=Lab SHA256 http://time.example', 'sign OdcPowerShell.psm1 CN=Lab SHA256 http://time.example'
        $said[5] | Should -BeLike '*-target:DescribeModule'
        $said[6..7] | Should -Be 'catalog artifacts/stage/OdcPowerShell OdcPowerShell.cat 2', 'sign OdcPowerShell.cat CN=Lab SHA256 http://time.example'
        $said[8] | Should -BeLike 'dotnet pack *-property:RepositoryUrl=https://code.example/odc -property:IsStaged=true'
        $said | Should -HaveCount 9
    }

    It 'packs nothing when a file was not signed' {
        $unsigned = $Set.Clone()
        $unsigned.LAB_STATUS = 'UnknownError'
        $shown = Invoke-Child -Environment $unsigned -Script {
            . ([scriptblock]::Create($env:LAB_STANDINS))
            try { & $env:LAB_SCRIPT -Task Package -Certificate $certificate } catch { "$_" }
        }
        @($shown)[-1] | Should -BeLike '*was not signed: the certificate is not trusted'
        (Get-Content -Path "$TestDrive/said.txt") -like 'dotnet pack*' | Should -BeNullOrEmpty
    }

    It 'says before it builds where it can sign' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows can sign' }
        $shown = Invoke-Child -Environment $Set -Script {
            . ([scriptblock]::Create($env:LAB_STANDINS))
            Remove-Item -Path Function:Set-AuthenticodeSignature
            try { & $env:LAB_SCRIPT -Task Package -Certificate $certificate } catch { "$_" }
            try { & $env:LAB_SCRIPT -Task Package -Certificate $certificate -Verify } catch { "$_" }
        }
        $shown[0] | Should -BeLike 'Set-AuthenticodeSignature exists on Windows only.*omit -Certificate.'
        $shown[1] | Should -BeLike '*use -Verify without -Certificate.'
        $shown | Should -HaveCount 2
        Get-Content -Path "$TestDrive/said.txt" | Should -BeNullOrEmpty
    }

    It 'is one command where there are no catalogs' {
        $shown = Invoke-Child -Environment $Set -Script {
            . ([scriptblock]::Create($env:LAB_STANDINS))
            Remove-Item -Path Function:New-FileCatalog
            & $env:LAB_SCRIPT -Task Package -Property HelpUrl=https://help.example
        }
        $shown | Should -BeNullOrEmpty
        Get-Content -Path "$TestDrive/said.txt" | Should -Be 'dotnet pack -property:HelpUrl=https://help.example'
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

Describe 'build.ps1 -Task Live' {
    BeforeAll { . $PSScriptRoot/Lab.ps1 }

    It 'builds and runs the checks with what was specified, and ends with their exit code' {
        $shown = Invoke-Child -Environment @{ LAB_SCRIPT = "$Repository/build.ps1" } -Script {
            function dotnet {
                $global:LASTEXITCODE = if ($args[0] -eq 'run') { 1 } else { 0 }
                "dotnet $args"
            }
            & $env:LAB_SCRIPT -Task Live -Tenant acme.example -AllowChanges -Stage Development -RateShare 0.25 -Specifications ../openapi
            "code $LASTEXITCODE"
        }
        $shown[0] | Should -BeLike 'dotnet build *Live --configuration Debug*'
        $shown[1] | Should -BeLike 'dotnet run *--report artifacts/live --rate-share 0.25 --tenant acme.example --specifications ../openapi --stage Development --allow-changes'
        $shown[2] | Should -Be 'code 1'
    }

    It 'ends with 2 when it can not run' {
        $shown = Invoke-Child -Environment @{ LAB_SCRIPT = "$Repository/build.ps1" } -Script {
            function dotnet { $global:LASTEXITCODE = 1 }
            & $env:LAB_SCRIPT -Task Live
            "code $LASTEXITCODE"
        }
        $shown[0] | Should -BeLike 'Could not run: tests/Live could not be built.'
        $shown[1] | Should -Be 'code 2'
    }
}
