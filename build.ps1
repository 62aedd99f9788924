<#
.SYNOPSIS
    A front for the dotnet commands, for people who live in PowerShell.
.EXAMPLE
    ./build.ps1
    Builds the module into module/bin, so that the clone can be imported.
.EXAMPLE
    ./build.ps1 -Task Test
    Runs all tests.
.EXAMPLE
    ./build.ps1 -Task Package
    Makes the package, the zip for Azure Automation and the emulator's tool in artifacts.
.EXAMPLE
    ./build.ps1 -Task Package -Verify
    Makes them a second time, from the last commit in another folder, and compares the bytes.
.EXAMPLE
    ./build.ps1 -Task Package -Property RepositoryUrl=https://code.example/odc, HelpUrl=https://help.example/odc
    Fills the addresses in the manifest and in the help. Without them they are left out.
.EXAMPLE
    ./build.ps1 -Task Live -Specifications ../shared/api/openapi
    Compares what the tenant of ODC_TENANT_URL answers with what the module expects; reads only.
.EXAMPLE
    ./build.ps1 -Task Live -SecretName odc -AllowChanges -Stage Development
    The same with an API client from a vault, and with objects of its own, which it removes.
.EXAMPLE
    ./build.ps1 -Task Publish -ApiKey (Read-Host -AsSecureString) -WhatIf
    Says what would be pushed where, and makes nothing.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Build, Test (all tests), Live (against a live tenant), Analyze (PSScriptAnalyzer), Package, or Publish, which packages first.
    [ValidateSet('Build', 'Test', 'Live', 'Analyze', 'Package', 'Publish')]
    [string] $Task = 'Build',

    # Of Build and Test; packages are always made from a Release build.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Where Publish pushes the module: a repository that is registered on this machine.
    [string] $Repository = 'PSGallery',

    # Its API key; without it, the environment variable PSGALLERY_API_KEY. A folder needs none.
    [securestring] $ApiKey,

    # Of Package and Publish: what the build can't know, such as RepositoryUrl=https://code.example/odc; also IconUrl and HelpUrl, the folder of the help's pages.
    [string[]] $Property = @(),

    # Of Package and Publish, on Windows: signs scripts, the module's own assemblies and the file catalog.
    [System.Security.Cryptography.X509Certificates.X509Certificate2] $Certificate,

    # With -Certificate: the server that certifies the time, so that signatures outlive the certificate.
    [string] $TimestampServer,

    # Of Package: makes the packages a second time, from the last commit in another folder, and compares the bytes.
    [switch] $Verify,

    # Of Live: the tenant, instead of ODC_TENANT_URL or what is stored with the secret.
    [string] $Tenant,

    # Of Live: the API client's entry in a vault, and the vault; without it, ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET.
    [string] $SecretName,
    [string] $VaultName,

    # Of Live: create own objects, in this Development stage where they have one, and remove them.
    [switch] $AllowChanges,
    [string] $Stage,

    # Of Live: reach a rate limit once, to see how it answers.
    [switch] $MeasureLimits,

    # Of Live: the part of the rate limits that it may use.
    [ValidateRange(0.1, 1)]
    [double] $RateShare,

    # Of Live: a folder with the official OpenAPI files, to compare with these too.
    [string] $Specifications,

    # Of Live: the folder of its report.
    [string] $ReportPath
)

$ErrorActionPreference = 'Stop'

function Invoke-Native {
    param([string] $Command, [string[]] $Arguments)
    & $Command @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Command $($Arguments -join ' ') ended with $LASTEXITCODE." }
}

# The command that pushes a module, and its parameters. PSResourceGet since 1.1 takes the package itself; the others make one of the staged folder.
function Get-Publisher {
    param([string] $Repository, [securestring] $ApiKey, [switch] $NoKey)
    $publisher = 'Publish-PSResource', 'Publish-Module' | ForEach-Object { Get-Command -Name $_ -ErrorAction Ignore } | Select-Object -First 1
    if (-not $publisher) { throw 'There is no Publish-PSResource and no Publish-Module: install Microsoft.PowerShell.PSResourceGet.' }
    $key = if ($ApiKey) { [System.Net.NetworkCredential]::new('', $ApiKey).Password } else { $env:PSGALLERY_API_KEY }
    $lister = Get-Command -Name $(if ($publisher.Name -eq 'Publish-Module') { 'Get-PSRepository' } else { 'Get-PSResourceRepository' }) -ErrorAction Ignore
    if ($lister -and -not (& $lister -Name $Repository -ErrorAction Ignore)) { throw "The repository $Repository is not registered on this machine. Register-PSResourceRepository adds it." }
    if (-not $key -and -not $NoKey -and $Repository -eq 'PSGallery') { throw 'PSGallery needs an API key: -ApiKey or the environment variable PSGALLERY_API_KEY.' }
    $parameters = @{ Repository = $Repository }
    if ($key) { $parameters[$(if ($publisher.Name -eq 'Publish-Module') { 'NuGetApiKey' } else { 'ApiKey' })] = $key }
    [pscustomobject]@{ Command = $publisher; Parameters = $parameters; TakesPackage = $publisher.Parameters.ContainsKey('NupkgPath') }
}

# Build-Package and Compare-Package.
. "$PSScriptRoot/src/OdcPowerShell.Packaging/Package.ps1"

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Native dotnet @('build', '--configuration', $Configuration) }
        'Test' { Invoke-Native dotnet @('test', '--configuration', $Configuration) }
        'Live' {
            $names = 'Configuration', 'Tenant', 'SecretName', 'VaultName', 'AllowChanges', 'Stage', 'MeasureLimits', 'RateShare', 'Specifications', 'ReportPath'
            $specified = @{}
            foreach ($name in $names) { if ($PSBoundParameters.ContainsKey($name)) { $specified[$name] = $PSBoundParameters[$name] } }
            & tests/Live/Invoke-LiveCheck.ps1 @specified
            exit $LASTEXITCODE
        }
        'Analyze' {
            if (-not (Get-Command -Name Invoke-ScriptAnalyzer -ErrorAction Ignore)) { throw 'PSScriptAnalyzer is not installed: Install-PSResource PSScriptAnalyzer.' }
            $findings = 'module', 'tests/Pester', 'tests/Readme', 'tests/Live/Invoke-LiveCheck.ps1', 'src/OdcPowerShell.Packaging', 'src/OdcPowerShell.Sandbox', '.ci', 'build.ps1', 'OdcPowerShell.psd1' | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse }
            $findings
            if ($findings) { throw "PSScriptAnalyzer has $(@($findings).Count) findings." }
        }
        'Package' {
            if ($Verify -and $Certificate) { throw 'Signatures and catalogs have a time in them: use -Verify without -Certificate.' }
            if ($Verify -and (git status --porcelain)) { throw 'Commit your changes before -Verify: the second build is made from the last commit.' }
            Build-Package -Property $Property -NoCatalog:$Verify -Certificate $Certificate -TimestampServer $TimestampServer
            if ($Verify) { Compare-Package -Property $Property }
        }
        'Publish' {
            # What can be wrong is found before the minutes that the packages take; -WhatIf needs neither key nor package.
            $publisher = Get-Publisher -Repository $Repository -ApiKey $ApiKey -NoKey:$WhatIfPreference
            $manifest = Import-PowerShellDataFile OdcPowerShell.psd1
            $version = "$($manifest.ModuleVersion)$(if ($manifest.PrivateData.PSData.Prerelease) { '-' + $manifest.PrivateData.PSData.Prerelease })"
            if (-not $PSCmdlet.ShouldProcess($Repository, "$($publisher.Command.Name) OdcPowerShell.$version.nupkg")) { return }
            Build-Package -Property $Property -Certificate $Certificate -TimestampServer $TimestampServer
            $package = Get-Item "artifacts/module/OdcPowerShell.$version.nupkg"
            if ($publisher.TakesPackage) { $what = @{ NupkgPath = $package.FullName } } else { $what = @{ Path = (Get-Item artifacts/stage/OdcPowerShell).FullName } }
            $parameters = $publisher.Parameters
            & $publisher.Command @what @parameters
            "Published $($package.Name) to $Repository."
        }
    }
}
finally {
    Pop-Location
}
