#Requires -Version 7.4
# The suites are alone with themselves: they neither see nor change what whoever runs them has installed.

Describe 'The suites' {
    BeforeAll { . $PSScriptRoot/Lab.ps1 }

    It 'have a home of their own, without a profile' {
        $HOME, (Resolve-Path -Path ~).Path | Should -Be @("$env:LAB_HOME/home", "$env:LAB_HOME/home")
        foreach ($file in $PROFILE.CurrentUserAllHosts, $PROFILE.CurrentUserCurrentHost) {
            $file | Should -BeLike "$env:LAB_HOME*"
            $file | Should -Not -Exist
        }
    }

    It 'see no module but PowerShell''s own and those that they brought' {
        $strange = (Get-Module -ListAvailable).Path.Where({ $_ -notlike "$env:LAB_HOME*" -and $_ -notlike "$PSHOME*" })
        $strange | Should -BeNullOrEmpty
    }

    It 'see no vault but their own' {
        if ($obstacle = Get-VaultObstacle) { Set-ItResult -Skipped -Because $obstacle }
        (Microsoft.PowerShell.SecretManagement\Get-SecretVault).Name.Where({ $_ -and $_ -ne 'lab' }) | Should -BeNullOrEmpty
    }

    # A run of this suite that was started by the test below.
    if ($env:LAB_INNER) { return }

    It 'leave alone what somebody has who runs them' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows finds the folders of a user by other means than HOME' }
        $user = (New-Item -Path "$TestDrive/user" -ItemType Directory).FullName
        $planted = @{
            '.config/powershell/profile.ps1' = 'Set-Content -Path "$HOME/touched" -Value profile'
            '.local/share/powershell/Modules/Planted/Planted.psm1' = 'Set-Content -Path "$HOME/touched" -Value module; function Get-Planted { "planted" }'
            '.secretmanagement/secretvaultregistry/vaultinfo' = ConvertTo-Json -Depth 5 -InputObject @{
                DefaultVaultName = 'own'
                Vaults = @{ own = @{ ModuleName = 'Planted'; ModulePath = "$user/.local/share/powershell/Modules/Planted"; VaultParameters = @{}; Description = '' } }
            }
            '.dotnet/toolResolverCache/1/powershell' = '[]'
        }
        foreach ($path in $planted.Keys) { $null = New-Item -Path "$user/$path" -Value $planted[$path] -Force }
        $state = { Get-ChildItem -Path $user -Recurse -File -Force | Get-FileHash | Sort-Object -Property Path | ForEach-Object { "$($_.Path) $($_.Hash)" } }
        $before = & $state

        $set = @{
            HOME = $user; USERPROFILE = $user; DOTNET_CLI_HOME = $user; LAB_INNER = '1'; PSModulePath = "$user/.local/share/powershell/Modules", $env:LAB_SOURCES -join ':'
            XDG_CONFIG_HOME = "$user/.config"; XDG_DATA_HOME = "$user/.local/share"; XDG_STATE_HOME = "$user/.local/state"; XDG_CACHE_HOME = "$user/.cache"
        }
        $kept = @{}
        foreach ($name in $set.Keys) { $kept[$name] = [Environment]::GetEnvironmentVariable($name) }
        try {
            foreach ($name in $set.Keys) { [Environment]::SetEnvironmentVariable($name, $set[$name]) }
            $shown = & "$env:DOTNET_ROOT/dotnet" exec $env:LAB_PROGRAM --suite Surroundings --progress off --no-ansi 2>&1 | Out-String
            $LASTEXITCODE | Should -Be 0 -Because $shown
            $shown | Should -Match 'total: 3'
            & $state | Should -Be $before

            # It would be found: a pwsh of that user has the profile and the module.
            & $Pwsh -NonInteractive -Command 'Get-Content -Path ~/touched; Get-Planted' | Should -Be @('profile', 'planted')
        } finally {
            foreach ($name in $set.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
        }
    }
}
