# Functions of build.ps1, which has Invoke-Native.

function Add-Signature {
    param([string[]] $Path, [System.Security.Cryptography.X509Certificates.X509Certificate2] $Certificate, [string] $TimestampServer)

    $server = if ($TimestampServer) { @{ TimestampServer = $TimestampServer } } else { @{} }
    foreach ($signature in Set-AuthenticodeSignature -FilePath $Path -Certificate $Certificate -HashAlgorithm SHA256 @server) {
        if ($signature.Status -ne 'Valid') { throw "$($signature.Path) was not signed: $($signature.StatusMessage)" }
    }
}

# Where PowerShell has catalogs, the package has one: of the files as they are packed, signed before the bill of materials is made.
function Build-Package {
    param([string[]] $Property, [switch] $NoCatalog, [System.Security.Cryptography.X509Certificates.X509Certificate2] $Certificate, [string] $TimestampServer)

    if ($Certificate -and -not (Get-Command -Name Set-AuthenticodeSignature -ErrorAction Ignore)) { throw 'Set-AuthenticodeSignature exists on Windows only. Sign there, or omit -Certificate.' }
    $pack = @('pack', '--configuration', 'Release') + $Property.ForEach({ "-property:$_" })
    if ($NoCatalog -or -not (Get-Command -Name New-FileCatalog -ErrorAction Ignore)) { return Invoke-Native dotnet $pack }
    $stage = 'artifacts/stage/OdcPowerShell'
    $project = 'src/OdcPowerShell/OdcPowerShell.csproj'
    $step = @('msbuild', $project, '-nologo', '-verbosity:minimal', '-property:Configuration=Release') + $Property.ForEach({ "-property:$_" })
    Invoke-Native dotnet @('build', $project, '--configuration', 'Release')
    Invoke-Native dotnet ($step + '-target:StageModule')
    $with = @{ Certificate = $Certificate; TimestampServer = $TimestampServer }
    if ($Certificate) { Add-Signature @with -Path (Get-ChildItem -Path $stage -Recurse -File -Include *.ps1, *.psm1, *.psd1, *.ps1xml, OdcPowerShell*.dll).FullName }
    Invoke-Native dotnet ($step + '-target:DescribeModule')
    $null = New-FileCatalog -Path $stage -CatalogFilePath "$stage/OdcPowerShell.cat" -CatalogVersion 2
    if ($Certificate) { Add-Signature @with -Path "$stage/OdcPowerShell.cat" }
    Invoke-Native dotnet ($pack + '-property:IsStaged=true')
}

# The same commit in another folder becomes the same bytes.
function Compare-Package {
    param([string[]] $Property)

    $there = Join-Path ([System.IO.Path]::GetTempPath()) "odc-verify-$([guid]::NewGuid())"
    try {
        Invoke-Native git @('clone', '--quiet', '.', $there)
        Invoke-Native git @('-C', $there, 'checkout', '--quiet', '--detach', (git rev-parse HEAD))
        # The address of the repository is part of what is compiled, where it has one.
        if ($origin = git config remote.origin.url) { git -C $there remote set-url origin $origin } else { git -C $there remote remove origin }
        Push-Location $there
        try { Invoke-Native dotnet (@('pack', '--configuration', 'Release') + $Property.ForEach({ "-property:$_" })) } finally { Pop-Location }
        $rows = foreach ($file in Get-ChildItem -Path artifacts/module/*.nupkg, artifacts/automation/*.zip, artifacts/tool/*.nupkg) {
            $name = "$($file.Directory.Name)/$($file.Name)"
            $hash = (Get-FileHash -Path $file).Hash
            [pscustomobject]@{ Package = $name; IsSame = $hash -eq (Get-FileHash -Path "$there/artifacts/$name").Hash; Sha256 = $hash }
        }
        $rows
        if ($rows.IsSame -contains $false) { throw 'Packages from two folders differ.' }
    }
    finally { if (Test-Path $there) { Remove-Item -Path $there -Recurse -Force } }
}
