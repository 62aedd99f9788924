@{
    RootModule             = 'module/OdcPowerShell.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = 'b1b1c0de-6f0c-4a52-9d3e-0dc0f4a11ce5'
    Author                 = 'OdcPowerShell contributors'
    CompanyName            = 'OdcPowerShell contributors'
    Copyright              = '(c) OdcPowerShell contributors. MIT licence.'
    Description            = 'The REST APIs of the OutSystems Developer Cloud (ODC) as PowerShell commands: sign in with an API client, and get, change, deploy and audit a tenant with objects in pipelines.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess         = @('module/OdcPowerShell.Types.ps1xml')
    FormatsToProcess       = @('module/OdcPowerShell.Format.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Add-OdcGroupUser'
        'Connect-Odc'
        'Disable-OdcUser'
        'Disconnect-Odc'
        'Enable-OdcUser'
        'Get-OdcAccessToken'
        'Get-OdcConnection'
        'Get-OdcCredential'
        'Get-OdcEndUserRole'
        'Get-OdcGroup'
        'Get-OdcIdentityProvider'
        'Get-OdcOrganization'
        'Get-OdcOrganizationRole'
        'Get-OdcPermission'
        'Get-OdcRateLimit'
        'Get-OdcStage'
        'Get-OdcUser'
        'Get-OdcUserImport'
        'Grant-OdcEndUserRole'
        'Grant-OdcOrganizationRole'
        'Import-OdcUser'
        'Invoke-OdcRestMethod'
        'Measure-OdcUser'
        'New-OdcAsset'
        'New-OdcAssetRevision'
        'New-OdcGroup'
        'New-OdcOrganizationRole'
        'New-OdcUpload'
        'New-OdcUser'
        'Register-OdcCredential'
        'Remove-OdcGroup'
        'Remove-OdcGroupClaimMapping'
        'Remove-OdcGroupUser'
        'Remove-OdcOrganizationRole'
        'Remove-OdcUser'
        'Revoke-OdcEndUserRole'
        'Revoke-OdcOrganizationRole'
        'Save-OdcContent'
        'Select-OdcConnection'
        'Send-OdcFile'
        'Set-OdcGroup'
        'Set-OdcOrganizationRole'
        'Set-OdcUser'
        'Test-OdcConnection'
    )
    VariablesToExport      = @()
    AliasesToExport        = @(
        'Get-OdcApplicationRole'
        'Get-OdcEndUserGroup'
        'Get-OdcEnvironment'
        'Grant-OdcApplicationRole'
        'Revoke-OdcApplicationRole'
    )
    PrivateData            = @{
        PSData = @{
            Tags       = @('OutSystems', 'ODC', 'REST', 'OAuth', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
            Prerelease = 'preview1'
        }
    }
}
