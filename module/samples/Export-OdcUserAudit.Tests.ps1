<#
.SYNOPSIS
    How to test a script of one's own against the emulator: here Export-OdcUserAudit.ps1.
.DESCRIPTION
    Install the emulator once: dotnet tool install --global OdcPowerShell.Emulator --prerelease. ODC_EMULATOR may contain another command that starts it.
.EXAMPLE
    Invoke-Pester ./Export-OdcUserAudit.Tests.ps1
#>
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $command, $arguments = if ($env:ODC_EMULATOR) { -split $env:ODC_EMULATOR } else { 'odc-emulator' }
    $start = [System.Diagnostics.ProcessStartInfo]::new($command, "$arguments --port 0 --users 60 --no-limits")
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $script:Emulator = [System.Diagnostics.Process]::Start($start)
    # The first line is "acme  http://127.0.0.1:54321/". Its control API lists the clients and changes what the tenant does.
    $script:Tenant = ($Emulator.StandardOutput.ReadLine() -split '\s+')[1]
    $clients = (Invoke-RestMethod -Uri "${Tenant}_emulator").tenants[0].clients

    $env:ODC_TENANT_URL = $Tenant
    $env:ODC_CLIENT_ID = $clients.auditor.clientId
    $env:ODC_CLIENT_SECRET = $clients.auditor.secret

    function Invoke-Audit { pwsh -NoProfile -NonInteractive -File $PSScriptRoot/Export-OdcUserAudit.ps1 -Folder $TestDrive }
}

AfterAll { $Emulator.Kill() }

Describe 'The audit' {
    BeforeEach { Get-ChildItem -Path $TestDrive | Remove-Item }

    It 'writes a row for each role of each user' {
        $shown = Invoke-Audit
        $LASTEXITCODE | Should -Be 0
        $rows = @(Import-Csv -Path (Get-ChildItem -Path $TestDrive -Filter *.csv))
        $rows.Count | Should -BeGreaterThan 10
        $shown | Should -BeLike "$($rows.Count) roles of *"
    }

    It 'fails, and writes no file, when it may not see members' {
        $permissions = '["User management > View end users", "Stage > View stage"]'
        Invoke-RestMethod -Uri "${Tenant}_emulator/clients/auditor/permissions" -Method Put -Body $permissions -ContentType application/json
        Invoke-Audit
        $LASTEXITCODE | Should -Be 1
        Get-ChildItem -Path $TestDrive | Should -BeNullOrEmpty
    }

    It 'fails when its API client is suspended' {
        Invoke-RestMethod -Uri "${Tenant}_emulator/clients/auditor/suspend" -Method Post
        Invoke-Audit
        $LASTEXITCODE | Should -Be 1
    }
}
