#Requires -Version 7.4
# Signing in without a vault, what is done with the connection and its token, and that neither shows a secret.

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Lab = Open-Lab
    $script:Acme = $Lab.Acme
    $script:Secret = $Acme.clients.admin.secret
    $script:Credential = Get-LabCredential -Tenant $Acme
    # JSON Web Tokens start with the code of {".
    $script:TokenLike = 'eyJ[\w-]{8}'
}

AfterAll { Close-Lab -Lab $Lab }

Describe 'Connect-Odc signs in' {
    AfterEach { Get-OdcConnection | Disconnect-Odc }

    It 'with a PSCredential, and writes nothing' {
        Connect-Odc -Tenant $Acme.url -Credential $Credential | Should -BeNullOrEmpty
        (Get-OdcOrganization).Name | Should -Be $Acme.organizationName
    }

    It 'with client id and SecureString' {
        $connection = Connect-Odc -Tenant $Acme.url -ClientId $Credential.UserName -ClientSecret $Credential.Password -PassThru
        $connection.ClientId | Should -Be $Acme.clients.admin.clientId
        $connection.TokenExpiresOn | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddHours(11))
    }

    It 'with a secret that a form or a command line could spoil' {
        Connect-Odc -Tenant $Acme.url -Credential (Get-LabCredential -Tenant $Acme -Client special)
        (Get-OdcOrganization).Name | Should -Be $Acme.organizationName
    }

    It 'with environment variables, in a process of its own' {
        $shown = Invoke-Child -Environment (Get-LabEnvironment -Tenant $Acme) -Script {
            Import-Module -Name $env:LAB_MODULE
            Connect-Odc -EnvironmentVariable
            (Get-OdcOrganization).Name
        }
        $shown | Should -Be $Acme.organizationName
    }

    It 'with a credential provider that sees the variables around it' {
        $given = $Credential
        Connect-Odc -Tenant $Acme.url -CredentialProvider { $given }
        (Get-OdcOrganization).Name | Should -Be $Acme.organizationName
    }

    It 'with a credential of Azure Automation' {
        $shown = Invoke-Child -Environment (Get-LabEnvironment -Tenant $Acme) -Script {
            function Get-AutomationPSCredential($Name) {
                if ($Name -eq 'odc') { [pscredential]::new($env:ODC_CLIENT_ID, [System.Net.NetworkCredential]::new('', $env:ODC_CLIENT_SECRET).SecurePassword) }
            }

            Import-Module -Name $env:LAB_MODULE
            Connect-Odc -Tenant $env:ODC_TENANT_URL -AutomationCredential odc
            (Get-OdcOrganization).Name
        }
        $shown | Should -Be $Acme.organizationName
    }

    It 'with a token from elsewhere' {
        Connect-Odc -Tenant $Acme.url -Credential $Credential
        $token = (Get-OdcAccessToken).Token
        Disconnect-Odc
        Connect-Odc -Tenant $Acme.url -AccessToken $token
        (Get-OdcOrganization).Name | Should -Be $Acme.organizationName
    }
}

Describe 'The token' {
    AfterEach { Get-OdcConnection | Disconnect-Odc }

    BeforeEach { Connect-Odc -Tenant $Acme.url -Credential $Credential }

    It 'fits Invoke-RestMethod -Authentication Bearer' {
        $loopback = @{ AllowUnencryptedAuthentication = $true }
        $answer = Invoke-RestMethod -Uri "$($Acme.url)api/organization/v1/organization" -Authentication Bearer -Token (Get-OdcAccessToken).Token @loopback
        $answer.name | Should -Be $Acme.organizationName
    }

    It 'fits Invoke-RestMethod -Headers' {
        (Invoke-RestMethod -Uri "$($Acme.url)api/organization/v1/organization" -Headers (Get-OdcAccessToken -AsHeader)).name | Should -Be $Acme.organizationName
    }

    It 'is renewed once when a running session finds it ended' {
        Send-Control -Tenant $Acme -Method PUT -Path token-lifetime -Body @{ seconds = 1 }
        Connect-Odc -Tenant $Acme.url -Credential $Credential
        Send-Control -Tenant $Acme -Method PUT -Path token-lifetime -Body @{ seconds = 43200 }
        Send-Control -Tenant $Acme -Method DELETE -Path statistics
        Start-Sleep -Milliseconds 1200
        (Get-OdcOrganization).Name, (Get-OdcOrganization).Name | Should -Be @($Acme.organizationName, $Acme.organizationName)
        Get-Request -Tenant $Acme -Token | Should -HaveCount 1
    }
}

Describe 'Runspaces' {
    AfterEach { Get-OdcConnection | Disconnect-Odc }

    BeforeEach { $script:Connection = Connect-Odc -Tenant $Acme.url -Credential $Credential -PassThru }

    It 'share a connection that is passed along, eight at a time' {
        Send-Control -Tenant $Acme -Method DELETE -Path statistics
        $keys = 1..40 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module -Name $using:Manifest
            (Get-OdcStage -Connection $using:Connection -Name Production).StageKey
        }
        $keys | Should -HaveCount 40
        $keys | Sort-Object -Unique | Should -HaveCount 1
        Get-Request -Tenant $Acme -Token | Should -HaveCount 0
    }

    It 'have no connection of their own' {
        $failure = 1 | ForEach-Object -Parallel {
            Import-Module -Name $using:Manifest
            try { Get-OdcOrganization } catch { $_ }
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'OdcNotConnected,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Connection $using:connection*'
    }

    It 'of thread jobs work with it' {
        $job = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:Manifest
            (Get-OdcOrganization -Connection $using:Connection).Name
        }
        Receive-Job -Job $job -Wait -AutoRemoveJob | Should -Be $Acme.organizationName
    }

    It 'keep two tenants apart' {
        $other = Connect-Odc -Tenant $Lab.Globex.url -Credential (Get-LabCredential -Tenant $Lab.Globex) -Name globex -PassThru
        $names = $Connection, $other, $Connection, $other | ForEach-Object -Parallel {
            Import-Module -Name $using:Manifest
            Select-OdcConnection -Connection $_
            "$($_.Tenant) $((Get-OdcOrganization).Name)"
        }
        $names | Sort-Object -Unique | Should -Be (@("$($Connection.Tenant) $($Acme.organizationName)", "$($other.Tenant) $($Lab.Globex.organizationName)") | Sort-Object)
    }
}

Describe 'No secret and no token' {
    AfterEach { Get-OdcConnection | Disconnect-Odc }

    It 'is in what <_> shows, nor in its CSV or JSON' -ForEach 'Get-OdcConnection', 'Get-OdcAccessToken' {
        Connect-Odc -Tenant $Acme.url -Credential $Credential
        $shown = & $_ | ForEach-Object -Process {
            $_ | Format-List -Property * -Force | Out-String
            $_ | Format-Table | Out-String
            $_ | ConvertTo-Csv
            $_ | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue
            "$_"
        }
        $shown -join ' ' | Should -Match '127\.0\.0\.1'
        $shown -join ' ' | Should -Not -Match $TokenLike
        $shown -join ' ' | Should -Not -Match ([regex]::Escape($Secret))
    }

    It 'is in a transcript with -Verbose and -Debug, nor on the screen' {
        $transcript = Join-Path -Path $TestDrive -ChildPath 'transcript.txt'
        # A runner's masking command holds the token on purpose.
        $environment = (Get-LabEnvironment -Tenant $Acme) + @{ LAB_TRANSCRIPT = $transcript; GITHUB_ACTIONS = $null; TF_BUILD = $null }
        $shown = Invoke-Child -Environment $environment -Script {
            $null = Start-Transcript -Path $env:LAB_TRANSCRIPT
            Import-Module -Name $env:LAB_MODULE
            Connect-Odc -EnvironmentVariable -Verbose -Debug
            Get-OdcUser -First 3 -Verbose -Debug | Format-Table
            Get-OdcConnection -Verbose -Debug | Format-List -Property * -Force
            Get-OdcAccessToken -ForceRefresh -Verbose -Debug | Format-List -Property * -Force
            Invoke-OdcRestMethod -Path /api/identity/v1/users -Method POST -Body @{ clientSecret = $env:ODC_CLIENT_SECRET } -WhatIf
            $header = Get-OdcAccessToken -AsHeader -Verbose -Debug
            "header: $($header.Count)"
            $null = Stop-Transcript
        }
        foreach ($text in ($shown -join "`n"), (Get-Content -Path $transcript -Raw)) {
            $text | Should -Match 'VERBOSE: GET /api/identity/v1/users'
            $text | Should -Match 'header: 1'
            $text | Should -Not -Match $TokenLike
            $text | Should -Not -Match ([regex]::Escape($Secret))
        }
    }

    It 'is in the error of <Case>' -ForEach @(
        @{ Case = 'a refused secret'; Id = 'OdcSignInFailed'; Script = { Connect-Odc -Tenant $Acme.url -Credential $Wrong } }
        @{ Case = 'an answer that echoes what was sent'; Id = 'OdcUnexpectedResponse'; Script = {
                $path = ([uri] (Connect-Odc -Tenant $Acme.url -Credential $Credential -PassThru).TokenEndpoint).AbsolutePath
                Send-Control -Tenant $Acme -Method PUT -Path answers -Body @{ path = $path; status = 400; contentType = 'text/html'; body = "<p>client_secret=$Secret token $token</p>"; times = 1 }
                Connect-Odc -Tenant $Acme.url -Credential $Credential
            }
        }
        @{ Case = 'a request that a suspended client sends'; Id = 'OdcClientSuspended'; Script = {
                Connect-Odc -Tenant $Acme.url -Credential $Credential
                $null = Send-Control -Tenant $Acme -Method POST -Path clients/admin/suspend
                Get-OdcOrganization
            }
        }
    ) {
        $script:Wrong = [pscredential]::new($Credential.UserName, (ConvertTo-Secure -Text 'not-the-right-secret'))
        Connect-Odc -Tenant $Acme.url -Credential $Credential -Name other
        $token = Get-OdcAccessToken -AsPlainText
        try { $failure = Get-Failure -Script $Script } finally {
            Send-Control -Tenant $Acme -Method DELETE -Path answers
            $null = Send-Control -Tenant $Acme -Method POST -Path clients/admin/resume
        }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $shown = @(Get-Error -InputObject $failure; $failure | Format-List -Property * -Force; $failure.Exception | Format-List -Property * -Force) | Out-String
        $shown | Should -Match 'RecommendedAction'
        foreach ($value in $Secret, $token, 'not-the-right-secret') { $shown | Should -Not -Match ([regex]::Escape($value)) }
    }
}
