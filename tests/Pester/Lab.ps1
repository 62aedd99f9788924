#Requires -Version 7.4
# What the suites share: emulators, this clone's module, and processes of their own where a test needs one.

$script:Repository = (Resolve-Path -Path "$PSScriptRoot/../..").Path
$script:Manifest = Join-Path -Path $Repository -ChildPath 'OdcPowerShell.psd1'
# The process of a pwsh that is a dotnet tool is dotnet; its own program is there all the same.
$script:Pwsh = Join-Path -Path $PSHOME -ChildPath ($IsWindows ? 'pwsh.exe' : 'pwsh')

# Lets the module look at long-running operations every 50 ms instead of every 5 s, in the process that has imported it; with a tenant of the emulator,
# also take its limits for endless, as the emulator does.
$script:Hurry = {
    param($Tenant)

    $core = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'OdcPowerShell.Core' })[0]
    $plan = $core.GetType('OdcPowerShell.Operations.PollPlan')
    $usual = $plan.GetProperty('Usual', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
    $plan.GetProperty('Short').SetValue($usual, [timespan]::FromMilliseconds(50))
    if ($Tenant) {
        $budgets = $core.GetType('OdcPowerShell.Http.RateBudgets')
        $shared = $budgets.GetProperty('Shared', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
        $null = $budgets.GetMethod('Set', [System.Reflection.BindingFlags] 'NonPublic, Instance').Invoke($shared, @([uri] $Tenant.url, [timespan]::Zero, $null))
    }
}

# Starts an emulator in the process that runs the suites; returns its two tenants with their clients.
function Open-Lab {
    param([int] $Users = 250, [int] $Assets)

    $lab = Invoke-RestMethod -Uri "${env:LAB_SERVER}?users=$Users&assets=$Assets" -Method Post
    $tenants = (Invoke-RestMethod -Uri "$($lab.url)_emulator").tenants
    [pscustomobject]@{ Key = $lab.key; Acme = $tenants.Where({ $_.name -eq 'acme' })[0]; Globex = $tenants.Where({ $_.name -eq 'globex' })[0] }
}

function Close-Lab {
    param($Lab)

    if ($Lab) { Invoke-RestMethod -Uri "$env:LAB_SERVER/$($Lab.Key)" -Method Delete }
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
    # At its start pwsh adds the folders of all users to what it was told.
    Set-Content -Path $file -Value '$env:PSModulePath = $env:LAB_PATH', $Script.ToString()
    $set = @{ LAB_MODULE = $Manifest; LAB_HURRY = "$Hurry" } + $Environment
    $set.LAB_PATH = $set.PSModulePath ?? $env:PSModulePath
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

# Brings modules that only some suites need: from where the caller's pwsh finds them, else from an earlier download, else from the
# PowerShell Gallery. Returns why not.
function Get-ModuleObstacle {
    param([string[]] $Name)

    if (-not $env:LAB_HOME) { return 'only dotnet test runs this, in a throwaway home' }
    $kept = Join-Path -Path $Repository -ChildPath 'artifacts/modules'
    $own = $env:PSModulePath
    try {
        foreach ($module in $Name) {
            if (Get-Module -Name $module -ListAvailable) { continue }
            $env:PSModulePath = $env:LAB_SOURCES, $kept -join [System.IO.Path]::PathSeparator
            if (-not (Get-Module -Name $module -ListAvailable)) { Save-GalleryModule -Name $module -Folder $kept }
            $found = Get-Module -Name $module -ListAvailable | Sort-Object -Property Version | Select-Object -Last 1
            $env:PSModulePath = $own
            $folder = New-Item -Path "$env:LAB_HOME/modules/$module" -ItemType Directory
            Copy-Item -Path $found.ModuleBase -Destination "$folder/$($found.Version)" -Recurse
        }
    } catch {
        $these = $Name.ForEach({ $_ -replace '^Microsoft\.PowerShell\.' }) -join ' and '
        $verbs = if ($Name.Count -gt 1) { 'are neither on this machine nor can they' } else { 'is neither on this machine nor can it' }
        return "$these $verbs be downloaded from the PowerShell Gallery: $("$_".TrimEnd('.'))"
    } finally {
        $env:PSModulePath = $own
    }
}

function Save-GalleryModule {
    param([string] $Name, [string] $Folder)

    # One that does not answer is not asked for the next module either.
    if ($env:LAB_GALLERY) { throw $env:LAB_GALLERY }
    try {
        $null = Invoke-WebRequest -Uri https://www.powershellgallery.com/api/v2 -ConnectionTimeoutSeconds 5 -OperationTimeoutSeconds 5
        $new = (New-Item -Path "$env:LAB_HOME/$([guid]::NewGuid())" -ItemType Directory).FullName
        $parameters = @{ Name = $Name; Repository = 'PSGallery'; Path = $new; TrustRepository = $true; ErrorAction = 'Stop' }
        $job = Start-ThreadJob -ScriptBlock { $parameters = $args[0]; Save-PSResource @parameters } -ArgumentList $parameters
        if (-not (Wait-Job -Job $job -Timeout 60)) { throw 'the download took longer than a minute' }
        Receive-Job -Job $job -ErrorAction Stop
        $null = New-Item -Path $Folder -ItemType Directory -Force
        Get-ChildItem -Path $new -Exclude (Get-ChildItem -Path $Folder).Name | Copy-Item -Destination $Folder -Recurse
    } catch {
        $env:LAB_GALLERY = "$_"
        throw
    }
}

# A vault suite writes to the SecretStore of whoever owns HOME: why it must not run here, or nothing.
function Get-VaultObstacle {
    if ($IsWindows) { return 'on Windows SecretStore uses the real profile, whatever HOME says' }
    Get-ModuleObstacle -Name Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
}
