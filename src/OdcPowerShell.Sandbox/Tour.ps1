# The tour: what the module does in a minute. Each line is shown, run and checked; the first one that fails ends it.
$script:Step = 0

function Show-Step {
    param([string] $Heading)

    Write-Host "`n$($PSStyle.Bold)$((++$script:Step)). $Heading$($PSStyle.Reset)"
}

# Shows a line and its output. It must fail with the error -Fails, or not at all, and -Expect must be true of its $output.
function Show-Line {
    param([scriptblock] $Line, [scriptblock] $Expect = { $true }, [string] $Fails)

    $text = $Line.ToString().Trim()
    Write-Host "$($PSStyle.Foreground.Cyan)PS> $text$($PSStyle.Reset)"
    $output = @(try { & ([scriptblock]::Create($text)) 2>&1 } catch { $_ })
    $output | Out-Host
    $problem = $output.Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'First')
    $id = "$($problem.FullyQualifiedErrorId)".Split(',')[0]
    if ($id -ne $Fails -or -not (& $Expect)) {
        throw "Step $script:Step of the tour failed at the line '$text'$(if ($id -ne $Fails) { ": $($id ? $id : 'no error')" } else { ': unexpected output' })"
    }
}

# Names a line to try next; a test runs it.
function Show-Suggestion {
    param([string] $Line, [string] $Gain)

    Write-Host "$($PSStyle.Foreground.Cyan)PS> $($Line.PadRight(58))$($PSStyle.Reset) $Gain"
}

Show-Step 'A tenant is emulated on this machine: $acme has its address and the credentials of its API clients'
Show-Line { $acme }

Show-Step 'Sign in as two of the API clients; the first one gets a token of one second'
$lifetime = @{ Uri = "$($acme.Url)_emulator/token-lifetime"; Method = 'Put'; ContentType = 'application/json' }
$null = Invoke-RestMethod @lifetime -Body '{ "seconds": 1 }'
try {
    Show-Line { Connect-Odc -Tenant $acme.Url -Credential $acme.auditor -Name brief }
    $expiry = (Get-OdcConnection -Name brief).TokenExpiresOn
} finally {
    $null = Invoke-RestMethod @lifetime -Body '{ "seconds": 43200 }'
}
Show-Line { Connect-Odc -Tenant $acme.Url -Credential $acme.admin -Name acme }
Show-Line { Get-OdcConnection } -Expect { $output.Count -eq 2 }

Show-Step 'The access token: a SecureString, renewed on its own before it expires'
Show-Line { Get-OdcAccessToken } -Expect { $output[0].ExpiresOn -gt [DateTimeOffset]::UtcNow }

Show-Step 'The first ten end users'
Show-Line { Get-OdcUser -HasEndUserRole -First 10 } -Expect { $output.Count -in 1..10 }

Show-Step 'A connection outlives its token: that of the first one has expired'
while ([DateTimeOffset]::UtcNow -lt $expiry) { Start-Sleep -Milliseconds 20 }
Show-Line { (Get-OdcConnection brief).TokenExpiresOn.ToString('HH:mm:ss') } -Expect { $output[0] -eq $expiry.ToString('HH:mm:ss') }
Show-Line { (Get-OdcUser -Connection brief -First 1).Name } -Expect { $output[0].Length -gt 0 }
Show-Line { (Get-OdcConnection brief).TokenExpiresOn.ToString('HH:mm:ss') } -Expect { $output[0] -ne $expiry.ToString('HH:mm:ss') }

Show-Step 'An error names the permission that a client lacks'
Show-Line { Connect-Odc -Tenant $acme.Url -Credential $acme.deployer -Name deployer }
Show-Line { Get-OdcUser -Connection deployer -First 1 } -Fails OdcAccessDenied -Expect { "$($output[0].ErrorDetails.RecommendedAction)" }

Show-Step 'The connection opened last is the default, until another one is selected'
Show-Line { Select-OdcConnection acme }
Show-Line { Get-OdcConnection } -Expect { $output.Count -eq 3 }

Show-Step 'What to try next'
Show-Suggestion 'Get-Command -Module OdcPowerShell' 'all the commands'
Show-Suggestion 'Get-Help Get-OdcUser -Examples' 'how one of them is used'
Show-Suggestion 'Get-OdcUser -HasOrganizationRole | Select-Object Name, Email' 'objects, not text'
Show-Suggestion 'Get-OdcDeployedAsset -Stage Production' 'what runs where; Start-OdcDeployment brings it there'
