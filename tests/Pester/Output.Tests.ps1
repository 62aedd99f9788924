#Requires -Version 7.4
# Every type that the commands write, as a file of rows and as JSON: whole, readable again, and without a secret.

BeforeDiscovery {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Types = (Get-Command -Module OdcPowerShell -CommandType Cmdlet).OutputType.Name | Where-Object -FilterScript { $_ -like 'OdcPowerShell.*' } | Sort-Object -Unique
}

BeforeAll {
    . $PSScriptRoot/Lab.ps1
    Import-Module -Name $Manifest
    $script:Lab = Open-Lab -Users 60
    & $Hurry -Tenant $Lab.Acme
    Connect-Odc -Tenant $Lab.Acme.url -Credential (Get-LabCredential -Tenant $Lab.Acme) -Name acme

    $script:Written = & {
        Get-OdcConnection; Get-OdcAccessToken; Get-OdcRateLimit; Test-OdcConnection; Get-OdcRequiredPermission -Command Get-OdcUser; Get-OdcRequiredPermission -Command Get-OdcUser -Compare; Get-OdcOrganization
        New-OdcUpload; Get-OdcPortfolio; Get-OdcStage; Get-OdcLibrary -First 2
        Get-OdcDeployedAsset -First 2; Get-OdcDeployedAsset -Stage QA -Flat -First 2
        Get-OdcPermission -First 2; Get-OdcIdentityProvider
        Measure-OdcUser; Get-OdcUser -First 2 -Embed ApplicationRoles, UserIdentityProviders
        Get-OdcUser -HasEndUserRole -First 3 | Get-OdcEndUserRole
        Get-OdcUser -HasEndUserRole -First 30 | Get-OdcGroup
        Get-OdcUser -HasOrganizationRole -First 3 | Get-OdcOrganizationRole
        Get-OdcOrganizationRole | Tee-Object -Variable roles
        $roles | Get-OdcUser -First 1
        Get-OdcEndUserRole -First 2 | Tee-Object -Variable roles
        $roles | Get-OdcUser -First 1
        Get-OdcGroup -First 2 | Tee-Object -Variable groups
        $groups | Get-OdcUser -First 1
        Get-OdcUserAccess -First 2
        Get-OdcSubscription; Get-OdcSubscriptionConfiguration; Get-OdcEntitlement; Get-OdcEntitlement -AddOn
        Get-OdcBuiltInDomain QA; Test-OdcBuiltInDomain -Prefix acme-test -Stage QA; Get-OdcDefaultDomain QA
        Get-OdcEntitlementUsage QA; Get-OdcEntitlementUsage QA -Point; Get-OdcAssetUsage QA -First 2
        Get-OdcIpFilterGroup QA; (Get-OdcIpFilterGroup QA -Name Office).Rules; Get-OdcPlatformIpFilterGroup
        [pscustomobject]@{ Email = 'ana@new.example' } | Import-OdcUser | Tee-Object -Variable import
        $import | Wait-OdcOperation | ForEach-Object -MemberName Results
        Get-OdcAsset -Name 'Order Desk' | Tee-Object -Variable asset
        $asset | Get-OdcAssetRevision -Latest
        $asset | Get-OdcAssetIcon; Get-OdcAsset -BuiltIn:$false | Get-OdcAssetMetadata; $asset | Get-OdcAssetRevision | Get-OdcAssetReleaseNote; $asset | Get-OdcAssetSignature; $asset | Get-OdcAssetSourceCode
        $asset | Get-OdcAssetConsumer; $asset | Get-OdcAssetProducer; $asset | Get-OdcAssetProducerGraph
        $asset | Get-OdcReferencedElement; Get-OdcPublicElement -Asset Fleet
        $asset | Start-OdcDeploymentAnalysis -Stage QA; $asset | Start-OdcDeletionAnalysis
        $asset | Start-OdcBuild -Wait | Tee-Object -Variable build
        $build | Get-OdcBuildLog; $build | Start-OdcGeneratedCodePackage
        Get-OdcDeployment -First 1 | Tee-Object -Variable deployment
        $deployment | Get-OdcDeploymentMessage
        Get-OdcPublication -First 1
        Get-OdcCodeQualityStatus; Get-OdcCodePattern -First 2; Get-OdcCodeFinding 'Order Desk' -Since 2026-01-01 -First 2 | Tee-Object -Variable finding; $finding[0].ElementPath
        Get-OdcCodeQualityMetric -Since 2026-01-01 -First 2; Get-OdcCodeFindingSummary -Since 2026-01-01; Get-OdcCodeFindingTrend -Since 2026-01-01 -First 2
        $asset | Start-OdcCodeAnalysis; $asset | Get-OdcCodeAnalysisSummary; $asset | Test-OdcCodeQuality -WarningAction Ignore
        Get-OdcTenantRule; Test-OdcTenant StageAhead, StageBehind, InactiveMember -IncludePassed
        Get-OdcChange -Since (Get-Date).AddYears(-2) -Kind Deployment -First 2; Compare-OdcStage QA Production
        $asset | Get-OdcAssetConfiguration -Stage QA | Tee-Object -Variable configuration
        $configuration.Timers; $configuration.Integrations; $configuration.Libraries; $asset | Get-OdcAssetSetting -Stage QA -Name Max*, Payment*
        Compare-OdcTenant -ReferenceStage QA -DifferenceStage Production -Kind Group
        Export-OdcTenant "$TestDrive/tenant" -Kind Group
        Get-ChildItem -Path "$TestDrive/tenant/stages/QA/groups" | Select-Object -First 1 | ForEach-Object { Set-Content -Path $_.FullName -Value (Get-Content -Path $_.FullName -Raw).Replace('"description": "', '"description": "New: ') }
        Import-OdcTenant "$TestDrive/tenant" -SavePlan "$TestDrive/plan.json" | Tee-Object -Variable plan; $plan[0].Properties
        Test-OdcMobileBuild 'Driver Go' -Stage QA | Tee-Object -Variable tested
        $tested | Start-OdcMobileBuild -UseSuggestedVersion -Wait | Tee-Object -Variable mobile; $mobile | Get-OdcMobileBuildLog
        Get-OdcAndroidConfiguration 'Driver Go' -Stage QA; Get-OdcIosConfiguration 'Driver Go' -Stage QA; Get-OdcMobileExtensibilitySetting 'Driver Go' -Stage QA
        Get-OdcMobileVersionSuggestion 'Driver Go' -Stage QA; Get-OdcMobileBuilderVersion
        Compare-OdcAssetSetting -Asset Fleet -ReferenceStage QA -Stage Production; Get-OdcStageSystemConfiguration -Stage QA
        Get-OdcPrivateGateway Production; Update-OdcPrivateGatewayToken Production -Confirm:$false
        Get-OdcDomain Production | Tee-Object -Variable domains
        $domains | Test-OdcDomain
        $null = New-Item -ItemType Directory -Path "$TestDrive/library"; Set-Content -Path "$TestDrive/library/Calculator.dll" -Value MZ
        [System.IO.Compression.ZipFile]::CreateFromDirectory("$TestDrive/library", "$TestDrive/Calculator.zip")
        Import-OdcExternalLibrary -LiteralPath "$TestDrive/Calculator.zip" -Wait | Tee-Object -Variable library
        $library | Get-OdcExternalLibraryGeneration; $library | Get-OdcExternalLibraryContent; $library | Get-OdcExternalLibraryGenerationLog
        $library | Start-OdcExternalLibrarySourceDownload -Wait
    }

    $script:Obstacle = Get-VaultObstacle
    if (-not $Obstacle) {
        Register-SecretVault -Name output -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
        Set-SecretStoreConfiguration -Scope CurrentUser -Authentication None -Interaction None -Password (ConvertTo-Secure -Text x) -Confirm:$false -ErrorAction Ignore
        $script:Written += Register-OdcCredential -Name out -Tenant $Lab.Acme.url -Credential (Get-LabCredential -Tenant $Lab.Acme) -PassThru -Force
    }
}

AfterAll {
    Get-OdcConnection | Disconnect-Odc
    Close-Lab -Lab $Lab
    # The suites share a home, and so its vaults.
    if (-not $Obstacle) { Get-SecretInfo -Vault output | Remove-Secret; Unregister-SecretVault -Name output }
}

Describe '<_>' -ForEach $Types {
    BeforeAll {
        $script:Type = $_
        $script:Objects = @($Written.Where({ $_.GetType().FullName -eq $Type }))
    }

    BeforeEach { if ($Type -eq 'OdcPowerShell.OdcCredential' -and $Obstacle) { Set-ItResult -Skipped -Because $Obstacle } }

    It 'is among the samples' { $Objects | Should -Not -BeNullOrEmpty }

    It 'goes to a CSV file with a column for each property, and comes back' {
        $file = Join-Path -Path $TestDrive -ChildPath 'rows.csv'
        $Objects | Export-Csv -Path $file
        $rows = @(Import-Csv -Path $file)
        $rows | Should -HaveCount $Objects.Count
        $rows[0].psobject.Properties.Name | Sort-Object | Should -Be ($Objects[0].psobject.Properties.Name | Sort-Object)
        foreach ($name in $Objects[0].psobject.Properties.Where({ $_.Value -is [string] -and $_.Value -notmatch "`n" }).Name) { $rows[0].$name | Should -Be $Objects[0].$name }
    }

    It 'goes to JSON whole, and comes back' {
        $back = ConvertFrom-Json -InputObject (ConvertTo-Json -InputObject $Objects[0] -Depth 20 -WarningAction Stop) -Depth 100
        foreach ($property in $Objects[0].psobject.Properties.Where({ $_.Value -is [string] -and $_.Value -notmatch '^\d{4}-\d\d-\d\dT' })) { $back.($property.Name) | Should -Be $property.Value }
    }

    It 'shows no secret in either' {
        $shown = ($Objects | ConvertTo-Csv) + (ConvertTo-Json -InputObject $Objects -Depth 20) + ($Objects | Format-List -Property * -Force | Out-String) -join ' '
        foreach ($secret in $Lab.Acme.clients.admin.secret, (Get-OdcAccessToken -AsPlainText), 'activation-code-') { $shown | Should -Not -Match ([regex]::Escape($secret)) }
    }
}
