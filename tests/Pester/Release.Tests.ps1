#Requires -Version 7.4
# The weekly release in a real pwsh: from Development to Production in one line, whatever happens on the way.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Lab = Open-Lab -Users 5 -Assets 32
    $script:Acme = $Lab.Acme
    # A minute of the service is two seconds here, of the outage and of the poll plan. A token is renewed after 2.4 s.
    $script:Outage = [timespan]::FromSeconds(2)
    $script:Poll = $Outage / 12
    $script:Scale = {
        param([timespan] $Poll)

        $core = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'OdcPowerShell.Core' })[0]
        $plan = $core.GetType('OdcPowerShell.Operations.PollPlan')
        $usual = $plan.GetProperty('Usual', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
        $plan.GetProperty('Short').SetValue($usual, $Poll)
        foreach ($later in 'ShortFor', 'Long') { $plan.GetProperty($later).SetValue($usual, $Poll * 6) }
    }
    & $Scale $Poll
    Send-Control -Tenant $Acme -Method PUT -Path token-lifetime -Body @{ seconds = 3 }
    Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
    # The service allows ten starts a minute, which the hosted tests wait for in a shorter window.
    $budgets = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'OdcPowerShell.Core' })[0].GetType('OdcPowerShell.Http.RateBudgets')
    $shared = $budgets.GetProperty('Shared', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
    $null = $budgets.GetMethod('Set', [System.Reflection.BindingFlags] 'NonPublic, Instance').Invoke($shared, @([uri] $Acme.url, [timespan]::Zero, $null))
    Send-Control -Tenant $Acme -Method PUT -Path delivery/operation-duration -Body @{ milliseconds = 500 }

    function Get-Running {
        param([string] $Stage)

        Get-OdcDeployedAsset -Stage $Stage -Flat | Sort-Object -Property AssetName | ForEach-Object -Process { "$($_.AssetName) $($_.Revision)" }
    }

    $script:Deployments = '/api/deployments/v1/deployment-operations'
    $script:Builds = '/api/builds/v1/build-operations'

    # The deployments that were started, as "asset stage".
    function Get-Started {
        param($Request)

        @($Request).Where({ $_.method -eq 'POST' -and $_.path -eq $Deployments -and $_.status -eq 201 }).ForEach({ $body = ConvertFrom-Json -InputObject $_.body; "$($body.assetKey) $($body.environmentKey)" })
    }

    # The requests since the last Measure-Fewest.
    function Get-Log {
        (Send-Control -Tenant $Acme -Method GET -Path statistics).requests
    }

    # The fewest requests with which a run can plan, as things are now: what runs in Development, for each target stage what runs there and what
    # is being deployed there, what each revision uses, and its build, unless QA has it already or gets it. Then the requests are counted anew.
    function Measure-Fewest {
        param([string[]] $Wanted, [string[]] $Started = @())

        $qa = @(Get-OdcStage -Name QA)[0].StageKey
        $there = @(Get-Running -Stage QA)
        $production = @(Get-Running -Stage Production)
        $open = $Wanted.Where({ $_ -notin $there -or $_ -notin $production })
        $under = $Started
        $unbuilt = $open.Where({ $_ -notin $there -and "$($Keys[$_]) $qa" -notin $under })
        $null = Send-Control -Tenant $Acme -Method DELETE -Path statistics
        1 + 2 * 2 + $open.Count + $unbuilt.Count
    }

    # How many poll times have a poll: a second one in the same poll time is needless. A timer may be a little early.
    function Measure-Poll {
        param($Request)

        $count = 0
        $until = [datetime]::MinValue
        foreach ($one in $Request) {
            if ($one.at -ge $until) {
                $count++
                $until = $one.at + $Poll * 0.9
            }
        }
        $count
    }
}

AfterAll {
    Get-OdcConnection | Disconnect-Odc
    Close-Lab -Lab $Lab
}

Describe 'A release of twenty assets' {
    It 'survives Ctrl+C, failures, an outage and a token that expires, with the fewest requests, and no asset is deployed twice' {
        $wanted = Get-Running -Stage Development
        $wanted.Count | Should -BeGreaterOrEqual 20
        $script:Keys = @{}
        Get-OdcDeployedAsset -Stage Development -Flat | ForEach-Object -Process { $Keys["$($_.AssetName) $($_.Revision)"] = $_.AssetKey }
        $failing = 'Claims', 'Order Desk' | ForEach-Object -Process { (Get-OdcAsset -Name $_).AssetKey }
        # They take so long that the second run sees them fail, wherever the first one was stopped.
        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body @{ operation = 'Deploy'; fails = $true; messages = @('The network is down.'); durationMilliseconds = 2 * $Outage.TotalMilliseconds; asset = $failing[0] }
        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body @{ operation = 'Deploy'; fails = $true; messages = @('The disk is full.'); durationMilliseconds = 2 * $Outage.TotalMilliseconds; asset = $failing[1] }

        # Ctrl+C, as far as a script can press it.
        $release = [powershell]::Create([runspacefactory]::CreateRunspace($Host))
        $release.Runspace.Open()
        $credential = Get-LabCredential -Tenant $Acme
        $null = $release.AddScript({ param($Manifest, $Scale, $Poll, $Url, [pscredential] $Credential) Import-Module $Manifest; & ([scriptblock]::Create($Scale)) $Poll; Connect-Odc $Url -Credential $Credential }).
            AddParameters(@{ Manifest = $Manifest; Scale = "$Scale"; Poll = $Poll; Url = $Acme.url; Credential = $credential }).Invoke()
        $release.Commands.Clear()
        $null = $release.AddScript('Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false')
        $fewest = Measure-Fewest -Wanted $wanted
        $running = $release.BeginInvoke()
        while ((Get-Started -Request (Get-Log)).Count -lt 3 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $running.IsCompleted | Should -BeFalse
        $release.Stop()
        $release.Dispose()

        $log = @(Get-Log)
        $fewest += Measure-Fewest -Wanted $wanted -Started (Get-Started -Request $log)

        # The line again goes on where it was: through an outage, and up to the gate, because two failed.
        $faults = "$($Acme.url)_emulator/faults"
        $weather = Start-ThreadJob -ScriptBlock {
            Start-Sleep -Milliseconds 700
            $null = Invoke-RestMethod $using:faults -Method Put -ContentType application/json -Body '{"seed":1,"share":1,"kinds":["Html503"],"includeSignIn":true}'
            Start-Sleep -Milliseconds ($using:Outage).TotalMilliseconds
            $null = Invoke-RestMethod $using:faults -Method Delete
        }
        Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue | Out-Null
        $null = $weather | Receive-Job -Wait -AutoRemoveJob
        @($failures).Where({ "$_" -like 'The deployment of Order Desk revision * to QA *The disk is full.*' }) | Should -HaveCount 1
        @($failures).Where({ "$_" -like 'The deployment of Claims revision * to QA *The network is down.*' }) | Should -HaveCount 1
        @($failures).Where({ "$_" -like '*was not deployed to QA, because Claims, which it uses, was not.*' }).Count | Should -BeGreaterOrEqual 1
        @($failures).Where({ "$_" -like '*was not deployed to QA, because Order Desk, which it uses, was not.*' }).Count | Should -BeGreaterOrEqual 1
        @($failures).Where({ "$_" -like 'Nothing was deployed to Production, because to QA *' }) | Should -HaveCount 1

        $log += @(Get-Log)
        $fewest += Measure-Fewest -Wanted $wanted -Started (Get-Started -Request $log)

        Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false -OutFile "$TestDrive/result.xml" -WarningAction SilentlyContinue | Out-Null
        $log += @(Get-Log)
        Get-Running -Stage QA | Should -Be $wanted
        Get-Running -Stage Production | Should -Be $wanted
        # Each once to each stage, and the two that failed once more to QA.
        $qa = @(Get-OdcStage -Name QA)[0].StageKey
        $twice = Get-Started -Request $log | Group-Object | Where-Object -Property Count -GT 1
        $twice.Name | Sort-Object | Should -Be ($failing | ForEach-Object -Process { "$_ $qa" } | Sort-Object)
        @($twice).ForEach({ $_.Count }) | Should -Be 2, 2

        @($log).Where({ $_.status -eq 429 }) | Should -BeNullOrEmpty
        @($log).Where({ $_.status -eq 401 }) | Should -BeNullOrEmpty
        @($log).Where({ $_.path -like '*/token' -and $_.status -eq 200 }).Count | Should -BeGreaterOrEqual 1 -Because 'the token expires on the way'

        # What failed in the outage is extra. In a poll time: the list and two deployments, two builds, and a token.
        $failed = @($log).Where({ $_.fault })
        $failed.Count | Should -BeGreaterOrEqual 1
        $failed.Count | Should -BeLessOrEqual (6 * ($Outage / $Poll + 1))
        # The rest: names of assets for each of the two connections, and the stages for the first; before Production once more what runs and what is being deployed there;
        # each start; the messages of each failure; a look for each start that the outage swallowed; and one poll in a poll time for all
        # deployments together, and for each build.
        $sent = @($log).Where({ -not $_.fault -and $_.path -like '/api/*' })
        $fewest += 3 + 2 + @($sent).Where({ $_.method -eq 'POST' -and $_.status -eq 201 }).Count
        $fewest += @($sent).Where({ $_.path -like '*/messages' }).path | Sort-Object -Unique | Measure-Object | ForEach-Object -MemberName Count
        $fewest += @($failed).Where({ $_.method -eq 'POST' -and $_.path -eq $Deployments }).body | Sort-Object -Unique | Measure-Object | ForEach-Object -MemberName Count
        $reads = @($sent).Where({ $_.method -eq 'GET' -and $_.path -notlike '*/messages' }) | Sort-Object -Property number
        $fewest += Measure-Poll -Request @($reads).Where({ $_.path -like "$Deployments/*" -or ($_.path -eq $Deployments -and $_.pathAndQuery -notlike '*environmentKey*') })
        @($reads).Where({ $_.path -like "$Builds/*" }) | Group-Object -Property path | ForEach-Object -Process { $fewest += Measure-Poll -Request $_.Group }
        $sent.Count | Should -BeGreaterOrEqual $fewest
        $sent.Count | Should -BeLessOrEqual (1.2 * $fewest)

        $suites = ([xml] (Get-Content -Path "$TestDrive/result.xml" -Raw)).testsuites.testsuite
        $suites.name | Should -Be 'QA', 'Production'
        $suites.failures | Should -Be '0', '0'
    }
}
