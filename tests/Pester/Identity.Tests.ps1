#Requires -Version 7.4
# What people do with users, roles and groups from CSV files and to CSV files.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    & $Hurry
    $script:Identity = '/api/identity/v1'

    # What was asked of the tenant since the statistics were deleted, as "METHOD path".
    function Get-Sent {
        (Send-Control -Tenant $Acme -Method GET -Path statistics).requests | ForEach-Object -Process { "$($_.method) $($_.path)" }
    }
}

Describe 'The identity API' {
    BeforeEach {
        # No more than the module may ask in a minute: the hosted engine's tests, which need not wait, take a thousand.
        $script:Lab = Open-Lab -Users 60
        $script:Acme = $Lab.Acme
        Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
        Push-Location -Path $TestDrive
    }

    AfterEach {
        Pop-Location
        Get-OdcConnection | Disconnect-Odc
        Close-Lab -Lab $Lab
    }

    Context 'A file of 500 users, seven of which are no users,' {
        BeforeEach {
            $rows = foreach ($i in 1..500) { [pscustomobject]@{ Email = "new$i@acme.example"; Name = "New $i"; Active = ''; IdentityProvider = '' } }
            $rows[9].Email = ''
            $rows[99].Email = 'no address'
            $rows[149].Email = 'new140@acme.example'
            $rows[249].Email = (Get-OdcUser -First 1).Email
            $rows[349].IdentityProvider = 'Nobody'
            $rows[399].Active = 'perhaps'
            $rows[499].Email = 'no@address@acme.example'
            $rows | Export-Csv -Path users.csv
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
        }

        It 'gives 493 users and 7 errors that name row and reason, with five requests that create' {
            $results = Import-Csv -Path users.csv | Import-OdcUser -AddToBuiltInIdentityProvider -Wait -ErrorAction SilentlyContinue -ErrorVariable failures
            $results | Should -HaveCount 500
            ($results | Where-Object -Property IsSuccess).Row | Should -HaveCount 493
            $failures | Should -HaveCount 7
            $bad = $failures.ForEach({ if ("$_" -match '^Row (\d+)(, .+)?: no user was created: .{10,}') { [int] $Matches[1] } })
            $bad | Sort-Object | Should -Be 10, 100, 150, 250, 350, 400, 500
            @(Get-Sent) -eq "POST $Identity/users/bulk" | Should -HaveCount 5
            (Measure-OdcUser).UserCount | Should -Be 553
        }

        It 'goes on to a role, and what failed to a file' {
            $clerk = Get-OdcEndUserRole -Name Clerk -Stage Production
            $results = Import-Csv -Path users.csv | Import-OdcUser -Wait -ErrorAction SilentlyContinue
            $new = $results | Where-Object -Property IsSuccess | Select-Object -First 20
            $new | Grant-OdcEndUserRole -EndUserRole $clerk
            $new.UserKey | Should -BeIn ($clerk | Get-OdcUser).UserKey
            $results | Where-Object -Property IsSuccess -EQ $false | Select-Object -Property Row, Email, ErrorMessage | Export-Csv -Path failed.csv
            (Import-Csv -Path failed.csv).Row | Should -HaveCount 7
        }
    }

    Context 'Three hundred users' {
        BeforeEach {
            Get-OdcConnection | Disconnect-Odc
            Close-Lab -Lab $Lab
            $script:Lab = Open-Lab -Users 350
            $script:Acme = $Lab.Acme
            Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
        }

        It 'of a file have a role through a new group after four requests' {
            Get-OdcUser -First 300 | Select-Object -Property UserKey, Email | Export-Csv -Path users.csv
            $clerk = Get-OdcEndUserRole -Name Clerk -Stage QA
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Import-Csv -Path users.csv | Add-OdcGroupUser -Group (New-OdcGroup -Name Clerks -Stage QA -EndUserRole $clerk)
            @(Get-Sent).Count | Should -BeLessOrEqual 4
            Get-OdcGroup -Name Clerks | Get-OdcUser | Should -HaveCount 300
        }

        It 'are taken out of it by the rows of a file' {
            New-OdcGroup -Name Clerks -Stage QA -User (Get-OdcUser -First 300) | Get-OdcUser | Select-Object -Property GroupKey, UserKey, Email | Export-Csv -Path members.csv
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Import-Csv -Path members.csv | Remove-OdcGroupUser -Confirm:$false
            @(Get-Sent) | Should -HaveCount 1
            Get-OdcGroup -Name Clerks | Get-OdcUser | Should -BeNullOrEmpty
        }
    }

    Context 'An audit' {
        It 'goes to a file, a row for each user and role' {
            $expected = foreach ($user in Get-OdcUser -Embed ApplicationRoles) {
                foreach ($role in $user.Embedded.EndUserRoles) { [pscustomobject]@{ UserEmail = $user.Email; Name = $role.Name; Source = $role.Source } }
            }
            Get-OdcUser | Get-OdcEndUserRole | Select-Object -Property UserEmail, Name, AssetName, StageName, Source | Export-Csv -Path audit.csv
            $rows = Import-Csv -Path audit.csv
            $rows | Should -HaveCount $expected.Count
            Compare-Object -ReferenceObject $expected -DifferenceObject $rows -Property UserEmail, Name, Source | Should -BeNullOrEmpty
            $rows.Where({ -not $_.AssetName -or -not $_.StageName }) | Should -BeNullOrEmpty
        }

        It 'counts the members by organization role' {
            $counts = Get-OdcOrganizationRole | Get-OdcUser | Group-Object -Property OrganizationRoleName -NoElement
            $counts.Name | Should -BeIn 'Administrator', 'Developer', 'Manager', 'Viewer'
            $counts.Count | Should -BeGreaterThan 1
        }

        It 'disables who was idle for 90 days, after a look' {
            $idle = Get-OdcUser -LastLoginTo (Get-Date).AddDays(-90) -Status Active
            $idle.Count | Should -BeGreaterThan 10
            Send-Control -Tenant $Acme -Method DELETE -Path statistics
            Get-OdcUser -LastLoginTo (Get-Date).AddDays(-90) -Status Active | Disable-OdcUser -WhatIf
            @(Get-Sent) -notlike 'GET *' | Should -BeNullOrEmpty
            Get-OdcUser -LastLoginTo (Get-Date).AddDays(-90) -Status Active | Disable-OdcUser
            ($idle | Get-OdcUser).Status | Select-Object -Unique | Should -Be 'Inactive'
        }
    }

    Context 'The client secret of an identity provider' {
        It 'is in no JSON, CSV, CliXml or list' {
            $provider = Get-OdcIdentityProvider -Name 'Entra ID'
            $secret = [System.Net.NetworkCredential]::new('', $provider.OidcConfiguration.ClientSecret).Password
            $secret | Should -BeLike 'idp-client-secret-*'
            Export-Clixml -InputObject $provider -Path provider.xml -Depth 4
            $shown = @(
                $provider | ConvertTo-Json -Depth 5
                $provider.OidcConfiguration | ConvertTo-Json
                $provider.OidcConfiguration | ConvertTo-Csv
                $provider | Format-List -Property * -Force | Out-String
                $provider.OidcConfiguration | Format-List -Property * -Force | Out-String
                Get-Content -Path provider.xml -Raw
            ) -join "`n"
            $shown | Should -Match ([regex]::Escape($provider.OidcConfiguration.ClientId))
            $hidden = $secret, [System.Convert]::ToHexString([System.Text.Encoding]::Unicode.GetBytes($secret)), [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($secret))
            foreach ($form in $hidden) { $shown | Should -Not -Match ([regex]::Escape($form)) }
        }
    }
}
