#Requires -Version 7.4
# The weekly release in a real pwsh: from Development to Production in one line, whatever happens on the way.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    & $Hurry
    $script:Lab = Open-Lab -Users 5 -Assets 32
    $script:Acme = $Lab.Acme
    Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
    # The service allows ten starts a minute, which the hosted tests wait for in a shorter window.
    $budgets = [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'OdcPowerShell.Core' })[0].GetType('OdcPowerShell.Http.RateBudgets')
    $shared = $budgets.GetProperty('Shared', [System.Reflection.BindingFlags] 'NonPublic, Static').GetValue($null)
    $null = $budgets.GetMethod('Set', [System.Reflection.BindingFlags] 'NonPublic, Instance').Invoke($shared, @([uri] $Acme.url, [timespan]::Zero))
    Send-Control -Tenant $Acme -Method PUT -Path delivery/operation-duration -Body @{ milliseconds = 500 }

    function Get-Running {
        param([string] $Stage)

        Get-OdcDeployedAsset -Stage $Stage -Flat | Sort-Object -Property AssetName | ForEach-Object -Process { "$($_.AssetName) $($_.Revision)" }
    }

    # The deployments that were started, as "asset stage".
    function Get-Started {
        $sent = (Send-Control -Tenant $Acme -Method GET -Path statistics).requests
        @($sent).Where({ $_.method -eq 'POST' -and $_.path -eq '/api/deployments/v1/deployment-operations' -and $_.status -eq 201 })
    }
}

AfterAll {
    Get-OdcConnection | Disconnect-Odc
    Close-Lab -Lab $Lab
}

Describe 'A release of twenty assets' {
    It 'survives Ctrl+C, failures and an outage, and no asset is deployed twice' {
        $wanted = Get-Running -Stage Development
        $wanted.Count | Should -BeGreaterOrEqual 20
        Send-Control -Tenant $Acme -Method DELETE -Path statistics
        Send-Control -Tenant $Acme -Method POST -Path delivery/plans -Body @{ operation = 'Deploy'; fails = $true; messages = @('The disk is full.'); asset = (Get-OdcAsset -Name 'Order Desk').AssetKey }

        # Ctrl+C, as far as a script can press it.
        $release = [powershell]::Create([runspacefactory]::CreateRunspace($Host))
        $release.Runspace.Open()
        $credential = Get-LabCredential -Tenant $Acme
        $null = $release.AddScript({ param($Manifest, $Hurry, $Url, [pscredential] $Credential) Import-Module $Manifest; & ([scriptblock]::Create($Hurry)); Connect-Odc $Url -Credential $Credential }).
            AddParameters(@{ Manifest = $Manifest; Hurry = "$Hurry"; Url = $Acme.url; Credential = $credential }).Invoke()
        $release.Commands.Clear()
        $null = $release.AddScript('Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false')
        $running = $release.BeginInvoke()
        while ((Get-Started).Count -lt 3 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $running.IsCompleted | Should -BeFalse
        $release.Stop()
        $release.Dispose()

        # The line again goes on where it was: through an outage, and up to the gate, because one failed.
        $faults = "$($Acme.url)_emulator/faults"
        $outage = Start-ThreadJob -ScriptBlock {
            Start-Sleep -Milliseconds 700
            $null = Invoke-RestMethod $using:faults -Method Put -ContentType application/json -Body '{"seed":1,"share":1,"kinds":["Html503"],"includeSignIn":true}'
            Start-Sleep -Seconds 2
            $null = Invoke-RestMethod $using:faults -Method Delete
        }
        Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue | Out-Null
        $null = $outage | Receive-Job -Wait -AutoRemoveJob
        @($failures).Where({ "$_" -like 'The deployment of Order Desk revision * to QA *The disk is full.*' }) | Should -HaveCount 1
        @($failures).Where({ "$_" -like '*was not deployed to QA, because Order Desk, which it uses, was not.*' }).Count | Should -BeGreaterOrEqual 1
        @($failures).Where({ "$_" -like 'Nothing was deployed to Production, because to QA *' }) | Should -HaveCount 1

        Start-OdcDeployment -FromStage Development -Stage QA, Production -BuildIfMissing -Wait -Confirm:$false -OutFile "$TestDrive/result.xml" -WarningAction SilentlyContinue | Out-Null
        Get-Running -Stage QA | Should -Be $wanted
        Get-Running -Stage Production | Should -Be $wanted
        # All once to each stage, and Order Desk once more to QA, unless QA ran the revision already.
        (Get-Started).Count | Should -BeLessOrEqual (2 * $wanted.Count + 1)
        $suites = ([xml] (Get-Content -Path "$TestDrive/result.xml" -Raw)).testsuites.testsuite
        $suites.name | Should -Be 'QA', 'Production'
        $suites.failures | Should -Be '0', '0'
    }
}
