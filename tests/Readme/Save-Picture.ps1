<#
.SYNOPSIS
    Makes the picture of a session in the README from a real run.
.DESCRIPTION
    Run it in the sandbox: each line is shown, run, and written with its output and colours to session.svg.
.EXAMPLE
    dotnet run --project src/OdcPowerShell.Sandbox -- -File tests/Readme/Save-Picture.ps1
#>
[CmdletBinding()]
param([string] $Path = "$PSScriptRoot/session.svg")

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$PSStyle.OutputRendering = 'Ansi'
$PSStyle.Progress.View = 'Minimal'
Connect-Odc -Tenant $acme.Url -Credential $acme.deployer -Name deployer
Select-OdcConnection -Name acme

$lines = @(
    'Get-OdcUser -HasEndUserRole -First 3 | Select-Object Name, Email, Status'
    "Get-OdcDeployedAsset 'Order Desk' -Stage QA -Flat |"
    '    Start-OdcDeployment -Stage Production -Wait -Confirm:$false |'
    '    Select-Object AssetName, StageName, Revision, Status'
    'Get-OdcUser -Connection deployer'
)
$colours = @{ 31 = '#ff7b72'; 32 = '#7ee787'; 33 = '#e3b341'; 36 = '#79c0ff' }
$width = 100

# A line of text with its colours as parts of a line of SVG.
function ConvertTo-Span {
    param([string] $Text)

    $colour = '#c9d1d9'
    foreach ($part in [regex]::Split($Text, '(\e\[[\d;]*m)')) {
        if ($part -match '^\e\[([\d;]*)m$') {
            $colour = '#c9d1d9'
            foreach ($code in $Matches[1].Split(';')) { if ($colours.ContainsKey([int] "0$code")) { $colour = $colours[[int] "0$code"] } }
        } elseif ($part) {
            # Viewers join ordinary spaces.
            '<tspan fill="{0}">{1}</tspan>' -f $colour, [System.Security.SecurityElement]::Escape($part).Replace(' ', [string] [char] 0xA0)
        }
    }
}

# What is written, without blank lines, broken between words, and without the address and the trace id, which every run has of its own.
function Get-Output {
    param([string] $Script)

    foreach ($row in & ([scriptblock]::Create($Script)) *>&1 | Out-String -Stream -Width $width) {
        $row = $row -replace [regex]::Escape(([uri] $acme.Url).Authority), 'acme.outsystems.dev' -replace ' Trace id [\w-]+\.'
        $plain = $row -replace '\e\[[\d;]*m'
        if ($plain.Length -le $width) { if ($plain -match '\S') { $row }; continue }
        $colour = [regex]::Match($row, '\e\[[\d;]*m').Value
        [regex]::Matches($plain, ".{1,$width}(?:\s|$)") | ForEach-Object { "$colour$_" }
    }
}

$rows = for ($i = 0; $i -lt $lines.Count; $i++) {
    $script = $lines[$i]
    "`e[36mPS>`e[0m $script"
    while ($script.EndsWith('|')) { ">> $($lines[++$i])"; $script += "`n" + $lines[$i] }
    Get-Output -Script $script
    ''
}
$y = 28
$text = foreach ($row in $rows) {
    '  <text x="16" y="{0}">{1}</text>' -f $y, (-join (ConvertTo-Span -Text $row))
    $y += 20
}
$svg = @(
    '<svg xmlns="http://www.w3.org/2000/svg" width="880" height="{0}" font-family="ui-monospace, Consolas, Menlo, monospace" font-size="14">' -f $y
    '  <rect width="100%" height="100%" rx="8" fill="#0d1117"/>'
    $text
    '</svg>'
)
[System.IO.File]::WriteAllText($Path, ($svg -join "`n") + "`n")
