<#
.SYNOPSIS
    Lines for an interactive profile ($PROFILE): "odc" connects to ODC, and the prompt says to which tenant.
.DESCRIPTION
    Nothing is imported or asked when the shell starts. The sign-in is a vault entry of Register-OdcCredential, whose name is in ODC_SECRET_NAME,
    or else the environment variables ODC_TENANT_URL, ODC_CLIENT_ID and ODC_CLIENT_SECRET.
.EXAMPLE
    . ./profile.ps1
    odc
#>

Set-Alias -Name odc -Value Connect-MyTenant

function Get-MyConnection { Get-OdcConnection | Where-Object -Property IsDefault }

# Connects, unless this shell is connected already, and shows to what.
function Connect-MyTenant {
    if (-not (Get-MyConnection)) {
        if ($env:ODC_SECRET_NAME) { Connect-Odc -SecretName $env:ODC_SECRET_NAME } else { Connect-Odc -EnvironmentVariable }
    }
    Get-MyConnection
}

function prompt {
    # Get-Module imports nothing: before the first command of the module the prompt costs nothing.
    $connection = if (Get-Module -Name OdcPowerShell) { Get-MyConnection }
    $tenant = if ($connection) { "[$($connection.Tenant)] " }
    "${tenant}PS $($ExecutionContext.SessionState.Path.CurrentLocation)$('>' * ($NestedPromptLevel + 1)) "
}
