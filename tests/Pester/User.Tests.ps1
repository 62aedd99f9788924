#Requires -Version 7.4
# Users, organization and stages in the pipelines of a full pwsh: with the commands of its own modules before and behind.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Lab = Open-Lab -Users 250
    $script:Acme = $Lab.Acme
    $script:UserPath = '/api/identity/v1/users'
    Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme)
    $script:Users = Get-OdcUser
}

AfterAll {
    Get-OdcConnection | Disconnect-Odc
    Close-Lab -Lab $Lab
}

Describe 'Requests' {
    BeforeEach { Send-Control -Tenant $Acme -Method DELETE -Path statistics }

    It 'are one for a hundred users' {
        Get-OdcUser | Should -HaveCount 250
        Get-Request -Tenant $Acme -Path $UserPath | Should -HaveCount 3
    }

    It 'are one for -First 5, which asks for no more' {
        (Get-OdcUser -First 5).UserKey | Should -Be $Users[0..4].UserKey
        (Get-Request -Tenant $Acme -Path $UserPath).pathAndQuery | Should -Be "$UserPath`?limit=5"
    }

    It 'are one when Select-Object has enough' {
        (Get-OdcUser | Select-Object -First 1).UserKey | Should -Be $Users[0].UserKey
        Get-Request -Tenant $Acme -Path $UserPath | Should -HaveCount 1
    }

    It 'are one for twenty keys' {
        ($Users[0..44].UserKey | Get-OdcUser).UserKey | Should -Be $Users[0..44].UserKey
        Get-Request -Tenant $Acme -Path $UserPath | Should -HaveCount 3
    }

    It 'are none with an empty pipeline' {
        @() | Get-OdcUser | Should -BeNullOrEmpty
        Get-Request -Tenant $Acme -Path $UserPath | Should -HaveCount 0
    }
}

Describe 'Users go' {
    It 'to Where-Object, Sort-Object, Group-Object and Measure-Object' {
        $active = Get-OdcUser | Where-Object -Property Status -EQ Active | Sort-Object -Property Email -Descending
        $active.Email | Should -Be ($Users.Where({ $_.Status -eq 'Active' }).Email | Sort-Object -Descending)
        $groups = Get-OdcUser | Group-Object -Property Status -AsHashTable
        $groups['Active'] | Should -HaveCount $active.Count
        ($groups.Values.ForEach({ $_.Count }) | Measure-Object -Sum).Sum | Should -Be 250
    }

    It 'to ForEach-Object, which may ask again meanwhile' {
        $again = Get-OdcUser -First 3 | ForEach-Object -Process { (Get-OdcUser -UserKey $_.UserKey).Name }
        $again | Should -Be $Users[0..2].Name
    }

    It 'to ForEach-Object -Parallel' {
        $connection = Get-OdcConnection -Default
        $again = Get-OdcUser -First 16 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module -Name $using:Manifest
            ($_ | Get-OdcUser -Connection $using:connection).UserKey
        }
        $again | Sort-Object | Should -Be ($Users[0..15].UserKey | Sort-Object)
    }

    It 'to a CSV file and come back from it' {
        $file = Join-Path -Path $TestDrive -ChildPath 'users.csv'
        Get-OdcUser -First 30 | Select-Object -Property UserKey, Name, Email, LastLoginAt | Export-Csv -Path $file
        $rows = Import-Csv -Path $file
        $rows.Email | Should -Be $Users[0..29].Email
        ($rows | Get-OdcUser).Name | Should -Be $Users[0..29].Name
    }

    It 'to JSON and come back from it' {
        $back = Get-OdcUser -First 3 | ConvertTo-Json -Depth 5 | ConvertFrom-Json
        $back.UserKey | Should -Be $Users[0..2].UserKey
        $back[0].Access.HasEndUserRoles | Should -Be $Users[0].Access.HasEndUserRoles
    }

    It 'to Compare-Object and Tee-Object' {
        $half = Get-OdcUser -First 125 | Tee-Object -Variable seen
        $seen | Should -HaveCount 125
        (Compare-Object -ReferenceObject $Users -DifferenceObject $half -Property UserKey).SideIndicator | Should -Be (@('<=') * 125)
    }

    It 'to tables that fit 120 columns' {
        $lines = Get-OdcUser -First 40 | Format-Table | Out-String -Stream -Width 120
        ($lines -join ' ') | Should -BeLike "*$($Users[39].Email)*"
        ($lines -join ' ') | Should -Not -BeLike '*...*'
    }
}

Describe 'What does not fit' {
    It 'is a stage where a user is expected' {
        $failure = Get-Failure -Script { Get-OdcStage | Get-OdcUser -ErrorAction Stop }
        $failure.ToString() | Should -Match 'user'
    }

    It 'is a key that no user has, which is an error of its own' {
        $none = [guid]::Empty
        $found = $Users[0].UserKey, $none, $Users[1].UserKey | Get-OdcUser -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.UserKey | Should -Be $Users[0..1].UserKey
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'OdcNotFound,*'
        $failures[0].TargetObject | Should -Be $none
    }
}

Describe 'No secret and no token' {
    It 'is in the CSV or JSON of <_>' -ForEach 'Get-OdcUser', 'Get-OdcOrganization', 'Get-OdcStage' {
        $objects = & $_
        $shown = @($objects | ConvertTo-Csv; $objects | ConvertTo-Json -Depth 5; $objects | Format-List -Property * -Force | Out-String) -join ' '
        $shown | Should -Match ([regex]::Escape($objects[0].Name))
        foreach ($value in $Acme.clients.admin.secret, (Get-OdcAccessToken -AsPlainText)) { $shown | Should -Not -Match ([regex]::Escape($value)) }
    }
}
