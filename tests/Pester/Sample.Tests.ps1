#Requires -Version 7.4
# The samples as their readers run them: unchanged, in a pwsh of their own that nobody watches. The hosted engine's PipelineTests run the text of the pipelines.
# It has over 300 lines: all samples share one emulator and the function that runs them.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Samples = Join-Path -Path $Repository -ChildPath 'module/samples'
    $script:Modules = Join-Path -Path $TestDrive -ChildPath 'modules'
    $null = New-Item -Path $Modules -ItemType Directory
    $null = New-Item -Path "$Modules/OdcPowerShell" -ItemType SymbolicLink -Target $Repository
    & $Hurry
    $script:Lab = Open-Lab -Users 60
    $script:Acme = $Lab.Acme

    # Runs lines with a sample in a child and returns what they show and their exit code. No progress bar and no secret may be in it.
    function Invoke-Sample {
        param([scriptblock] $Script, [string] $Client = 'admin', [hashtable] $Environment = @{}, [switch] $AsIs)

        $set = (Get-LabEnvironment -Tenant $Acme -Client $Client) + @{
            LAB_SAMPLES = $Samples; LAB_FOLDER = $TestDrive; PSModulePath = $Modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
            # These tests may run on a runner themselves.
            CI = ''; GITHUB_ACTIONS = ''; TF_BUILD = ''
        }
        foreach ($name in $Environment.Keys) { $set[$name] = $Environment[$name] }
        if (-not $AsIs) { $Script = [scriptblock]::Create("Import-Module -Name OdcPowerShell; . ([scriptblock]::Create(`$env:LAB_HURRY))`n$Script") }
        $shown = (Invoke-Child -Script $Script -Environment $set) -join "`n"
        $code = $LASTEXITCODE
        $shown | Should -Not -Match 'Waiting for|CLIXML'
        foreach ($known in $Acme.clients.PSObject.Properties.Value) { $shown | Should -Not -Match ([regex]::Escape($known.secret)) }
        [pscustomobject]@{ Code = $code; Shown = $shown }
    }

    function Get-Running {
        param([string] $Stage)

        $connection = Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme) -PassThru
        try { (Get-OdcDeployedAsset -Name 'Order Desk' -Stage $Stage -Flat).Revision } finally { $connection | Disconnect-Odc }
    }
}

AfterAll { Close-Lab -Lab $Lab }

Describe 'Set-OdcSettings.ps1' {
    BeforeAll {
        'Asset,Name,Value', 'Order Desk,MaxOrderLines,321', 'Fleet,Nightly Sync/Schedule,0 1 * * *' | Set-Content -Path "$TestDrive/settings.csv"
        $script:Promote = { & $env:LAB_SAMPLES/Set-OdcSettings.ps1 -Path $env:LAB_FOLDER/settings.csv -Stage QA; exit $LASTEXITCODE }
    }

    It 'applies the settings of a file once' {
        $result = Invoke-Sample -Script $Promote
        $result.Shown | Should -BeLike '*Applied the settings of Order Desk in QA.*Applied the settings of Fleet in QA.*'
        $result.Code | Should -Be 0
        (Invoke-Sample -Script $Promote).Shown | Should -BeLike '*had their value in QA already.*'
    }

    It 'ends with 1 and shows the wrong row' {
        Add-Content -Path "$TestDrive/settings.csv" -Value 'Order Desk,MaxOrderLine,5'
        $result = Invoke-Sample -Script $Promote -Environment @{ GITHUB_ACTIONS = 'true' }
        $result.Shown | Should -BeLike '*::error::Order Desk in QA has no setting ''MaxOrderLine''. Similar names: MaxOrderLines.*'
        $result.Code | Should -Be 1
    }
}

Describe 'Publish-OdcMobileApp.ps1' {
    BeforeAll {
        $script:Publish = { & $env:LAB_SAMPLES/Publish-OdcMobileApp.ps1 -Asset 'Driver Go' -Stage QA -MinimumScore $env:LAB_SCORE -Folder $env:LAB_FOLDER/packages; exit $LASTEXITCODE }
    }

    AfterEach { Send-Control -Tenant $Acme -Method DELETE -Path delivery/plans }

    It 'ends with 1 at a closed gate, and deploys nothing' {
        $result = Invoke-Sample -Script $Publish -Environment @{ LAB_SCORE = '99' }
        $result.Shown | Should -BeLike '*Driver Go*99*'
        $result.Shown | Should -Not -BeLike '*Deployed*'
        $result.Code | Should -Be 1
        (Get-Content -Path "$TestDrive/packages/quality.sarif" -Raw | ConvertFrom-Json).version | Should -Be '2.1.0'
    }

    It 'ends with 1 and the lines of the log when a package can not be built' {
        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body @{ operation = 'MobileBuild'; fails = $true; messages = @('The keystore is damaged.') }
        $result = Invoke-Sample -Script $Publish -Environment @{ LAB_SCORE = '60' }
        $result.Shown | Should -BeLike '*The keystore is damaged.*'
        $result.Code | Should -Be 1
    }

    It 'tests, builds, deploys and saves the packages of both platforms' {
        $result = Invoke-Sample -Script $Publish -Environment @{ LAB_SCORE = '60' }
        $result.Shown | Should -BeLike '*has the score*to QA*'
        $result.Code | Should -Be 0
        @(Get-ChildItem -Path "$TestDrive/packages" -Exclude quality.sarif) | Should -Not -BeNullOrEmpty
        (Invoke-Sample -Script $Publish -Environment @{ LAB_SCORE = '60' }).Code | Should -Be 0
    }
}

Describe 'Deploy-OdcAsset.ps1' {
    AfterEach { Send-Control -Tenant $Acme -Method DELETE -Path delivery/plans }

    It 'deploys what runs in one stage to the next and says so' {
        $wanted = Get-Running -Stage Development
        $result = Invoke-Sample -Script { & $env:LAB_SAMPLES/Deploy-OdcAsset.ps1 -Asset 'Order Desk' -From Development -To QA; exit $LASTEXITCODE }
        $result.Shown | Should -BeLike "*Deployed Order Desk, revision $wanted, to QA.*"
        $result.Code | Should -Be 0
        Get-Running -Stage QA | Should -Be $wanted
    }

    It 'ends with 1 and shows the error <Where>' -ForEach @(
        @{ Where = 'to GitHub Actions'; Runner = @{ GITHUB_ACTIONS = 'true' }; Mark = '::error::' }
        @{ Where = 'to Azure DevOps'; Runner = @{ TF_BUILD = 'True' }; Mark = '##vso[task.logissue type=error]' }
        @{ Where = 'as an error anywhere else'; Runner = @{}; Mark = '' }
    ) {
        $result = Invoke-Sample -Environment $Runner -Script { & $env:LAB_SAMPLES/Deploy-OdcAsset.ps1 -Asset Nothing -From QA -To Production; exit $LASTEXITCODE }
        $result.Code | Should -Be 1
        ($result.Shown -split "`n").Trim().Where({ $_.StartsWith("${Mark}There is no deployed asset with the name 'Nothing' ") }) | Should -HaveCount 1
    }

    It 'ends with 1 when <Operation> fails, with all reasons' -ForEach @(
        @{ Operation = 'DeploymentAnalysis'; Plan = @{ conflicts = @(@{ conflictType = 'NameCollision'; isError = $true }) }; Says = '*NameCollision*', '*Nothing was deployed to Production.*' }
        @{ Operation = 'Deploy'; Plan = @{ fails = $true; messages = @("The disk`nis full.") }; Says = '*The disk is full.*', "*To go back: Undo-OdcDeployment '*' -Stage 'Production' -Wait*", '*Not all was deployed to Production.*' }
    ) {
        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body (@{ operation = $Operation } + $Plan)
        $result = Invoke-Sample -Script { & $env:LAB_SAMPLES/Deploy-OdcAsset.ps1 -Asset 'Order Desk', 'Claims' -From QA -To Production; exit $LASTEXITCODE }
        # Errors and output come by two streams, in any order.
        foreach ($line in $Says) { $result.Shown | Should -BeLike $line }
        $result.Code | Should -Be 1
    }

    It 'writes no progress into the error stream either, where records would be XML' {
        $start = [System.Diagnostics.ProcessStartInfo]::new($Pwsh)
        $command = "& '$Samples/Deploy-OdcAsset.ps1' -Asset 'Order Desk' -From QA -To Production"
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($command))
        foreach ($argument in '-NoProfile', '-NonInteractive', '-OutputFormat', 'XML', '-EncodedCommand', $encoded) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $set = (Get-LabEnvironment -Tenant $Acme) + @{ PSModulePath = $Modules + [System.IO.Path]::PathSeparator + $env:PSModulePath }
        foreach ($name in $set.Keys) { $start.Environment[$name] = $set[$name] }
        $process = [System.Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $process.StandardOutput.ReadToEnd() | Should -BeLike '*Deployed Order Desk*'
        $errors.Result | Should -Not -Match 'S="progress"'
    }
}

Describe 'Export-OdcUserAudit.ps1' {
    BeforeAll {
        Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
        try {
            $script:Expected = Get-OdcUser | Get-OdcEndUserRole -Stage QA
            $script:Idle = (Get-OdcUser -LastLoginTo (Get-Date).AddDays(-90)).Email
        } finally { Disconnect-Odc }
    }

    It 'writes the roles of a stage, and who is idle: with the <Asset> that <Client> may see' -ForEach @(
        @{ Client = 'admin'; Asset = 'AssetName' }
        @{ Client = 'auditor'; Asset = 'AssetKey' }
    ) {
        $result = Invoke-Sample -Client $Client -Script { & $env:LAB_SAMPLES/Export-OdcUserAudit.ps1 -Stage QA -Folder $env:LAB_FOLDER; exit $LASTEXITCODE }
        $result.Code | Should -Be 0
        $file = Get-Item -Path "$TestDrive/odc-users-QA-$([DateTime]::UtcNow.ToString('yyyy-MM-dd')).csv"
        $rows = @(Import-Csv -Path $file)
        $result.Shown | Should -BeLike "$($rows.Count) roles of *"
        $rows.ForEach({ "$($_.Email) $($_.Asset) $($_.Role)" }) | Sort-Object | Should -Be ($Expected.ForEach({ "$($_.UserEmail) $($_.$Asset) $($_.Name)" }) | Sort-Object)
        $rows.Where({ $_.LastLoginAt -and $_.IsIdle -ne ($_.Email -in $Idle) }) | Should -BeNullOrEmpty
    }

    It 'ends with 1 and writes no file when <Reason>' -ForEach @(
        @{ Reason = 'it may not see members'; Client = 'endusers'; Says = '*organization-roles*lacks a permission*View members*' }
        @{ Reason = 'it may see nothing'; Client = 'empty'; Says = '*lacks a permission*' }
        @{ Reason = 'the list breaks off'; Client = 'admin'; Says = '*it may not be complete*'; Cut = $true }
    ) {
        if ($Cut) {
            $page = @{ results = @(); page = @{ totalResults = 250; nextPageOffset = $null } } | ConvertTo-Json -Depth 4
            Send-Control -Tenant $Acme -Method PUT -Path answers -Body @{ path = '/api/identity/v1/users'; status = 200; body = $page }
        }
        $folder = (New-Item -Path "$TestDrive/$([guid]::NewGuid())" -ItemType Directory).FullName
        $result = Invoke-Sample -Client $Client -Environment @{ LAB_FOLDER = $folder; GITHUB_ACTIONS = 'true' } -Script {
            & $env:LAB_SAMPLES/Export-OdcUserAudit.ps1 -Folder $env:LAB_FOLDER; exit $LASTEXITCODE
        }
        Send-Control -Tenant $Acme -Method DELETE -Path answers
        $result.Shown | Should -BeLike "*::error::The audit is not complete: $Says"
        $result.Code | Should -Be 1
        Get-ChildItem -Path $folder | Should -BeNullOrEmpty
    }
}

Describe 'Runbook-AutomationCredential.ps1' {
    BeforeAll {
        # A tenant of its own: of the other one this process has asked nearly as much as the module may in a minute.
        $script:Fresh = Open-Lab -Users 60
        $script:Acme = $Fresh.Acme
        # What Azure Automation has and this machine has not.
        $script:Runbook = {
            function Get-AutomationPSCredential {
                param([string] $Name)
                if ($Name -ne 'odc') { throw "Credentials asset not found: $Name" }
                [pscredential]::new($env:ODC_CLIENT_ID, [System.Net.NetworkCredential]::new('', $env:ODC_CLIENT_SECRET).SecurePassword)
            }
            & $env:LAB_SAMPLES/Runbook-AutomationCredential.ps1 -AssetName $env:LAB_ASSET -Stage QA
        }
    }

    AfterAll {
        Close-Lab -Lab $Fresh
        $script:Acme = $Lab.Acme
    }

    It 'reports the deployments of the last day, and fails when one of them failed' {
        Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
        $claims = Get-OdcDeployedAsset -Name Claims -Stage Development -Flat
        ($claims | Start-OdcDeployment -Stage QA -BuildIfMissing -Wait -Confirm:$false).Status | Should -Be Finished
        $good = Invoke-Sample -Environment @{ LAB_ASSET = 'odc' } -Script $Runbook
        $good.Shown | Should -BeLike '*Claims, revision *: Deploy Finished*'
        $good.Code | Should -Be 0

        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body @{ operation = 'Deploy'; fails = $true }
        $claims | Start-OdcDeployment -Stage QA -BuildIfMissing -Wait -Force -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        Disconnect-Odc
        $bad = Invoke-Sample -Environment @{ LAB_ASSET = 'odc' } -Script $Runbook
        $bad.Shown | Should -BeLike '*deployments to QA failed: Claims.*'
        $bad.Code | Should -Be 1
    }

    It 'fails when the asset is not there' {
        $result = Invoke-Sample -Environment @{ LAB_ASSET = 'other' } -Script $Runbook
        $result.Shown | Should -BeLike "*The credential asset 'other' can't be read*"
        $result.Code | Should -Be 1
    }
}

Describe 'Runbook-KeyVault.ps1' {
    BeforeAll {
        $script:Obstacle = Get-VaultObstacle
        # Stand-ins for Az: a managed identity with a subscription, and a vault that knows one secret.
        $extension = "$Modules/Az.KeyVault/Az.KeyVault.Extension"
        $null = New-Item -Path $extension, "$Modules/Az.Accounts" -ItemType Directory
        Set-Content -Path "$Modules/Az.Accounts/Az.Accounts.psm1" -Value {
            function Connect-AzAccount {
                param([Parameter(Mandatory)] [switch] $Identity)
                [pscustomobject]@{ Context = [pscustomobject]@{ Subscription = [pscustomobject]@{ Id = "subscription $Identity" } } }
            }
        }
        Set-Content -Path "$extension/Az.KeyVault.Extension.psm1" -Value @'
function Get-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    $isKnown = $VaultName -and $AdditionalParameters.AZKVaultName -eq 'contoso-kv' -and $AdditionalParameters.SubscriptionId -eq 'subscription True'
    if ($isKnown -and $Name -eq 'odc') { [System.Net.NetworkCredential]::new('', $env:ODC_CLIENT_SECRET).SecurePassword }
}
function Get-SecretInfo {
    param([string] $Filter, [string] $VaultName, [hashtable] $AdditionalParameters)
    if ('odc' -like $Filter) { [Microsoft.PowerShell.SecretManagement.SecretInformation]::new('odc', 'SecureString', $VaultName) }
}
function Set-Secret {
    param([string] $Name, [object] $Secret, [string] $VaultName, [hashtable] $AdditionalParameters)
    throw 'The identity may only read.'
}
function Remove-Secret {
    param([string] $Name, [string] $VaultName, [hashtable] $AdditionalParameters)
    throw 'The identity may only read.'
}
function Test-SecretVault {
    param([string] $VaultName, [hashtable] $AdditionalParameters)
    $true
}
'@
        $functions = 'Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault'
        New-ModuleManifest -Path "$extension/Az.KeyVault.Extension.psd1" -RootModule Az.KeyVault.Extension.psm1 -FunctionsToExport $functions
        New-ModuleManifest -Path "$Modules/Az.KeyVault/Az.KeyVault.psd1" -NestedModules ./Az.KeyVault.Extension -FunctionsToExport @() -CmdletsToExport @() -AliasesToExport @()
        $script:Runbook = { & $env:LAB_SAMPLES/Runbook-KeyVault.ps1 -KeyVault contoso-kv -SecretName $env:LAB_SECRET }
    }

    BeforeEach { if ($Obstacle) { Set-ItResult -Skipped -Because $Obstacle } }

    It 'signs in with the secret that the managed identity reads' {
        $result = Invoke-Sample -Environment @{ LAB_SECRET = 'odc' } -Script $Runbook
        $result.Shown | Should -Match '\d+ active users have not signed in for 90 days; \d+ of them never\.'
        $result.Shown | Should -BeLike '*@*'
        $result.Code | Should -Be 0
        # Again: the vault is registered then.
        (Invoke-Sample -Environment @{ LAB_SECRET = 'odc' } -Script $Runbook).Code | Should -Be 0
    }

    It 'fails when the vault has no such secret' {
        $result = Invoke-Sample -Environment @{ LAB_SECRET = 'other' } -Script $Runbook
        $result.Shown | Should -BeLike "*other*"
        $result.Code | Should -Be 1
    }
}

Describe 'profile.ps1' {
    It 'imports nothing and asks nothing until it is used, and then the prompt names the tenant' {
        Send-Control -Tenant $Acme -Method DELETE -Path statistics
        $result = Invoke-Sample -AsIs -Script {
            . $env:LAB_SAMPLES/profile.ps1
            "before: $(prompt)"
            "modules: $(@(Get-Module -Name OdcPowerShell).Count)"
            $connection = odc
            "after: $(prompt)"
            "same: $((odc).Name -eq $connection.Name)"
            (Get-OdcOrganization).Name
        }
        $result.Shown | Should -BeLike "before: PS *modules: 0*after: ``[$(([uri] $Acme.url).Authority)``] PS *same: True*$($Acme.organizationName)*"
        Get-Request -Tenant $Acme -Token | Should -HaveCount 1
    }
}

Describe 'Export-OdcUsageReport.ps1' {
    It 'writes the usage of each portfolio in a month, which is that of its assets' {
        $result = Invoke-Sample -Script { & $env:LAB_SAMPLES/Export-OdcUsageReport.ps1 -Stage QA -Month 2026-02-14 -Folder $env:LAB_FOLDER; exit $LASTEXITCODE }
        $result.Shown | Should -BeLike '3 rows of 2026-02 in QA, *'
        $result.Code | Should -Be 0
        $rows = @(Import-Csv -Path "$TestDrive/odc-usage-QA-2026-02.csv")
        $rows.Portfolio | Sort-Object -Unique | Should -Be 'Main Portfolio'
        Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
        try {
            foreach ($row in $rows) {
                $whole = Get-OdcEntitlementUsage -Stage QA -Entitlement $row.EntitlementId -Aggregation Total -Since 2026-02-01Z -To 2026-02-28T23:59:59Z
                [math]::Abs($whole.Value - [double] $row.Value) | Should -BeLessThan 1
                [int] $row.AssetCount | Should -Be @(Get-OdcDeployedAsset -Stage QA).Count
            }
        } finally { Disconnect-Odc }
    }

    It 'ends with 1 and names the missing permission' {
        $result = Invoke-Sample -Client auditor -Environment @{ GITHUB_ACTIONS = 'true' } -Script { & $env:LAB_SAMPLES/Export-OdcUsageReport.ps1 -Folder $env:LAB_FOLDER; exit $LASTEXITCODE }
        $result.Shown | Should -BeLike '*::error::The report was not written: *Subscriptions > View subscription*'
        $result.Code | Should -Be 1
    }
}

Describe 'Export-OdcUserAudit.Tests.ps1' {
    It 'starts the emulator and passes' {
        $program = (Get-ChildItem -Path "$Repository/src/OdcPowerShell.Emulator/bin/*/*/OdcPowerShell.Emulator.dll" | Sort-Object -Property LastWriteTime | Select-Object -Last 1).FullName
        $result = Invoke-Sample -Environment @{ ODC_EMULATOR = "dotnet $program" } -Script {
            $run = Invoke-Pester -Path $env:LAB_SAMPLES/Export-OdcUserAudit.Tests.ps1 -PassThru -Output Detailed
            "passed: $($run.PassedCount), failed: $($run.FailedCount)"
        }
        $result.Shown | Should -BeLike '*passed: 3, failed: 0*'
    }
}

Describe 'Test-OdcTenant.Tests.ps1' {
    It 'has a test for each rule, of which those that break fail and those that could not be checked are skipped' {
        '{ "rules": { "LowScore": { "enabled": false } } }' | Set-Content -Path "$TestDrive/rules.json"
        $result = Invoke-Sample -Environment @{ ODC_RULE_SETTINGS = "$TestDrive/rules.json" } -Script {
            $run = Invoke-Pester -Path $env:LAB_SAMPLES/Test-OdcTenant.Tests.ps1 -PassThru -Output None
            $run.Tests | ForEach-Object { "$($_.Result) $($_.ExpandedName)" }
            "rules: $($run.TotalCount) of $(@(Get-OdcTenantRule).Count)"
        }
        $result.Shown | Should -BeLike '*Failed StageBehind: *'
        $result.Shown | Should -BeLike '*Passed StageNotReady: *'
        $result.Shown | Should -BeLike '*Skipped DebugBuild: *'
        $result.Shown | Should -BeLike '*Skipped LowScore: *'
        $result.Shown | Should -BeLike '*rules: 28 of 28*'
    }

    It 'skips what a client may not read, and passes none of it' {
        $result = Invoke-Sample -Client deployer -Script {
            $run = Invoke-Pester -Path $env:LAB_SAMPLES/Test-OdcTenant.Tests.ps1 -PassThru -Output None
            $run.Tests | ForEach-Object { "$($_.Result) $($_.ExpandedName)" }
        }
        $result.Shown | Should -BeLike '*Skipped InactiveMember: *'
        $result.Shown | Should -BeLike '*Skipped OpenIpFilter: *'
    }
}
