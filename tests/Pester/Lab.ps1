#Requires -Version 7.4
# What the suites share: the emulator as a program of its own, this clone's module, and processes of their own where a test needs one.

$script:Repository = (Resolve-Path -Path "$PSScriptRoot/../..").Path
$script:Manifest = Join-Path -Path $Repository -ChildPath 'OdcPowerShell.psd1'
$script:Pwsh = (Get-Process -Id $PID).Path

# Starts the emulator that was built last; returns its process and its two tenants with their clients.
function Open-Lab {
    param([int] $Users = 250, [object[]] $Arguments = @())

    $program = Get-ChildItem -Path "$Repository/src/OdcPowerShell.Emulator/bin/*/*/OdcPowerShell.Emulator.dll" |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if (-not $program) { throw 'The emulator is not built: run dotnet build first.' }
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.RedirectStandardOutput = $true
    foreach ($argument in $program.FullName, '--port', 0, '--users', $Users, '--no-limits' + $Arguments) { $start.ArgumentList.Add($argument) }
    $process = [System.Diagnostics.Process]::Start($start)
    if ($process.StandardOutput.ReadLine() -notmatch '^acme\s+(?<url>\S+)') {
        $process.Kill()
        throw 'The emulator did not start.'
    }

    $tenants = (Invoke-RestMethod -Uri "$($Matches.url)_emulator").tenants
    [pscustomobject]@{ Process = $process; Acme = $tenants.Where({ $_.name -eq 'acme' })[0]; Globex = $tenants.Where({ $_.name -eq 'globex' })[0] }
}

function Close-Lab {
    param($Lab)

    if ($Lab) { $Lab.Process.Kill() }
}

# Turns one of a tenant's switches; they are listed in the emulator's ControlApi.
function Send-Control {
    param($Tenant, [string] $Method, [string] $Path, $Body)

    $json = if ($null -ne $Body) { @{ Body = ConvertTo-Json -InputObject $Body; ContentType = 'application/json' } } else { @{} }
    Invoke-RestMethod -Uri "$($Tenant.url)_emulator/$Path" -Method $Method @json
}

# The requests since the last time that the statistics were deleted: those for tokens, or those of one path.
function Get-Request {
    param($Tenant, [string] $Path, [switch] $Token)

    $statistics = Send-Control -Tenant $Tenant -Method GET -Path statistics
    if ($Token) { @($statistics.tokenRequests) } else { @($statistics.requests | Where-Object -Property path -EQ $Path) }
}

function ConvertTo-Secure {
    param([string] $Text)

    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

function Get-LabCredential {
    param($Tenant, [string] $Client = 'admin')

    [pscredential]::new($Tenant.clients.$Client.clientId, (ConvertTo-Secure -Text $Tenant.clients.$Client.secret))
}

# The error that ends a script, without which the test fails.
function Get-Failure {
    param([scriptblock] $Script)

    try { $null = & $Script } catch { return $_ }
    throw 'The script was expected to fail, and did not.'
}

# Runs a script in a pwsh of its own and returns all that it shows, as text. Secrets go by environment: a command line stands
# at the head of every transcript.
function Invoke-Child {
    param([scriptblock] $Script, [hashtable] $Environment = @{})

    $file = Join-Path -Path $TestDrive -ChildPath "child-$([guid]::NewGuid()).ps1"
    Set-Content -Path $file -Value $Script.ToString()
    $set = @{ LAB_MODULE = $Manifest } + $Environment
    $before = @{}
    foreach ($name in $set.Keys) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
    try {
        foreach ($name in $set.Keys) { [Environment]::SetEnvironmentVariable($name, $set[$name]) }
        & $Pwsh -NoProfile -NonInteractive -File $file 2>&1 | Out-String -Stream
    } finally {
        foreach ($name in $set.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

# What Connect-Odc -EnvironmentVariable reads.
function Get-LabEnvironment {
    param($Tenant, [string] $Client = 'admin')

    @{ ODC_TENANT_URL = $Tenant.url; ODC_CLIENT_ID = $Tenant.clients.$Client.clientId; ODC_CLIENT_SECRET = $Tenant.clients.$Client.secret }
}

# A vault suite writes to the SecretStore of whoever owns HOME: why it must not run here, or nothing.
function Get-VaultObstacle {
    $modules = 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.SecretStore'
    $missing = $modules.Where({ -not (Get-Module -Name $_ -ListAvailable) })
    if ($missing) { return "$($missing -join ' and ') not installed" }
    if ($IsWindows) { return 'on Windows SecretStore uses the real profile, whatever HOME says' }
    if (-not (Test-Path -Path "$HOME/.odc-pester-home")) { return 'HOME is not a throwaway folder: run Invoke-Suite.ps1' }
}
