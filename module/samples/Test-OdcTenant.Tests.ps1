<#
.SYNOPSIS
    The rules of Test-OdcTenant as Pester tests, one for each rule.
.DESCRIPTION
    Signs in with ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET, and reads the tenant once. A rule that could not be checked is skipped, with the reason: a
    missing permission never passes. ODC_RULE_SETTINGS may name a settings file with thresholds and accepted exceptions.
.EXAMPLE
    Invoke-Pester ./Test-OdcTenant.Tests.ps1
.EXAMPLE
    Invoke-Pester ./Test-OdcTenant.Tests.ps1 -TagFilter High
#>
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }, OdcPowerShell

BeforeAll {
    $options = @{ IncludePassed = $true }
    if ($env:ODC_RULE_SETTINGS) { $options.Settings = $env:ODC_RULE_SETTINGS }
    $script:Connection = Connect-Odc -EnvironmentVariable -Name 'tenant rules' -PassThru
    $script:Rows = Test-OdcTenant -Connection $Connection @options | Group-Object -Property Rule -AsHashTable -AsString
}

AfterAll { $Connection | Disconnect-Odc }

# The list of rules needs no connection.
foreach ($severity in Get-OdcTenantRule | Group-Object -Property Severity) {
    Describe "Rules of severity $($severity.Name)" -Tag $severity.Name {
        It '<_.Rule>: <_.Title>' -ForEach $severity.Group {
            # Pipelines below have a $_ of their own.
            $rule = $_
            $found = @($Rows[$rule.Rule])
            $found.Where({ $_.Result -eq 'Failed' }) | ForEach-Object { "$($_.Message) Fix: $($_.Fix)" } | Should -BeNullOrEmpty -Because $rule.Advice
            $open = $found.Where({ $_.Result -eq 'NotChecked' })
            if ($open) { Set-ItResult -Skipped -Because $open[0].Message }
            # A rule that the settings file switches off has no row.
            if (-not $Rows[$rule.Rule]) { Set-ItResult -Skipped -Because 'the settings file switches the rule off' }
        }
    }
}
