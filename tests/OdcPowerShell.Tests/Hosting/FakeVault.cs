namespace OdcPowerShell.Tests.Hosting;

/// <summary>A stand-in for SecretManagement with two vaults in memory; the real one is used by the Pester suites.</summary>
internal static class FakeVault
{
    /// <summary>Entries are in <c>$global:Secrets</c> (name to value) and <c>$global:Metadata</c>; <c>$global:Locked</c> locks it, and <c>$global:Faults[command]</c> is run before a command, with its vault, or the name of the entry that is written.</summary>
    internal const string Install = """
        $global:Secrets = @{}; $global:Metadata = @{}; $global:Locked = $false; $global:Reads = 0; $global:Faults = @{}
        New-Module -Name Microsoft.PowerShell.SecretManagement -ScriptBlock {
            function Assert-Open([string] $Vault) {
                if ($global:Locked) { throw [System.InvalidOperationException]::new('A valid password is required to access the Microsoft.PowerShell.SecretStore vault.') }
                if ($Vault -and $Vault -notin 'one', 'two') { throw [System.Management.Automation.ItemNotFoundException]::new("Vault $Vault not found in registry.") }
            }
            function Get-SecretVault {
                if (-not $global:NoVault) { [pscustomobject]@{ Name = 'two'; IsDefault = $false }; [pscustomobject]@{ Name = 'one'; IsDefault = $true } }
            }
            function Invoke-Fault([string] $Command, [string] $Vault) {
                if ($global:Faults[$Command]) { & $global:Faults[$Command] $Vault }
            }
            function Get-Secret { [CmdletBinding()] param($Name, $Vault)
                Assert-Open $Vault
                Invoke-Fault Get-Secret $Vault
                $global:Reads++
                if (-not $global:Secrets.ContainsKey($Name)) { throw [System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.") }
                , $global:Secrets[$Name]
            }
            function Get-SecretInfo { [CmdletBinding()] param($Name, $Vault)
                Assert-Open $Vault
                Invoke-Fault Get-SecretInfo $Vault
                foreach ($key in $global:Secrets.Keys) {
                    if ($key -like $Name) { [pscustomobject]@{ Name = $key; VaultName = $(if ($Vault) { $Vault } else { 'one' }); Metadata = $global:Metadata[$key] } }
                }
            }
            function Set-SecretInfo { [CmdletBinding()] param($Name, $Vault, $Metadata)
                Assert-Open $Vault
                Invoke-Fault Set-SecretInfo $Vault
                if (-not $global:Secrets.ContainsKey($Name)) { throw [System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found.") }
                $global:Metadata[$Name] = $Metadata
            }
            function Set-Secret { [CmdletBinding()] param($Name, $Vault, $Secret, $Metadata)
                Assert-Open $Vault
                Invoke-Fault Set-Secret $Name
                $global:Secrets[$Name] = $Secret
                $global:Metadata[$Name] = $Metadata
            }
            function Remove-Secret { [CmdletBinding()] param($Name, $Vault)
                Assert-Open $Vault
                Invoke-Fault Remove-Secret $Name
                $global:Secrets.Remove($Name)
                $global:Metadata.Remove($Name)
            }
        } | Import-Module -Global
        """;
}
