# What was compiled ahead for a system serves there on .NET 10 and later; a clone has none.
$net = [System.Environment]::Version.Major
$build = if ($net -ge 8) { 'net8.0' } else { 'netstandard2.0' }
if ($net -ge 10) {
    $runtime = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    if ([System.IO.File]::Exists("$PSScriptRoot/bin/$runtime/OdcPowerShell.dll")) { $build = $runtime }
}
Import-Module -Name "$PSScriptRoot/bin/$build/OdcPowerShell.dll"
