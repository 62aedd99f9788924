#Requires -Version 7.4
# Signing in from a vault, with the real SecretManagement and SecretStore. Only in a throwaway HOME: SecretStore keeps its files there.

Describe 'A vault' {
    BeforeAll {
        . $PSScriptRoot/Lab.ps1
        Import-Module -Name $Manifest
        $script:Obstacle = Get-VaultObstacle
        if ($Obstacle) { return }
        $null = Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -Confirm:$false -WarningAction SilentlyContinue
        Register-SecretVault -Name lab -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
        $script:Lab = Open-Lab
        $script:Acme = $Lab.Acme
        $script:Credential = Get-LabCredential -Tenant $Acme
        $script:Known = @{ Tenant = $Acme.url; ClientId = $Credential.UserName }
    }

    AfterAll { Close-Lab -Lab $Lab }

    BeforeEach {
        if ($Obstacle) { Set-ItResult -Skipped -Because $Obstacle }
        Get-SecretInfo | Remove-Secret
        Send-Control -Tenant $Acme -Method DELETE -Path statistics
    }

    AfterEach { Get-OdcConnection | Disconnect-Odc }

    Context 'with an entry that was written by hand' {
        It 'signs in with <Shape>' -ForEach @(
            @{ Shape = 'a PSCredential'; Value = { $Credential } }
            @{ Shape = 'a SecureString'; Value = { $Credential.Password } }
            @{ Shape = 'text'; Value = { $Acme.clients.admin.secret } }
        ) {
            Set-Secret -Name odc -Secret (& $Value) -Metadata $Known
            Connect-Odc -SecretName odc
            (Get-OdcOrganization).Name | Should -Be $Acme.organizationName
        }

        It 'signs in with a hashtable, which needs no metadata' {
            Set-Secret -Name odc -Secret ($Known + @{ ClientSecret = $Credential.Password })
            (Connect-Odc -SecretName odc -VaultName lab -PassThru).ClientId | Should -Be $Credential.UserName
        }

        It 'takes the parameters before what is stored' {
            Set-Secret -Name odc -Secret $Credential.Password -Metadata @{ Tenant = 'https://elsewhere.example'; ClientId = 'nobody' }
            $connection = Connect-Odc -Tenant $Acme.url -SecretName odc -ClientId $Credential.UserName -SecretExpiresOn ([DateTimeOffset]::UtcNow.AddDays(60)) -PassThru
            $connection.Tenant | Should -Be ([uri] $Acme.url).Authority
            $connection.SecretExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddDays(59))
        }

        It 'says which part is missing: <Id>' -ForEach @(
            @{ Id = 'OdcClientIdMissing'; Metadata = { @{ Tenant = $Acme.url } } }
            @{ Id = 'OdcTenantMissing'; Metadata = { @{ ClientId = $Credential.UserName } } }
        ) {
            Set-Secret -Name odc -Secret $Credential.Password -Metadata (& $Metadata)
            (Get-Failure -Script { Connect-Odc -SecretName odc }).FullyQualifiedErrorId | Should -BeLike "$Id,*"
        }
    }

    Context 'with an entry of Register-OdcCredential' {
        It 'signs in with the name alone, and knows when the secret ends' {
            $end = [DateTime]::UtcNow.Date.AddDays(60)
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -ExpiresOn $end | Should -BeNullOrEmpty
            $connection = Connect-Odc -SecretName odc -PassThru -WarningVariable warnings
            $connection.SecretExpiresOn.UtcDateTime | Should -Be $end.AddHours(23).AddMinutes(59)
            $warnings | Should -BeNullOrEmpty
        }

        It 'lists it without its secret, with days left and the vault' {
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -ExpiresOn ([DateTime]::UtcNow.Date.AddDays(30))
            Set-Secret -Name other -Secret 'not of ODC'
            $entry = Get-OdcCredential
            $entry.Name, $entry.VaultName, $entry.ClientId, $entry.DaysLeft | Should -Be @('odc', 'lab', $Credential.UserName, 30)
            $shown = @($entry | Format-List -Property * -Force | Out-String; $entry | ConvertTo-Csv; $entry | ConvertTo-Json) -join ' '
            $shown | Should -Match $Credential.UserName
            $shown | Should -Not -Match ([regex]::Escape($Acme.clients.admin.secret))
        }

        It 'warns from 14 days before the end: <Days> days' -ForEach @{ Days = 13; Count = 1 }, @{ Days = 15; Count = 0 } {
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -ExpiresOn ([DateTime]::UtcNow.Date.AddDays($Days))
            Connect-Odc -SecretName odc -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -HaveCount $Count
            if ($Count) { $warnings[0].Message | Should -BeLike "*in $Days days*" }
        }

        It 'replaces an entry only with -Force' {
            Register-OdcCredential -Name odc -Tenant $Acme.url -ClientId old -ClientSecret $Credential.Password
            $failure = Get-Failure -Script { Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential }
            $failure.FullyQualifiedErrorId | Should -BeLike 'OdcSecretExists,*'
            (Get-OdcCredential).ClientId | Should -Be old
            (Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -Force -PassThru).ClientId | Should -Be $Credential.UserName
            (Get-OdcCredential).ClientId | Should -Be $Credential.UserName
        }

        It 'writes nothing with -WhatIf' {
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -WhatIf
            Get-SecretInfo | Should -BeNullOrEmpty
        }
    }

    Context 'that does not give the secret' {
        It 'is missing' {
            (Get-Failure -Script { Connect-Odc -SecretName odc -VaultName nowhere }).FullyQualifiedErrorId | Should -BeLike 'OdcVaultMissing,*'
            $write = { Register-OdcCredential -Name odc -VaultName nowhere -Tenant $Acme.url -Credential $Credential }
            (Get-Failure -Script $write).FullyQualifiedErrorId | Should -BeLike 'OdcVaultMissing,*'
        }

        It 'has no secret of the name <_>' -ForEach 'odc', 'unlocked', 'vault-registry', '*' {
            $failure = Get-Failure -Script { Connect-Odc -SecretName $_ }
            $failure.FullyQualifiedErrorId | Should -BeLike 'OdcSecretNotFound,*'
        }

        It 'holds something of another type' {
            Set-Secret -Name odc -Secret ([byte[]] (1, 2, 3)) -Metadata $Known
            (Get-Failure -Script { Connect-Odc -SecretName odc }).FullyQualifiedErrorId | Should -BeLike 'OdcSecretWrongType,*'
        }

        It 'is locked, until it is unlocked' {
            $folder = Join-Path -Path $TestDrive -ChildPath 'locked'
            $null = New-Item -Path $folder -ItemType Directory
            $environment = (Get-LabEnvironment -Tenant $Acme) + @{ HOME = $folder }
            Invoke-Child -Environment $environment -Script {
                $password = [System.Net.NetworkCredential]::new('', 'open sesame').SecurePassword
                $null = Reset-SecretStore -Scope CurrentUser -Authentication Password -Password $password -Interaction None -Force -Confirm:$false -WarningAction SilentlyContinue
                Register-SecretVault -Name lab -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
                Unlock-SecretStore -Password $password
                Import-Module -Name $env:LAB_MODULE
                $credential = [pscredential]::new($env:ODC_CLIENT_ID, [System.Net.NetworkCredential]::new('', $env:ODC_CLIENT_SECRET).SecurePassword)
                Register-OdcCredential -Name odc -Tenant $env:ODC_TENANT_URL -Credential $credential
            } | Should -BeNullOrEmpty
            $shown = Invoke-Child -Environment $environment -Script {
                Import-Module -Name $env:LAB_MODULE
                foreach ($locked in { Connect-Odc -SecretName odc }, { Get-OdcCredential }) {
                    try { & $locked } catch { $_.FullyQualifiedErrorId.Split(',')[0]; $_.ErrorDetails.RecommendedAction }
                }
                Unlock-SecretStore -Password ([System.Net.NetworkCredential]::new('', 'open sesame').SecurePassword)
                Connect-Odc -SecretName odc
                (Get-OdcOrganization).Name
            }
            $shown[0, 2] | Should -Be @('OdcVaultLocked', 'OdcVaultLocked')
            $shown[1] | Should -BeLike '*Unlock-SecretStore*'
            $shown[4] | Should -Be $Acme.organizationName
        }
    }

    Context 'while others use it' {
        It 'is asked again when a rotated secret is refused, and the session goes on' {
            $deployer = $Acme.clients.deployer
            Register-OdcCredential -Name rotating -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme -Client deployer)
            Send-Control -Tenant $Acme -Method PUT -Path token-lifetime -Body @{ seconds = 1 }
            try { Connect-Odc -SecretName rotating } finally { Send-Control -Tenant $Acme -Method PUT -Path token-lifetime -Body @{ seconds = 43200 } }
            $new = (Send-Control -Tenant $Acme -Method POST -Path clients/deployer/rotate).secret
            $renewed = [pscredential]::new($deployer.clientId, (ConvertTo-Secure -Text $new))
            Register-OdcCredential -Name rotating -Tenant $Acme.url -Credential $renewed -Force
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Start-Sleep -Milliseconds 1200
            Get-OdcStage | Should -Not -BeNullOrEmpty
            # The old secret, and then the new one.
            Get-Request -Tenant $Acme -Token | Should -HaveCount 2
        }

        It 'keeps a token for the next process, which then asks for none' {
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential
            $signIn = {
                Import-Module -Name $env:LAB_MODULE
                Connect-Odc -SecretName odc -TokenCacheVault lab
                (Get-OdcOrganization).Name
            }
            Invoke-Child -Script $signIn | Should -Be $Acme.organizationName
            Get-Request -Tenant $Acme -Token | Should -HaveCount 1
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Invoke-Child -Script $signIn | Should -Be $Acme.organizationName
            Get-Request -Tenant $Acme -Token | Should -HaveCount 0
            (Get-OdcCredential).Name | Should -Be odc
            # Not on the disk in plain text either.
            Get-ChildItem -Path "$HOME/.secretmanagement" -Recurse -File | Select-String -Pattern 'eyJ[\w-]{8}' | Should -BeNullOrEmpty
        }

        It 'does not keep a token past its end' {
            # The store of this process can lag behind what the children of the test before wrote.
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential -Force
            Connect-Odc -SecretName odc -TokenCacheVault lab
            $kept = Get-SecretInfo -Name OdcPowerShell-token-*
            Set-SecretInfo -Name $kept.Name -Metadata @{ ExpiresOn = [DateTime]::UtcNow.AddMinutes(-1) }
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Connect-Odc -SecretName odc -TokenCacheVault lab
            Get-Request -Tenant $Acme -Token | Should -HaveCount 1
        }

        It 'is read by eight runspaces at a time' {
            Register-OdcCredential -Name odc -Tenant $Acme.url -Credential $Credential
            # Stages, because the organization's assumed rate limit would make the test a matter of minutes.
            $keys = 1..32 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module -Name $using:Manifest
                Connect-Odc -SecretName odc
                (Get-OdcStage -Name Production).StageKey
            }
            $keys | Should -HaveCount 32
            $keys | Sort-Object -Unique | Should -HaveCount 1
        }
    }
}
